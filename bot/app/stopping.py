"""Stopping on SIGTERM and Ctrl-C: the first asks everybody to finish, the second ends the process at once."""

from __future__ import annotations

import asyncio
import logging
import os
import signal

logger = logging.getLogger(__name__)

SIGNALS = (signal.SIGTERM, signal.SIGINT)
AT_ONCE_CODE = 130
"""What shells show for a process that was ended by Ctrl-C."""


def stop_on_signals() -> asyncio.Event:
    """An event that is set by the first signal. Call it inside the running loop."""
    asked = asyncio.Event()

    def on_signal(number: int) -> None:
        if asked.is_set():
            logger.warning("stopping at once", extra={"signal": signal.Signals(number).name})
            # Nothing is lost: what was not committed is worked again after the next start.
            os._exit(AT_ONCE_CODE)
        logger.info("stopping", extra={"signal": signal.Signals(number).name})
        asked.set()

    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, on_signal, number)
    return asked
