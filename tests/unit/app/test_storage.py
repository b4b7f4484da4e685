"""What the config says of the platform's limits is what the senders keep to."""

from __future__ import annotations

import pytest

from bot.app.storage import limits_of
from bot.config import Config
from bot.store import Limits


def test_the_limits_of_the_config_are_those_of_the_store_unless_somebody_pays() -> None:
    assert limits_of(Config()) == Limits()


@pytest.mark.parametrize(("per_second", "per_chat"), [(6, 1), (1_000, 3), (100_000, 1_000)])
def test_every_limit_that_may_be_set_leaves_room_for_ordinary_messages(per_second: int, per_chat: int) -> None:
    wanted = {"per_second": per_second, "per_chat": per_chat}
    found = limits_of(Config.model_validate({"telegram": {"limits": wanted}}))
    assert (found.per_bot, found.per_chat) == (per_second, per_chat)
    assert 0 < found.reserve < found.per_bot
