"""Opens the sandbox by itself. Loads nothing of the bot, so that it is there at once."""

from __future__ import annotations

import errno
from collections.abc import Sequence

from bot.sandbox.accounts import BotAccount
from bot.sandbox.server import People, SandboxServer


async def open_sandbox(
    host: str, port: int, *, firm: bool, bots: Sequence[BotAccount] = (), scene: Sequence[People] = ()
) -> SandboxServer:
    """A sandbox without bots takes every token. A taken port is replaced by a free one unless it is `firm`.

    Raises OSError.
    """
    server = SandboxServer(bots, host=host, port=port, accept_any_token=not bots, scene=scene)
    try:
        await server.start()
    except OSError as trouble:
        await server.stop()
        if firm or trouble.errno != errno.EADDRINUSE:
            raise
        server = SandboxServer(bots, host=host, port=0, accept_any_token=not bots, scene=scene)
        await server.start()
    return server
