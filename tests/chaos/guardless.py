"""`sebaya` with one guard taken out, for seeing the checker find it: `python guardless.py GUARD run --only worker`.

The product has no switch for any of this; what is replaced here is replaced in this process alone.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from types import MappingProxyType
from typing import Any


def _without(*changes: tuple[str, str]) -> None:
    """Each change in every script that has these words."""
    from bot.store import connect
    from bot.store.scripts import SCRIPTS, Script

    changed = dict(SCRIPTS)
    for old, new in changes:
        having = {name: script.source.replace(old, new) for name, script in changed.items() if old in script.source}
        assert having, old
        for name, source in having.items():
            changed[name] = Script(source, hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest())
    connect.SCRIPTS = MappingProxyType(changed)  # type: ignore[attr-defined]


def without_dedupe() -> None:
    """An update that the platform brings again is taken for a new one."""
    _without(("if redis.call('SISMEMBER', yesterday, mark) == 0 and redis.call('SADD', today, mark) == 1 then", "do"))


def without_order() -> None:
    """A message that cannot go just now lets the next one pass."""
    _without(
        (
            "leave(chats, line, place)",
            "redis.call('LMOVE', KEYS[7], KEYS[7], 'LEFT', 'RIGHT') leave(chats, line, place)",
        )
    )


HEAD = ("return head and head:sub(1, 8) == mark", "return head")


def without_head() -> None:
    """What was worked ends whatever is in front now: an end whose answer was lost ends what comes after it too."""
    _without(HEAD)


def without_fence() -> None:
    """Who has lost a line goes on working it. The head of the line would still be looked at: each guards the other."""
    _without(HEAD, ("place.entry == entry and holder_of(kind, place) == consumer", "true"))


def without_revisions() -> None:
    """A commit does not look whether what it read has been changed meanwhile."""
    _without(
        ("redis.call('GETRANGE', KEYS[documents[i]], 0, 7) ~= ARGV[documents[i + 1]]", "false"),
        ("(redis.call('HGET', KEYS[indexes[i]], 'rev') or '') ~= ARGV[indexes[i + 1]]", "false"),
    )


def without_receipts() -> None:
    """Nobody hears how a message ended."""
    _without(("if #receipt > 0 then", "if false then"))


def without_lease() -> None:
    """A line is taken from whoever works it, however well they are."""
    from bot.store.connect import Server

    real = Server.call

    async def call(self: Any, *command: Any) -> Any:
        at_once = (*command[:4], 0, *command[5:]) if command[0] == "XAUTOCLAIM" else command
        return await real(self, *at_once)

    Server.call = call  # type: ignore[method-assign]


def without_storing_first() -> None:
    """An update is acknowledged to the platform whether the store has it or not."""
    from bot.runtime.store import StoreTrouble
    from bot.store.intake import RedisIntake

    real = RedisIntake.receive

    async def receive(self: Any, arrivals: Any, **named: Any) -> int:
        try:
            return await real(self, arrivals, **named)
        except StoreTrouble:
            return len(arrivals)

    RedisIntake.receive = receive  # type: ignore[method-assign]


def without_retries() -> None:
    """A message leaves the outbox whatever the platform said to it: as if it were popped before it is sent."""
    from bot.runtime import sender
    from bot.runtime.platform import Sent

    def gone(*_: Any, **__: Any) -> Any:
        return sender._Taken(Sent())

    assert sender.Sender._not_now
    sender.Sender._not_now = gone  # type: ignore[method-assign]


def without_one_holder() -> None:
    """A counselor who presses "take" gets the case, whoever has it."""
    import msgspec

    from bot.casework import claims
    from bot.model.case import NEXT, State

    NEXT[State.CLAIMED] |= {State.CLAIMED}
    take = claims.take

    async def takes(work: Any, counselor: Any, case: Any) -> Any:
        if case.state is State.CLAIMED and case.counselor.person != counselor.id:
            case = msgspec.structs.replace(case, state=State.QUEUED)
        return await take(work, counselor, case)

    claims.take = takes  # type: ignore[assignment]


def without_alarm() -> None:
    """A crisis is queued, and nobody is called."""
    from bot.casework import alarm

    async def silent(_: Any, case: Any) -> Any:
        return case

    assert alarm.raise_alarm
    alarm.raise_alarm = silent  # type: ignore[assignment]


def without_widening() -> None:
    """An alert that could not be delivered counts as one that is on its way."""
    from bot.casework import alarm

    real = alarm.alert_ended

    async def ended(work: Any, case: Any, who: Any, failure: Any) -> Any:
        return case if failure else await real(work, case, who, failure)

    alarm.alert_ended = ended  # type: ignore[assignment]


def without_farewell() -> None:
    """Somebody who blocks the bot leaves, and nobody is told."""
    from handlers import dispatch

    async def silent(*_: Any) -> None: ...

    assert dispatch.reach_changed
    dispatch.reach_changed = silent  # type: ignore[assignment]


def without_capacity() -> None:
    """Every supporter on duty is offered everything."""
    from bot.matching import choosing

    real = choosing.refusal

    def refusal(*arguments: Any) -> Any:
        found = real(*arguments)
        return None if found is choosing.Refusal.FULL else found

    choosing.refusal = refusal  # type: ignore[assignment]


GUARDS: dict[str, Callable[[], None]] = {
    "dedupe": without_dedupe,
    "order": without_order,
    "head": without_head,
    "fence": without_fence,
    "revisions": without_revisions,
    "receipts": without_receipts,
    "lease": without_lease,
    "storing-first": without_storing_first,
    "retries": without_retries,
    "one-holder": without_one_holder,
    "alarm": without_alarm,
    "widening": without_widening,
    "farewell": without_farewell,
    "capacity": without_capacity,
}


if __name__ == "__main__":
    guard = sys.argv.pop(1)
    GUARDS[guard]()
    from bot.cli import main

    main(prog_name="sebaya")
