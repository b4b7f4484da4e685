"""Wakes everybody who waits for the next thing to happen, and keeps nothing."""

from __future__ import annotations

import asyncio


class Bell:
    """Who comes after a ring waits for the next one."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    async def wait(self) -> None:
        await self._rung.wait()

    async def wait_up_to(self, seconds: float) -> bool:
        """False when the time ran out."""
        rung = self._rung
        try:
            async with asyncio.timeout(max(seconds, 0)):
                await rung.wait()
        except TimeoutError:
            return False
        return True
