"""A line or place that people can turn to, with where its details were found and how far they can be trusted.

A wrong number given to somebody in danger is worse than none: every contact says who published it, when, and when a
person last tried it.
"""

from __future__ import annotations

import enum
from datetime import date

import msgspec

from bot.model.text import Text


class Confidence(enum.StrEnum):
    """How far the details can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Contact(msgspec.Struct, frozen=True):
    """One entry of flows/contacts.yaml."""

    key: str
    name: Text
    kind: str
    """What it is: `emergency`, `crisis-line`, `counseling`, `violence`, `legal`, `practical`, ..."""
    number: str = ""
    """As it is dialled; empty where it is reached in another way."""
    channels: tuple[str, ...] = ()
    """How it is reached: `phone`, `whatsapp`, `chat`, `web`, `visit`."""
    hours: Text | None = None
    region: str = ""
    """Where it serves; empty for the whole country."""
    cost: Text | None = None
    languages: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    """For whom; empty for everybody."""
    note: Text | None = None
    source_url: str = ""
    source_date: date | None = None
    verified_on: date | None = None
    """When a person last tried it."""
    verified_by: str = ""
    confidence: Confidence = Confidence.MEDIUM
    crisis: bool = False
    """Fit to be shown to somebody in danger."""
