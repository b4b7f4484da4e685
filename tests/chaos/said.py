"""The texts that the players write: each unique, so that every copy of it tells where it came from."""

from __future__ import annotations

import re
from typing import NamedTuple

PLAIN, CRISIS, NOTE = "pesan", "aku mau bunuh diri", "catatan"
_SAID = re.compile(rf"(?P<kind>{PLAIN}|{CRISIS}) (?P<who>[a-z]+\d+)-(?P<number>\d+)")


class Said(NamedTuple):
    """A numbered text: whose, which, and whether it is a cry for help."""

    who: str
    number: int
    crisis: bool

    @property
    def text(self) -> str:
        return f"{CRISIS if self.crisis else PLAIN} {self.who}-{self.number}"


def said_of(text: str) -> Said | None:
    """None for everything else that people write: commands, notes, answers."""
    found = _SAID.fullmatch(text)
    return Said(found["who"], int(found["number"]), found["kind"] == CRISIS) if found else None
