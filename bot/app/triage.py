"""Which lane an arriving body takes: the gateway asks before it stores, so that a crisis is never behind a crowd.

Screening decides, on the words alone; the handlers screen again with all that they know. If screening fails, the
message counts as a concern.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.model.event import Body, CommandGiven, Lane, MediaSent, TextSaid
from bot.runtime.measures import SCREENING, Measures
from bot.screening import Lists, screen

logger = logging.getLogger(__name__)

CRISIS_COMMAND = "crisis"
AT_INTAKE, AT_WORK = "intake", "work"
"""Where a text is judged: before it is stored, and by its handler, who knows the person's last messages too."""


class Triage:
    """Fills `bot.runtime.handler.Triage`. `lists` gives the word lists in use now."""

    def __init__(self, lists: Callable[[], Lists], measures: Measures | None = None) -> None:
        self._lists = lists
        self._measures = measures or Measures()

    def __call__(self, body: Body) -> Lane:
        try:
            urgent = self._is_urgent(body)
        except Exception:
            logger.exception("screening failed: the message counts as a concern")
            urgent = True
        return Lane.CRISIS if urgent else Lane.NORMAL

    def _is_urgent(self, body: Body) -> bool:
        match body:
            case CommandGiven(name=name) if name == CRISIS_COMMAND:
                return True
            case TextSaid(text=text) | CommandGiven(words=text) | MediaSent(caption=text):
                return bool(text) and self._screened(text)
            case _:
                return False

    def _screened(self, text: str) -> bool:
        with timed(self._measures, AT_INTAKE):
            return screen(text, self._lists()).level.is_crisis


@contextmanager
def timed(measures: Measures, where: str) -> Iterator[None]:
    """Notes how long a screening takes; one that fails does not count."""
    began = time.perf_counter()
    yield
    measures.took(SCREENING, time.perf_counter() - began, where)
