"""`sebaya` with one guard taken out, for seeing the checker find it: `python guardless.py GUARD run --only worker`.

The product has no switch for any of this; what is replaced here is replaced in this process alone.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from types import MappingProxyType
from typing import Any

ONCE = "if redis.call('SISMEMBER', yesterday, mark) == 0 and redis.call('SADD', today, mark) == 1 then"


def without_dedupe() -> None:
    """An update that the platform brings again is taken for a new one."""
    from bot.store import connect
    from bot.store.scripts import SCRIPTS, Script

    source = SCRIPTS["receive"].source
    assert ONCE in source
    source = source.replace(ONCE, "do")
    script = Script(source, hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest())
    connect.SCRIPTS = MappingProxyType({**SCRIPTS, "receive": script})  # type: ignore[attr-defined]


def without_retries() -> None:
    """A message leaves the outbox whatever the platform said to it: as if it were popped before it is sent."""
    from bot.runtime import sender
    from bot.runtime.platform import Sent

    def gone(*_: Any, **__: Any) -> Any:
        return sender._Taken(Sent())

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

    alarm.raise_alarm = silent  # type: ignore[assignment]


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
    "retries": without_retries,
    "one-holder": without_one_holder,
    "alarm": without_alarm,
    "capacity": without_capacity,
}


if __name__ == "__main__":
    guard = sys.argv.pop(1)
    GUARDS[guard]()
    from bot.cli import main

    main(prog_name="sebaya")
