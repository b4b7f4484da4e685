"""Writes down everything that happens in the sandbox, and tells the players what has come to their phones."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from history import BLOCKED, GONE, LASTING, Absence, Bubble, Chat, History, now_ms
from phrases import is_any

from bot.sandbox.client import SandboxClient


class LostTrack(AssertionError):
    """The sandbox's feed ran away from the recorder: the history has holes, so nothing can be said of the run."""


Listener = Callable[[dict[str, Any]], None]


class Recorder:
    """Follows the feed until it is cancelled."""

    def __init__(self, world: SandboxClient, history: History) -> None:
        self.history = history
        self.changed_at = time.monotonic()
        """When a message last changed, apart from counselors who look at an empty queue."""
        self._world = world
        self._chats: dict[int, Chat] = {}
        self._bubbles: dict[tuple[int, int], Bubble] = {}
        self._listeners: dict[int, Listener] = {}

    def follow(self, chat: Chat, listener: Listener) -> None:
        """From now on this chat is written down; `listener` is given each new message of the bot's."""
        self.history.chats[chat.name] = chat
        self._chats[chat.number] = chat
        self._listeners[chat.number] = listener

    @property
    def awaits_marks(self) -> bool:
        """Somebody's text has no mark yet: something may be in a hand that is dead, and is taken over after seconds."""
        return any(not bubble.marks for chat in self.history.chats.values() for _, bubble in chat.said())

    async def run(self) -> None:
        async for change in self._world.changes(0):
            if change["type"] == "reset":
                raise LostTrack(str(LostTrack.__doc__))
            if change["type"] == "message" and change["user"] in self._chats:
                self._message(change["user"], change["message"])
            if change["type"] == "chat" and change["user"] in self._chats:
                self._away(self._chats[change["user"]], BLOCKED, away=change["chat"]["blocked"])

    def gone(self, chat: Chat, *, away: bool) -> None:
        """The platform is about to know nothing of this chat, or knows it again."""
        self._away(chat, GONE, away=away)

    def _away(self, chat: Chat, kind: str, *, away: bool) -> None:
        lasting = next((one for one in chat.absences if one.kind == kind and one.ended == LASTING), None)
        if away and lasting is None:
            chat.absences.append(Absence(kind, now_ms()))
        elif lasting is not None and not away:
            lasting.ended = now_ms()

    def _message(self, user: int, message: dict[str, Any]) -> None:
        if message["text"] != "/queue" and not is_any(message["text"], "queue.empty"):
            self.changed_at = time.monotonic()
        marks = tuple(one["emoji"] for one in message["reactions"] if one["by"] == "bot")
        known = self._bubbles.get((user, message["id"]))
        if known:
            known.marks = marks or known.marks
            return
        mine = message["from"] == "person"
        bubble = Bubble(message["id"], mine, message["at"], message["text"], marks)
        self._bubbles[user, bubble.id] = bubble
        self._chats[user].bubbles.append(bubble)
        if not mine:
            self._listeners[user](message)


def token_of(message: dict[str, Any], label: str) -> str:
    """The data behind a button with this label; empty where there is none."""
    buttons = [button for row in message["buttons"] for button in row]
    return next((str(one["token"]) for one in buttons if one["label"] == label), "")
