"""What people do to a bot: they block it in the middle, and come back; a chat that was there is there no more."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence

from counselors import Counselor
from history import Role
from players import Player
from recorder import Recorder
from students import Student

from bot.sandbox.client import SandboxClient
from bot.sandbox.faults import FOR_EVER

AWAY_S = (1.0, 6.0)
NOBODY_S = (7.0, 9.0)
"""Longer than until the first alarm, which is not waited for when nobody can be reached."""
BEFORE_A_CRY_S = 1.0


class PeopleTroubles:
    """Nobody is away twice at once; those who are left are enough for everything to go on."""

    def __init__(
        self, players: Sequence[Player], world: SandboxClient, recorder: Recorder,
        chance: random.Random, counts: Counter[str],
    ) -> None:  # fmt: skip
        self._players = [player for player in players if player.chat.role is not Role.COORDINATOR]
        self._world = world
        self._recorder = recorder
        self._chance = chance
        self._counts = counts
        self._away: set[str] = set()

    def makers(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        return {"block": self._block, "gone": self._gone, "nobody home": self._nobody_home}

    async def _block(self) -> None:
        player = self._somebody()
        if player is not None:
            await self._blocked([player], self._chance.uniform(*AWAY_S))

    async def _gone(self) -> None:
        """The platform refuses all that goes to a chat, and tells nobody why."""
        player = self._somebody()
        if player is None:
            return
        self._counts["chats gone"] += 1
        self._away.add(player.name)
        self._recorder.gone(player.chat, away=True)
        refused = await self._world.fault("400", chat=player.chat.number, times=FOR_EVER)
        await asyncio.sleep(self._chance.uniform(*AWAY_S))
        await self._world.call("DELETE", f"faults/{refused}")
        self._recorder.gone(player.chat, away=False)
        await self._back(player)

    async def _nobody_home(self) -> None:
        """All counselors have blocked the bot, and somebody cries for help."""
        counselors = [player for player in self._players if isinstance(player, Counselor)]
        students = [player for player in self._players if isinstance(player, Student) and player.name not in self._away]
        if self._away & {player.name for player in counselors} or not students:
            return
        async with asyncio.TaskGroup() as both:
            both.create_task(self._blocked(counselors, self._chance.uniform(*NOBODY_S)))
            await asyncio.sleep(BEFORE_A_CRY_S)
            await self._chance.choice(students).tell(crisis=True)

    async def _blocked(self, players: Sequence[Player], for_s: float) -> None:
        self._counts["blocks"] += len(players)
        self._away |= {player.name for player in players}
        for player in players:
            await player.block()
        await asyncio.sleep(for_s)
        for player in players:
            await player.unblock()
            await self._back(player)

    async def _back(self, player: Player) -> None:
        self._away.discard(player.name)
        await player.returns()

    def _somebody(self) -> Player | None:
        """Whoever has nothing to do with the bot just now is of no use; nor is the last counselor."""
        counselors = sum(name.startswith("k") for name in self._away)
        fit = [player for player in self._players if player.name not in self._away and player.busy]
        fit = [player for player in fit if player.chat.role is not Role.COUNSELOR or counselors == 0]
        return self._chance.choice(fit) if fit else None
