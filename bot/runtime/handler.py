"""What the worker needs of the handlers: one function for any event, and what may be judged before it runs."""

from __future__ import annotations

from typing import Protocol

from bot.model.event import Body, Lane
from bot.runtime.transaction import Transaction


class Handler(Protocol):
    """Works one event inside its transaction. It may be called again from the start, with a new transaction."""

    async def __call__(self, tx: Transaction) -> None: ...


class Triage(Protocol):
    """Which lane an arriving body takes. Pure, quick, and never raises: the gateway asks it before it stores."""

    def __call__(self, body: Body) -> Lane: ...
