"""What is done to the deployment while people talk: one trouble after the other, drawn from the seed."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Iterator, Sequence

from deployment import KNOWN_TO_THE_PLATFORM
from history import Disturbance, History, now_ms
from people_troubles import PeopleTroubles
from players import Player
from recorder import Recorder
from stage import WEBS, Process, Stage
from store_troubles import StoreTroubles

from bot.sandbox.client import SandboxClient
from bot.sandbox.faults import FOR_EVER

FROZEN_S = (6.0, 8.0)
"""A line's lease is five seconds: whoever is frozen for longer is thought dead."""
DEAD_S = (0.0, 2.0)
SENDING = "sendMessage"
STORM_MS = 5_000
SLOW_SENDS, SLOW_S = (3, 9), 1.2
FAULTS_WAIT_MS = 10 * 60_000
"""A fault waits for the message that it is for, to the end of the run if need be. Other calls are made all the time."""
FAULTS = (
    ("429", SENDING), ("429", None), ("500", SENDING), ("502", SENDING), ("502", "getUpdates"), ("502", None),
    ("drop-before", SENDING), ("drop-after", SENDING), ("drop-after", SENDING), ("drop-after", "getUpdates"),
    ("slow", SENDING), ("nonsense", SENDING), ("drop-before", "editMessageText"), ("502", "answerCallbackQuery"),
)  # fmt: skip
"""All of them pass. What the platform says for good is in people_troubles.py."""


USUAL = (
    *["fault"] * 6, "storm", "slow sends", "repeat updates", "freeze in a send",
    *["kill"] * 2, "freeze", "replace",
    *["kill store"] * 2, "slow store", "still store", "full store", "read-only store", "cut store",
    *["block"] * 3, "gone", "nobody home",
)  # fmt: skip
"""Drawn from, as far as this run has them; what stands here more often comes more often."""


