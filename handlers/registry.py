"""The tables in which each role's module says what it handles, and the check that nothing is left out.

Dispatch is complete or the process does not start: a button, timer, receipt or flow without a handler is a mistake of
a developer's, and it is told before the first message arrives.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from bot.casework.choosing import OnCaseVerb
from bot.casework.visit import Visit
from bot.casework.words import Act, Conversing, Purpose, Timer
from bot.casework.work import FlowEnded, Work
from bot.model.address import Side
from bot.model.conversation import ButtonAct
from bot.model.event import PersonId, Receipt, TimerRang
from bot.model.person import Role

OnCommand: TypeAlias = Callable[[Visit, str], Awaitable[None]]
OnAct: TypeAlias = Callable[[Visit, ButtonAct], Awaitable[None]]
OnTimer: TypeAlias = Callable[[Work, PersonId, TimerRang], Awaitable[None]]
OnReceipt: TypeAlias = Callable[[Work, PersonId, Receipt], Awaitable[None]]
OnFlowEnd: TypeAlias = Callable[[Work, FlowEnded], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Command:
    """`/name` on one side. With `roles` it is for these roles only; without, for everybody there."""

    side: Side
    name: str
    run: OnCommand
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Handles:
    """What one module handles. `verbs` are what staff can do with one of their cases, once it is clear which."""

    commands: tuple[Command, ...] = ()
    acts: Mapping[Act, OnAct] = field(default_factory=dict)
    timers: Mapping[Timer, OnTimer] = field(default_factory=dict)
    receipts: Mapping[Purpose, OnReceipt] = field(default_factory=dict)
    flow_ends: Mapping[Conversing, OnFlowEnd] = field(default_factory=dict)
    verbs: Mapping[str, OnCaseVerb] = field(default_factory=dict)


DISPATCHED = frozenset({Act.ANSWER, Act.FOR_CASE})
"""What `handlers.pressing` does itself, because it belongs to no role."""


class IncompleteHandlers(Exception):
    """Something can happen that no module handles, or that two handle."""


def merged(parts: tuple[Handles, ...]) -> Handles:
    """All modules in one table. Raises IncompleteHandlers."""
    whole = Handles(
        commands=tuple(command for part in parts for command in part.commands),
        acts=_union([part.acts for part in parts]),
        timers=_union([part.timers for part in parts]),
        receipts=_union([part.receipts for part in parts]),
        flow_ends=_union([part.flow_ends for part in parts]),
        verbs=_union([part.verbs for part in parts]),
    )
    missing = [
        *(set(Act) - set(whole.acts) - DISPATCHED),
        *(set(Timer) - set(whole.timers)),
        *(set(Purpose) - set(whole.receipts)),
        *(set(Conversing) - set(whole.flow_ends)),
    ]
    if missing:
        words = ", ".join(sorted(f"{type(word).__name__}.{word.name}" for word in missing))
        raise IncompleteHandlers(f"no handler for {words}; add it to the module of the role that it belongs to")
    return whole


Key = TypeVar("Key")
Value = TypeVar("Value")


def _union(tables: list[Mapping[Key, Value]]) -> dict[Key, Value]:
    whole: dict[Key, Value] = {}
    for table in tables:
        for key, value in table.items():
            if key in whole:
                raise IncompleteHandlers(f"two modules handle {key}")
            whole[key] = value
    return whole
