"""Imports a heavy package beside the running loop, without ever holding up the end of the process."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import threading


async def import_aside(package: str) -> None:
    """Raises what the import raises. May be cancelled: the thread is left to itself and ends with the process.

    A thread of the loop's own pool would be waited for at the end, and a platform's library takes long to load.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(trouble: BaseException | None) -> None:
        if done.done():
            return
        if trouble is None:
            done.set_result(None)
        else:
            done.set_exception(trouble)

    def work() -> None:
        trouble: BaseException | None = None
        try:
            importlib.import_module(package)
        except ImportError as error:
            trouble = error
        with contextlib.suppress(RuntimeError):  # the loop has been closed meanwhile: nobody waits any more
            loop.call_soon_threadsafe(settle, trouble)

    threading.Thread(target=work, name=f"import {package}", daemon=True).start()
    await done
