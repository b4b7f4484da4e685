"""Sebaya: peer-support triage over chat. `docs/architecture.md` is the map of this package."""
