"""One conversation played on the engine, as a test or the drawing board plays it: by what people see and say."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from bot.flow import (
    Ask,
    Chosen,
    Effect,
    Ended,
    Flows,
    Raise,
    Say,
    Turn,
    Typed,
    answer,
    resume,
    start,
    time_out,
)
from bot.flow.questions.spoken import plain
from bot.model.level import Level
from bot.model.session import Session, Value
from bot.model.text import Language, Text

ANY_WORDS = "…"
"""In an expected text it stands for any words, none included."""
_START_MS = 1_000_000
"""Any time will do; not zero, since zero means that nothing waits."""


class Rehearsal:
    """Holds the session as the store would: as bytes, read anew for every turn."""

    def __init__(self, flows: Flows, language: Language) -> None:
        self.unheard: list[str] = []
        """Texts that the bot said since the person's last turn, and that no `hear` has taken."""
        self.level = Level.GREEN
        """The highest level raised so far."""
        self.effects: list[Effect] = []
        """Everything since the beginning."""
        self.ended: Ended | None = None
        self._flows = flows
        self._language = language
        self._now = _START_MS
        self._stored = b""
        self._question: Ask | None = None

    @property
    def session(self) -> Session | None:
        return msgspec.json.decode(self._stored, type=Session) if self._stored else None

    @property
    def question(self) -> str:
        """The open question's id; empty if none is open."""
        session = self.session
        return "" if session is None or session.question is None else session.question.step

    @property
    def values(self) -> Mapping[str, Value]:
        """What the outermost flow remembers."""
        if self.ended is not None:
            return self.ended.values
        session = self.session
        return {} if session is None else session.frames[0].values

    def begin(self, flow: str, values: Mapping[str, Value]) -> None:
        self._take(start(self._flows, flow, values, "rehearsal", self._now))

    def answer(self, said: str) -> bool:
        """Presses the button that is called so, or types the words. False if no question is open."""
        session, question = self.session, self._question
        if session is None or question is None:
            return False
        self._now += 1_000
        self.unheard.clear()
        pressed = [option.value for option in question.options if self._same(option.label, said)]
        reply = Chosen(question.key, pressed[0]) if pressed else Typed(said)
        self._take(answer(self._flows, session, reply, self._now))
        return True

    def let_pass(self, span_ms: int) -> None:
        """Time passes, and nobody says anything."""
        self._now += span_ms
        self.unheard.clear()
        for happens in (time_out, resume):
            session = self.session
            if session is not None:
                self._take(happens(self._flows, session, self._now))

    def hear(self, words: str) -> bool:
        """Takes the text that the bot said, and those before it. False if it did not say so."""
        pattern = ".*".join(re.escape(_flat(part)) for part in words.split(ANY_WORDS))
        for number, text in enumerate(self.unheard):
            if re.fullmatch(pattern, _flat(text)):
                del self.unheard[: number + 1]
                return True
        return False

    def _same(self, label: Text, said: str) -> bool:
        return plain(label.in_(self._language)) == plain(said)

    def _take(self, turn: Turn) -> None:
        self._stored = b"" if turn.session is None else msgspec.json.encode(turn.session)
        self._question = self._question if turn.session is not None and turn.session.question is not None else None
        self.effects.extend(turn.effects)
        for effect in turn.effects:
            match effect:
                case Say(texts):
                    self.unheard.extend(text.in_(self._language) for text in texts)
                case Ask():
                    self._question = effect
                    self.unheard.append(effect.text.in_(self._language))
                case Raise(level):
                    self.level = max(self.level, level)
                case Ended():
                    self.ended = effect
                case _:
                    pass


def _flat(text: str) -> str:
    """Line breaks and spaces are the screen's business, not the test's."""
    return " ".join(text.split())
