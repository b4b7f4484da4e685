"""A whole bot on a sandbox: what `sebaya sandbox` and the demo run.

The bot is the real one, in the same process, with a key and an embedded server under a data folder of its own. Each
start is a program of its own, because phones and people begin anew as well.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.app.demo_key import demo_key
from bot.app.scene import play_in
from bot.app.serving import PARTS, serve
from bot.config import Config, load
from bot.sandbox.accounts import BotAccount
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import SandboxServer
from bot.store import RedisStore


def demo_config(path: Path, environ: Mapping[str, str], folder: Path, bots: Sequence[BotAccount]) -> Config:
    """The deployment's own settings, with everything that leads outside led to the sandbox. Raises FaultyContent."""
    student, staff = bots
    return load(
        path,
        {
            **environ,
            "SEBAYA__TELEGRAM__MODE": "polling",
            "SEBAYA__TELEGRAM__BOTS__STUDENT__TOKEN": student.token,
            "SEBAYA__TELEGRAM__BOTS__STAFF__TOKEN": staff.token,
            "SEBAYA__REDIS__URL": "embedded",
            "SEBAYA__DATA_DIR": str(folder),
            "SEBAYA__PROGRAM__NAME": f"demo-{secrets.token_hex(4)}",
            "SEBAYA__WEB__PORT": "0",
            # Nothing leaves this machine, so nobody needs to be paced.
            "SEBAYA__TELEGRAM__LIMITS__PER_SECOND": "1000",
            "SEBAYA__TELEGRAM__LIMITS__PER_CHAT": "100",
        },
    )


def led_to(config: Config, url: str) -> Config:
    return config.model_copy(update={"telegram": config.telegram.model_copy(update={"api_base": url})})


async def play(server: SandboxServer, config: Config, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Runs the bot on the sandbox until `stop`; `ready` is called when everybody is in their place.

    Raises what `serve` raises, and TimeoutError when the bot does not answer.
    """
    began: asyncio.Future[RedisStore] = asyncio.get_running_loop().create_future()
    key = demo_key(config.data_dir)
    try:
        async with SandboxClient(server.url) as world, asyncio.TaskGroup() as group:
            bot = serve(led_to(config, server.url), key, frozenset(PARTS), stop, began.set_result)
            group.create_task(bot, name="demo bot")
            scene = group.create_task(_scene(world, server.people, began, ready), name="demo scene")
            await stop.wait()
            scene.cancel()
    except ExceptionGroup as troubles:
        raise troubles.exceptions[0] from None


async def _scene(
    world: SandboxClient, present: list[dict[str, object]], began: asyncio.Future[RedisStore], ready: Callable[[], None]
) -> None:
    await play_in(await began, world, present)
    ready()
