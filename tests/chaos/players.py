"""People who play on until they are told to come to an end.

They react to what comes to their phones whenever it comes: a bot that is dead for a while stops nobody.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from typing import Any

from history import Chat
from phrases import WORDING, asks
from recorder import token_of
from said import Said

from bot.sandbox.client import SandboxClient, WorldError

Json = dict[str, Any]

TWICE = 0.08
"""How often somebody presses a button twice, as people do on a slow phone."""
LONGEST_THOUGHT_S = 0.6
READING_S = 0.2


class Player:
    """What all have in common. `ending` is set when nothing new should be begun."""

    answers: tuple[tuple[str, str, str], ...] = ()
    """Questions of flows and the choice that is pressed: flow, step, option."""

    def __init__(self, world: SandboxClient, chat: Chat, bot: str, seed: str) -> None:
        self.chat = chat
        self.name = chat.name
        self.chance = random.Random(seed)  # noqa: S311 - the same choices for the same seed
        self.ending = False
        self.moved_at = time.monotonic()
        self._world = world
        self._path = f"chats/{bot}/{chat.number}"
        self._news: asyncio.Queue[Json] = asyncio.Queue()
        self._said = 0

    def listen(self, message: Json) -> None:
        self._news.put_nowait(message)

    async def run(self) -> None:
        """Until cancelled."""
        await self.begin()
        while True:
            try:
                async with asyncio.timeout(0.3 + self.chance.random()):
                    message = await self._news.get()
            except TimeoutError:
                await self.moment()
            else:
                await self._read([message])

    async def _read(self, messages: list[Json]) -> None:
        """Reads all that has come; of several questions of flows the last is answered."""
        await asyncio.sleep(self.chance.random() * READING_S)
        while not self._news.empty():
            messages.append(self._news.get_nowait())
        self.moved_at = time.monotonic()
        asked: Json = {}
        for message in messages:
            if self._option(message):
                asked = message
            else:
                await self.hear(message)
        if asked:
            await self.press(asked, self._option(asked))

    async def begin(self) -> None:
        """The first thing that this person does."""

    async def hear(self, message: Json) -> None:
        """Something came from the bot that is no question of a flow."""

    async def moment(self) -> None:
        """Nothing came for a while."""

    @property
    def busy(self) -> bool:
        """Something is open that this person or the bot must bring to an end."""
        raise NotImplementedError

    @property
    def idle_s(self) -> float:
        return time.monotonic() - self.moved_at

    # Absences.

    async def block(self) -> None:
        """Closes the chat to the bot."""
        await self._do("block", {})

    async def unblock(self) -> None:
        await self._do("unblock", {})

    async def returns(self) -> None:
        """Was away, has missed what came meanwhile, and takes it up again somehow."""

    # Deeds.

    async def say(self, text: str) -> None:
        self.moved_at = time.monotonic()
        await self._do("say", {"text": text})

    async def tell(self, *, crisis: bool = False) -> None:
        """The next numbered text."""
        self._said += 1
        await self.say(Said(self.name, self._said, crisis).text)

    async def press(self, message: Json, label: str) -> bool:
        """Presses a button, now and then twice; False when it is not there."""
        token = token_of(message, label)
        if not token:
            return False
        body = {"message": message["id"], "token": token, "wait": 0}
        self.moved_at = time.monotonic()
        for _ in range(2 if self.chance.random() < TWICE else 1):
            await self._do("press", body)
        return True

    async def think(self) -> None:
        await asyncio.sleep(self.chance.random() * LONGEST_THOUGHT_S)

    def _option(self, message: Json) -> str:
        """The label to press where the message is a question of a flow; else empty."""
        for flow, step, option in self.answers:
            if asks(flow, step, message["text"]):
                return option if token_of(message, option) else WORDING.option(flow, step, option)
        return ""

    async def _do(self, deed: str, body: Json) -> None:
        # The phone refuses what a person on it could not do either: a button that has gone meanwhile.
        with contextlib.suppress(WorldError):
            await self._world.call("POST", f"{self._path}/{deed}", body)
