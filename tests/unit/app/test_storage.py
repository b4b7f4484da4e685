"""What the config says of the platform's limits is what the senders keep to."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import storage as opening
from bot.app.storage import limits_of, storage
from bot.config import Config
from bot.store import Limits, Login, new_key


def test_the_limits_of_the_config_are_those_of_the_store_unless_somebody_pays() -> None:
    assert limits_of(Config()) == Limits()


@pytest.mark.parametrize(("per_second", "per_chat"), [(6, 1), (1_000, 3), (100_000, 1_000)])
def test_every_limit_that_may_be_set_leaves_room_for_ordinary_messages(per_second: int, per_chat: int) -> None:
    wanted = {"per_second": per_second, "per_chat": per_chat}
    found = limits_of(Config.model_validate({"telegram": {"limits": wanted}}))
    assert (found.per_bot, found.per_chat) == (per_second, per_chat)
    assert 0 < found.reserve < found.per_bot


async def test_what_the_config_says_of_the_store_reaches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    class Store:
        async def close(self) -> None: ...

    def opened(url: str, program: str, _keyring: object, **options: Any) -> Store:
        asked.update(url=url, program=program, **options)
        return Store()

    monkeypatch.setattr(opening, "open_store", opened)
    config = Config.model_validate({
        "program": {"name": "sma-1"},
        "redis": {"url": "redis+sentinel://a,b/peers", "sentinel": {"username": "u", "password": "p"}},
        "retention": {"failed": "3d"},
    })  # fmt: skip
    async with storage(config, new_key()):
        pass
    assert (asked["url"], asked["program"]) == ("redis+sentinel://a,b/peers", "sma-1")
    assert asked["sentinels"] == Login("u", "p")
    assert asked["keep_failed_ms"] == 3 * 24 * 60 * 60 * 1000
