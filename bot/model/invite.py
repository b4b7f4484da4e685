"""A one-time link by which a person becomes supporter, counselor or coordinator."""

from __future__ import annotations

import msgspec

from bot.model.event import Milliseconds
from bot.model.person import Role


class Invite(msgspec.Struct, frozen=True, tag=True):
    """One document, deleted by the commit that uses it. `id` is a keyed hash of the code; the code is not stored."""

    id: str
    role: Role
    trained: bool
    """Already certified elsewhere: a supporter may be offered cases at once."""
    made_at: Milliseconds
    expires_at: Milliseconds
