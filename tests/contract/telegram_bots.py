"""The two bots that the contract is tried on, and how it names persons and time."""

from __future__ import annotations

import hashlib

STUDENT_TOKEN = "1001:" + "a" * 35
STAFF_TOKEN = "1002:" + "b" * 35
NOW = 1_700_000_000_000


def person_of(platform: str, user: str) -> str:
    return hashlib.sha256(f"{platform}:{user}".encode()).hexdigest()[:16]