class Troubles:
    """`run` until cancelled; then `mend`."""

    def __init__(
        self, stage: Stage, world: SandboxClient, parts: dict[str, Process], history: History,
        players: Sequence[Player], recorder: Recorder,
    ) -> None:  # fmt: skip
        self.counts: Counter[str] = Counter()
        self._makers = {
            "fault": self._fault, "storm": self._storm, "kill": self._kill, "freeze": self._freeze,
            "replace": self._replace, "repeat updates": self._repeat_updates, "slow sends": self._slow_sends,
            "freeze in a send": self._freeze_in_a_send,
        }  # fmt: skip
        self._stage = stage
        self._world = world
        self._parts = parts
        self._history = history
        self._chance = random.Random(f"{stage.plan.seed} troubles")  # noqa: S311 - the same troubles for the same seed
        self._makers |= StoreTroubles(stage, self._chance, self.counts, self._note).makers()
        self._makers |= PeopleTroubles(players, world, recorder, self._chance, self.counts).makers()
        self._kinds: Sequence[str] = [kind for kind in stage.plan.kinds or USUAL if kind in self._makers]
        self._frozen: set[Process] = set()
        self._hit: set[str] = set()
        """Parts to which something is being done just now."""

    async def run(self, end: asyncio.Event) -> None:
        running: set[asyncio.Task[None]] = set()
        while not end.is_set():
            await asyncio.sleep(self._chance.uniform(*self._stage.plan.pause_s))
            task = asyncio.create_task(self._makers[self._chance.choice(self._kinds)]())
            running.add(task)
            while len(running) > 2:
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for one in done:
                    one.result()
        await asyncio.gather(*running)

    async def mend(self) -> None:
        """Everything that was broken works again."""
        await self._world.clear_faults()
        for process in self._frozen:
            process.thaw()
        for name, process in self._parts.items():
            if process.process.poll() is not None:
                self._history.deaths.append(f"{name}: {process.process.returncode}")
                self._parts[name] = self._stage.part(name)

    # One trouble each.

    async def _fault(self) -> None:
        kind, method = self._chance.choice(FAULTS)
        chat = self._chance.choice(list(self._history.chats.values())).number if method == SENDING else None
        times = 1 if kind == "drop-after" else self._chance.randint(1, 3)
        self.counts["faults"] += times
        lasts_ms = FAULTS_WAIT_MS if method == SENDING else STORM_MS
        self._note(f"fault {kind}", now_ms(), now_ms() + lasts_ms, chat or 0)
        await self._world.fault(kind, method, chat=chat, times=times, delay=self._chance.uniform(0.2, 1.5))

    async def _kill(self) -> None:
        with self._hitting(self._any()) as name:
            began = now_ms()
            self._end(name)
            await asyncio.sleep(self._chance.uniform(*DEAD_S))
            self._parts[name] = self._stage.part(name)
            self._note(f"kill {name}", began, now_ms())

    async def _freeze(self) -> None:
        await self._freeze_one(self._any())

    async def _freeze_one(self, name: str) -> None:
        with self._hitting(name):
            began = now_ms()
            await self._frozen_for(self._parts[name])
            self._note(f"freeze {name}", began, now_ms())

    async def _replace(self) -> None:
        """Thought dead: another one starts in its place, and then the first comes back for a moment.

        Not a web process: its port is still taken.
        """
        with self._hitting(self._any(but=WEBS)) as name:
            first, began = self._parts[name], now_ms()
            first.freeze()
            self._parts[name] = self._stage.part(name)
            await self._frozen_for(first)
            await asyncio.sleep(self._chance.uniform(0.2, 1.0))
            first.kill()
            self.counts["kills"] += 1
            self._note(f"replace {name}", began, now_ms())

    async def _frozen_for(self, process: Process) -> None:
        self.counts["freezes"] += 1
        self._frozen.add(process)
        process.freeze()
        await asyncio.sleep(self._chance.uniform(*FROZEN_S))
        process.thaw()
        self._frozen.discard(process)

    async def _repeat_updates(self) -> None:
        """Somebody dies between storing updates and acknowledging them: the platform brings them again."""
        if self._stage.front is not None:
            times = self._chance.randint(1, 4)
            self.counts["faults"] += times
            self._stage.front.swallowing += times
            return
        if "gateway" in self._hit:
            return
        with self._hitting("gateway"):
            self.counts["faults"] += 1
            refused = await self._world.fault("502", "getUpdates", times=FOR_EVER)
            await asyncio.sleep(self._chance.uniform(0.4, 1.2))
            self._end("gateway")
            await self._world.call("DELETE", f"faults/{refused}")
            self._note("kill gateway", now_ms(), now_ms())
            gateway = self._parts["gateway"] = self._stage.part("gateway")
            # Only one that works again can bring an update a second time.
            await asyncio.to_thread(gateway.wait_for_line, lambda line: KNOWN_TO_THE_PLATFORM in line)

    async def _slow_sends(self) -> None:
        """The platform takes its time with every message, and takes it."""
        times = self._chance.randint(*SLOW_SENDS)
        self.counts["faults"] += times
        self._note("slow sends", now_ms(), now_ms() + STORM_MS)
        await self._world.fault("slow", SENDING, times=times, delay=SLOW_S)

    async def _freeze_in_a_send(self) -> None:
        """Somebody else has long sent the message when its sender hears that it is out."""
        await self._slow_sends()
        senders = [name for name in self._parts if name.startswith("sender") and name not in self._hit]
        if senders:
            await asyncio.sleep(SLOW_S / 2)
            await self._freeze_one(self._chance.choice(senders))

    async def _storm(self) -> None:
        """The platform takes no message from anybody for a moment."""
        times = self._chance.randint(4, 12)
        self.counts["faults"] += times
        self._note("storm", now_ms(), now_ms() + STORM_MS)
        await self._world.fault(self._chance.choice(("502", "429", "drop-before")), SENDING, times=times)

    def _end(self, name: str) -> None:
        self._parts[name].kill()
        self.counts["kills"] += 1

    def _any(self, but: Sequence[str] = ()) -> str:
        """A part that runs and to which nothing is being done."""
        return self._chance.choice([name for name in self._parts if name not in {*self._hit, *but}])

    @contextlib.contextmanager
    def _hitting(self, name: str) -> Iterator[str]:
        self._hit.add(name)
        try:
            yield name
        finally:
            self._hit.discard(name)

    def _note(self, kind: str, began: int, ended: int, chat: int = 0) -> None:
        self._history.disturbances.append(Disturbance(kind, began, ended, chat))
