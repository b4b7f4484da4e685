"""What the bot and one person are in the middle of, on one side."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from bot.model.address import Side
from bot.model.event import CaseId, Milliseconds, PersonId
from bot.model.level import Level
from bot.model.session import Session
from bot.model.verdict import Judged


class ButtonAct(msgspec.Struct, frozen=True):
    """What a button does: `act` is the word handlers register, `case` and `data` what it belongs to."""

    act: str
    case: CaseId = ""
    data: str = ""
    step: str = ""
    """The flow step it answers, `flow/step`; a press after that step is stale."""


class Said(msgspec.Struct, frozen=True):
    """One recent message, kept for a moment so that a burst is screened as one."""

    at: Milliseconds
    text: str


class Held(msgspec.Struct, frozen=True):
    """A message that waits for its sender's decision: which case it goes to, or whether to send it at all."""

    text: str
    message: str
    reason: str
    """`which-case` or `identity`."""
    case: CaseId = ""


class Conversation(msgspec.Struct, frozen=True, tag=True):
    """One document a person and side."""

    person: PersonId
    side: Side
    session: Session | None = None
    """The flow that is running, if any."""
    purpose: str = ""
    """Why the running flow was started: `welcome`, `check-in`, `closing`, `debrief`, `outcome`, ..."""
    about: CaseId = ""
    """The case that the running flow is about."""
    buttons: Mapping[str, ButtonAct] = msgspec.field(default_factory=dict)
    """By token. Only the newest are kept (`MOST_BUTTONS`); a press on any other is stale."""
    recent: tuple[Said, ...] = ()
    held: Held | None = None
    wrote: Mapping[str, CaseId] = msgspec.field(default_factory=dict)
    """Which case each of their newest relayed messages went to: a correction follows its message and no other."""
    concern: Level = Level.GREEN
    """The highest level that screening found since the last case, taken along into the next."""
    concern_words: tuple[str, ...] = ()
    trigger: Judged | None = None
    """The text about which a flow is asking just now: it goes along if a case comes of it, and is dropped if not."""
    asked_safety_at: Milliseconds = 0
    """When the gentle, direct question was last asked."""
