"""Lanes: what is taken is worked, in slots of its lane, and let go at a stop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model.event import Lane
from bot.runtime.lanes import Lanes
from bot.runtime.loop import Vitals
from bot.runtime.precedence import Precedence
from bot.runtime.store import Ticket


@dataclass(frozen=True)
class Line:
    ticket: Ticket


def line(name: str, entry: str = "1-0", lane: Lane = Lane.NORMAL) -> Line:
    return Line(Ticket(name, lane, entry))


@dataclass
class Lines:
    """Hands out what it is given, lane by lane."""

    waiting: dict[Lane, list[Line]] = field(default_factory=dict)
    put_aside: list[Line] = field(default_factory=list)
    woken: bool = False

    async def ready(self, lane: Lane, count: int, block_s: float) -> Sequence[Line]:
        found, self.waiting[lane] = self.waiting.get(lane, [])[:count], self.waiting.get(lane, [])[count:]
        if not found:
            await asyncio.sleep(min(block_s, 0.005))
        return found

    async def reclaim(self, *_: object) -> Sequence[Line]:
        return ()

    async def wake(self) -> None:
        self.woken = True

    async def keep(self, items: Sequence[Line], /) -> None:
        assert items

    async def put_back(self, item: Line, /) -> None:
        self.put_aside.append(item)


async def run_for(lanes: Lanes[Line], seconds: float) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, stop.set)
    await asyncio.wait_for(lanes.run(stop), 5)


async def test_each_lane_has_slots_of_its_own() -> None:
    most: dict[Lane, int] = {}
    now: dict[Lane, int] = dict.fromkeys(Lane, 0)

    async def work(item: Line, _: asyncio.Event) -> None:
        lane = item.ticket.lane
        now[lane] += 1
        most[lane] = max(most.get(lane, 0), now[lane])
        await asyncio.sleep(0.005)
        now[lane] -= 1

    source = Lines({lane: [line(f"{lane} {n}", lane=lane) for n in range(20)] for lane in (Lane.CRISIS, Lane.NORMAL)})
    await run_for(Lanes("test", source, {Lane.CRISIS: 2, Lane.NORMAL: 3}, work, Vitals(), Precedence()), 0.3)
    assert most == {Lane.CRISIS: 2, Lane.NORMAL: 3}
    assert source.woken


async def test_a_line_that_gave_way_is_taken_again_though_its_last_task_has_not_quite_ended() -> None:
    worked: list[str] = []
    source = Lines()

    async def work(item: Line, _: asyncio.Event) -> None:
        worked.append(item.ticket.entry)
        if item.ticket.entry == "1-0":
            source.waiting[Lane.NORMAL] = [line("p_a", "2-0")]
            await asyncio.sleep(0.05)

    source.waiting[Lane.NORMAL] = [line("p_a", "1-0")]
    await run_for(Lanes("test", source, {Lane.NORMAL: 3}, work, Vitals(), Precedence()), 0.2)
    assert worked == ["1-0", "2-0"]


async def test_a_line_that_comes_twice_is_worked_by_one_task() -> None:
    worked: list[str] = []

    async def work(item: Line, _: asyncio.Event) -> None:
        worked.append(item.ticket.line)
        await asyncio.sleep(0.05)

    source = Lines({Lane.NORMAL: [line("p_a"), line("p_a"), line("p_b")]})
    await run_for(Lanes("test", source, {Lane.NORMAL: 5}, work, Vitals(), Precedence()), 0.1)
    assert worked == ["p_a", "p_b"]


async def test_trouble_with_one_line_does_not_stop_the_others() -> None:
    worked: list[str] = []

    async def work(item: Line, _: asyncio.Event) -> None:
        if item.ticket.line == "p_bad":
            raise ValueError
        worked.append(item.ticket.line)

    source = Lines({Lane.NORMAL: [line("p_bad"), line("p_good")]})
    await run_for(Lanes("test", source, {Lane.NORMAL: 1}, work, Vitals(), Precedence()), 0.1)
    assert worked == ["p_good"]


async def test_what_is_taken_in_the_moment_of_a_stop_is_put_back() -> None:
    stop = asyncio.Event()

    class Late(Lines):
        async def ready(self, *_: object) -> Sequence[Line]:
            stop.set()
            return [line("p_late")]

    async def work(item: Line, _: asyncio.Event) -> None:
        raise AssertionError(item)

    source = Late()
    lanes = Lanes("test", source, {Lane.NORMAL: 1}, work, Vitals(), Precedence())
    await asyncio.wait_for(lanes.run(stop), 5)
    assert source.put_aside == [line("p_late")]
