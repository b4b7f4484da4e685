"""One person's phone with the chat of one bot open. How it waits is told in `bot.sandbox.client`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from bot.sandbox.sights import Answer, Seen

Json = dict[str, Any]

DEFAULT_WAIT_S = 10.0
POLL_S = 5.0
"""One look at the sandbox waits no longer than this; then the next look follows at once."""
SHOWN_ON_TIMEOUT = 12
"""How many messages a TimeoutError tells."""


class Ask(Protocol):
    """One request to the world API."""

    async def __call__(self, verb: str, path: str, body: Json | None = None, **query: str | float) -> Json: ...


class Phone:
    """Made by `SandboxClient.phone`. `user` is the person's id on the platform, `bot` the bot's username."""

    def __init__(self, ask: Ask, bot: str, user: int) -> None:
        self._ask = ask
        self._path = f"chats/{bot}/{user}"
        self._seen = 0
        self.bot = bot
        self.user = user

    # What the person does.

    async def say(self, text: str, *, reply_to: Seen | int = 0, thread: int = 0) -> Seen:
        """Writes; commands too. Returns the message as sent."""
        return await self._do("say", {"text": text, "reply_to": _number(reply_to), "thread": thread})

    async def edit(self, message: Seen | int, text: str) -> Seen:
        """Changes an own message."""
        return await self._do("edit", {"message": _number(message), "text": text})

    async def send(self, kind: str, *, caption: str = "", reply_to: Seen | int = 0, thread: int = 0) -> Seen:
        """Sends a sample: photo voice audio video video_note animation sticker document location contact, or one of
        the kinds that a bot may not expect: poll dice venue."""
        body = {"kind": kind, "caption": caption, "reply_to": _number(reply_to), "thread": thread}
        return await self._do("send", body)

    async def press(self, button: str, message: Seen | int = 0, *, wait: float = DEFAULT_WAIT_S) -> Answer:
        """Presses a button by its label, or else by its token, on `message` or on the newest that has it.

        With a message and a token that it no longer shows, the press is of a stale button. Waits for the bot's answer.
        """
        number = _number(message)
        by_label = await self._has_label(button, number)
        body = {"message": number, "label" if by_label else "token": button, "wait": wait}
        return msgspec.convert(await self._ask("POST", f"{self._path}/press", body), Answer)

    async def _has_label(self, label: str, number: int) -> bool:
        return any(label in one.labels for one in await self.messages() if not number or one.id == number)

    async def react(self, message: Seen | int, emoji: str = "") -> Seen:
        """Reacts; with no emoji takes the reaction back."""
        return await self._do("react", {"message": _number(message), "emoji": emoji})

    async def delete(self, message: Seen | int) -> Seen:
        return await self._do("delete", {"message": _number(message)})

    async def block(self) -> None:
        """Stops the bot: it is told, and may not write until `unblock`."""
        await self._ask("POST", f"{self._path}/block", {})

    async def unblock(self) -> None:
        await self._ask("POST", f"{self._path}/unblock", {})

    async def _do(self, deed: str, body: Json) -> Seen:
        return msgspec.convert(await self._ask("POST", f"{self._path}/{deed}", body), Seen)

    # What the person sees.

    async def messages(self) -> list[Seen]:
        """The whole chat in order, without deleted messages."""
        return [one for one in await self.history() if not one.deleted]

    async def history(self) -> list[Seen]:
        """The whole chat in order, with what was deleted."""
        found = (await self._ask("GET", f"{self._path}/messages"))["messages"]
        return sorted(msgspec.convert(found, list[Seen]), key=lambda one: one.id)

    async def last(self) -> Seen | None:
        """The bot's newest message."""
        mine = [one for one in await self.messages() if one.by == "bot"]
        return mine[-1] if mine else None

    async def commands(self) -> list[tuple[str, str]]:
        """The bot's menu in this person's language: name and description."""
        found = (await self._ask("GET", f"bots/{self.bot}/commands", user=self.user))["commands"]
        return [(one["command"], one["description"]) for one in found]

    async def skip(self) -> None:
        """Passes over everything that has arrived."""
        self._seen = int((await self._ask("GET", f"{self._path}/messages", after=2**52))["cursor"])

    async def ask(self, text: str, contains: str | None = None, **how: Any) -> Seen:
        """Says it and waits for what comes after it: `wait_for` on fresh messages only."""
        await self.skip()
        await self.say(text)
        return await self.wait_for(contains, **how)

    async def wait_for(
        self,
        contains: str | None = None,
        *,
        button: str | None = None,
        kind: str | None = None,
        where: Callable[[Seen], bool] | None = None,
        timeout: float = DEFAULT_WAIT_S,  # noqa: ASYNC109 - part of the interface
    ) -> Seen:
        """The bot's next new or changed message for which all that is asked holds. See `bot.sandbox.client`."""

        def fits(one: Seen) -> bool:
            return (
                not one.deleted
                and (contains is None or contains in one.text)
                and (button is None or button in one.labels)
                and (kind is None or one.kind == kind)
                and (where is None or where(one))
            )

        found = await self._watch(fits, self._seen, timeout, by="bot")
        if found is None:
            wanted = {"contains": contains, "button": button, "kind": kind, "where": where}
            raise TimeoutError(await self._what_there_was({key: value for key, value in wanted.items() if value}))
        self._seen = found.changed
        return found

    async def wait_until(
        self,
        where: Callable[[Seen], bool],
        *,
        timeout: float = DEFAULT_WAIT_S,  # noqa: ASYNC109 - part of the interface
    ) -> Seen:
        """Any message, own or the bot's, now or later, for which `where` holds: a reaction, a tick, a deletion.

        Moves nothing.
        """
        found = await self._watch(where, 0, timeout)
        if found is None:
            raise TimeoutError(await self._what_there_was({"where": where}))
        return found

    async def wait_for_mark(self, message: Seen | int, emoji: str | None = None, **how: Any) -> Seen:
        """Waits until the bot has reacted to a message, with this emoji or any."""
        number = _number(message)
        return await self.wait_until(
            lambda one: one.id == number and (emoji in one.marks if emoji else bool(one.marks)), **how
        )

    async def quiet(self, seconds: float, **what: Any) -> None:
        """Asserts that nothing (of `what`, as in `wait_for`) comes for so long. Costs the time: use it sparingly."""
        try:
            found = await self.wait_for(**what, timeout=seconds)
        except TimeoutError:
            return
        raise AssertionError(f"there should have been nothing, and there was: {found}")

    async def _watch(self, fits: Callable[[Seen], bool], after: int, seconds: float, by: str = "") -> Seen | None:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        left = seconds
        while True:
            wait = max(min(left, POLL_S), 0)
            told = await self._ask("GET", f"{self._path}/messages", after=after, wait=wait, by=by)
            for one in msgspec.convert(told["messages"], list[Seen]):
                after = max(after, one.changed)
                if fits(one):
                    return one
            left = until - loop.time()
            if left <= 0:
                return None

    async def _what_there_was(self, wanted: Json) -> str:
        history = [str(one) for one in (await self.history())[-SHOWN_ON_TIMEOUT:]]
        return "\n".join([f"nothing with {wanted} came; the chat ends with:", *(history or ["(nothing at all)"])])


def _number(message: Seen | int) -> int:
    return message.id if isinstance(message, Seen) else message
