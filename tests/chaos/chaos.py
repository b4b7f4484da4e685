"""Plays a school's day in half a minute while everything breaks, and judges what came of it.

    python tests/chaos/chaos.py --seconds 180 --seed 7 --driver aiogram --mode webhook

Everything random comes from the one seed that is printed; how processes overlap is the machine's.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

if __name__ == "__main__":
    for neighbour in ("acceptance", "integration"):
        sys.path.append(str(Path(__file__).resolve().parents[1] / neighbour))

from checker import check
from counselors import Coordinator, Counselor
from deployment import QUICK_DRIVER, STAFF, STUDENT
from history import Chat, History, Role, save
from plan import DRIVERS, EMBEDDED, MODES, POLLING, SERVERS, Plan
from players import Player
from recorder import Recorder
from stage import BURST, PER_CHAT, PER_SECOND, Stage
from students import Student
from supporters import Supporter
from troubles import Troubles
from verdict import Findings

from bot.model.person import Role as ProgramRole
from bot.sandbox.client import SandboxClient

CAST = {Role.STUDENT: 6, Role.SUPPORTER: 4, Role.COUNSELOR: 3, Role.COORDINATOR: 1}
NAMES = {Role.STUDENT: "s", Role.SUPPORTER: "d", Role.COUNSELOR: "k", Role.COORDINATOR: "h"}
QUIET_S, QUIET_UNMARKED_S = 1.5, 8.0
"""Nothing has moved for so long; longer than a lease while a text has no mark."""


async def play(folder: Path, plan: Plan) -> Findings:
    """One run."""
    stage = await asyncio.to_thread(lambda: Stage(folder, plan))
    try:
        history = History()
        parts = await stage.open()
        async with SandboxClient(stage.url) as world:
            await world.limits(on=True, per_second=PER_SECOND, chat_per_second=PER_CHAT, burst=BURST)
            recorder = Recorder(world, history)
            async with _owned(recorder.run()):
                players = await _cast(stage, world, recorder, plan.seed)
                troubles = Troubles(stage, world, parts, history, players, recorder)
                await _run(plan, players, troubles, recorder, history)
            refused = int((await world.call("GET", "limits"))["refused"])
        save(history, folder / "history.json")
        found = check(history)
        found.counts.update(troubles.counts, **{"calls over the limits": refused})
        return found
    finally:
        await stage.close()


async def _run(plan: Plan, players: list[Player], troubles: Troubles, recorder: Recorder, history: History) -> None:
    async with contextlib.AsyncExitStack() as stack:
        for player in players:
            await stack.enter_async_context(_owned(player.run()))
        await asyncio.sleep(plan.warm_up_s)
        end = asyncio.Event()
        async with _owned(troubles.run(end)) as troubling:
            await asyncio.sleep(plan.seconds)
            end.set()
            await troubling
        await troubles.mend()
        for player in players:
            player.ending = True
        history.unsettled = await _come_to_rest(players, recorder, plan.settle_s)


async def _come_to_rest(players: list[Player], recorder: Recorder, within_s: float) -> tuple[str, ...]:
    """Waits until nobody waits for anything and nothing moves; returns who still does when the time is over."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        enough_s = QUIET_UNMARKED_S if recorder.awaits_marks else QUIET_S
        quiet = time.monotonic() - recorder.changed_at > enough_s
        if quiet and not any(player.busy for player in players):
            return ()
        await asyncio.sleep(0.1)
    return tuple(player.name for player in players if player.busy) or ("the bot",)


async def _cast(stage: Stage, world: SandboxClient, recorder: Recorder, seed: int) -> list[Player]:
    return [
        await _player(stage, world, recorder, seed, role, n + 1) for role, count in CAST.items() for n in range(count)
    ]


async def _player(stage: Stage, world: SandboxClient, recorder: Recorder, seed: int, role: Role, number: int) -> Player:
    name = f"{NAMES[role]}{number}"
    bot = f"bot{STAFF if role.is_staff else STUDENT}_bot"
    phone = await world.phone(f"Orang {name}", bot)
    chat = Chat(name, role, phone.user)
    arguments = (world, chat, bot, f"{seed} {name}")
    player: Player
    if role is Role.STUDENT:
        player = Student(*arguments)
    else:
        code = await stage.invitation(ProgramRole(role.value))
        player = {Role.SUPPORTER: Supporter, Role.COUNSELOR: Counselor}.get(role, Coordinator)(*arguments, code=code)
    recorder.follow(chat, player.listen)
    return player


@contextlib.asynccontextmanager
async def _owned(work: object) -> AsyncIterator[asyncio.Task[None]]:
    """A task that ends with the block; what went wrong in it is raised."""
    task: asyncio.Task[None] = asyncio.create_task(work)  # type: ignore[arg-type]
    try:
        yield task
    finally:
        if not task.done():
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--driver", default=QUICK_DRIVER, choices=DRIVERS)
    parser.add_argument("--mode", default=POLLING, choices=MODES)
    parser.add_argument("--server", default=EMBEDDED, choices=SERVERS)
    parser.add_argument("--without", default="", help="a guard of guardless.py to remove")
    parser.add_argument("--kinds", default="", help="the troubles to draw from, separated by commas")
    parser.add_argument("--keep", action="store_true", help="keep the logs and the store's files")
    told = parser.parse_args()
    _tell(f"seed {told.seed}")
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    plan = Plan(
        told.seed,
        told.seconds,
        told.driver,
        told.mode,
        told.server,
        told.without,
        told.kinds.split(",") if told.kinds else (),
    )
    found = asyncio.run(play(folder, plan))
    _tell(found.told())
    if told.keep or found.violations:
        _tell(f"logs and history: {folder}")
    else:
        shutil.rmtree(folder)
    return 1 if found.violations else 0


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
