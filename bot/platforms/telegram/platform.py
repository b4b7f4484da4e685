"""Telegram behind the program's small interface, over whichever library carries the bytes.

Receiving: an update is acknowledged only by the cursor of the next look, so whoever stores a batch before looking again
loses nothing. Sending: the calls of a message go out in order; what Telegram's answers mean stands in `outcomes`.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from bot.model.address import Address, Side
from bot.model.event import Milliseconds, PersonId
from bot.model.outgoing import DeleteMessage, EditText, Failure, SendMedia, What
from bot.platforms.telegram.batches import batch_of
from bot.platforms.telegram.calls import Call, Plain, calls_for, delete_call, edit_call
from bot.platforms.telegram.media import Impossible, media_calls, needs_upload, upload_of
from bot.platforms.telegram.menus import menu_calls
from bot.platforms.telegram.outcomes import Meaning, Outcome, judge
from bot.platforms.telegram.reception import reception_of
from bot.platforms.telegram.shapes import Wrong
from bot.platforms.telegram.updates import PLATFORM, WANTED, Origin
from bot.platforms.telegram.webhook import Webhook
from bot.platforms.telegram.wire import Reply, Unreachable, Wire
from bot.runtime.platform import Batch, Crowded, GivenUp, Menu, Reception, Sent, TryLater, Unauthorized

log = logging.getLogger(__name__)

MOST_UPDATES = 100
"""Telegram's limit for one look."""
CALL_S = 20.0
"""An answer that takes longer is not coming; Telegram's own are there within a second."""
FILE_S = 120.0
"""For files, up to Telegram's 20 MB, over a slow line."""
POLL_SLACK_S = 10.0
"""How much longer than the long poll itself we wait for its answer."""
NOT_FOUND = 404

PLAINER: Mapping[Meaning, Callable[[Call], Call]] = {
    Meaning.NO_THREAD: lambda call: call.without("message_thread_id"),
    Meaning.NO_REPLY: lambda call: call.without("reply_parameters"),
    Meaning.BAD_LINK: Call.without_links,
}
"""What a call goes without when Telegram takes offence at just that."""

New: TypeAlias = Plain | SendMedia
"""What appears as something new, and needs no message that is there already."""


class TelegramPlatform:
    """One driver with its bots; `sides` says which side each serves, None for both."""

    def __init__(
        self,
        wire: Wire,
        identify: Callable[[str, str], PersonId],
        sides: Mapping[str, Side | None],
        clock: Callable[[], Milliseconds],
        webhook: Webhook | None = None,
        tokenless: frozenset[str] = frozenset(),
    ) -> None:
        """`tokenless` are the bots whose token cannot be one: Telegram is not even asked."""
        self._wire = wire
        self._tokenless = tokenless
        self._identify = identify
        self._sides = sides
        self._clock = clock
        self._webhook = webhook
        self._usernames: dict[str, str] = {}

    @property
    def name(self) -> str:
        return PLATFORM

    async def open(self) -> None:
        await self._wire.open()

    async def close(self) -> None:
        await self._wire.close()

    async def prepare(self, bot: str, menus: Sequence[Menu]) -> None:
        """A menu that Telegram refuses is logged and left out: commands work without it."""
        if self._webhook is None:
            receiving = Call("deleteWebhook", {"drop_pending_updates": False})
        else:
            receiving = Call("setWebhook", self._webhook.params(bot))
        _done_or_later(await self._ask(bot, receiving))
        for call in menu_calls(self._sides[bot], menus):
            outcome = await self._ask(bot, call)
            if outcome.meaning is Meaning.GIVE_UP:
                log.warning("the platform refused a menu of the bot %s: %s", bot, outcome.reason)
            else:
                _done_or_later(outcome)

    async def receive(self, bot: str, cursor: str, wait_s: float) -> Batch:
        params: dict[str, object] = {
            "timeout": math.ceil(wait_s),
            "limit": MOST_UPDATES,
            "allowed_updates": WANTED,
        }
        if cursor:
            params["offset"] = cursor
        updates = _done_or_later(await self._ask(bot, Call("getUpdates", params), wait_s + POLL_SLACK_S))
        return batch_of(updates, self.origin(bot))

    def origin(self, bot: str) -> Origin:
        """What the reading of an update needs besides the update, also for whoever receives by webhook."""
        return Origin(bot, self._sides[bot], self._clock(), self._identify)

    async def reception(self, bot: str) -> Reception:
        wanted = self._webhook.url_of(bot) if self._webhook else ""
        try:
            return reception_of(_done_or_later(await self._ask(bot, Call("getWebhookInfo", {}))), wanted)
        except Wrong:
            raise TryLater("nonsense") from None

    async def username(self, bot: str) -> str:
        if bot not in self._usernames:
            me = _done_or_later(await self._ask(bot, Call("getMe", {})))
            name = me.get("username") if isinstance(me, dict) else None
            if not isinstance(name, str):
                raise TryLater("nonsense")
            self._usernames[bot] = name
        return self._usernames[bot]

    async def send(self, to: Address, what: What, message: str = "", arrived: tuple[str, ...] = ()) -> Sent:
        if to.platform != PLATFORM or to.bot not in self._sides:
            raise GivenUp(Failure.REFUSED, "no-such-bot")
        match what:
            case DeleteMessage():
                return await self._delete(to, message)
            case EditText() if message:
                return await self._edit(to, what, message, arrived)
            case EditText():
                return await self._send_new(to, what.as_new(), arrived)
            case _:
                return await self._send_new(to, what, arrived)

    async def _delete(self, to: Address, message: str) -> Sent:
        if message:
            _raise_trouble(await self._carry(to.bot, delete_call(to, message)))
        return Sent()

    async def _edit(self, to: Address, what: EditText, message: str, arrived: tuple[str, ...]) -> Sent:
        edit, following = edit_call(to, what, message)
        outcome = await self._carry(to.bot, edit)
        if outcome.meaning is Meaning.NOT_EDITABLE:
            return await self._send_new(to, what.as_new(), arrived)
        _raise_trouble(outcome)
        return Sent((message, *(await self._send_new(to, following, arrived)).messages) if following else (message,))

    async def _send_new(self, to: Address, what: New, arrived: tuple[str, ...]) -> Sent:
        calls = await self._calls(to, what)
        for call in calls[len(arrived) :]:
            try:
                arrived += await self._deliver(to.bot, call)
            except (TryLater, Unauthorized) as trouble:
                trouble.arrived = arrived
                raise
        return Sent(arrived)

    async def _calls(self, to: Address, what: New) -> tuple[Call, ...]:
        if not isinstance(what, SendMedia):
            return calls_for(to, what)
        try:
            if not needs_upload(to, what):
                return media_calls(to, what)
            path, content = await self._fetched(what)
            return media_calls(to, what, upload_of(what, path, content))
        except Impossible:
            raise GivenUp(Failure.REFUSED, "kind") from None

    async def _deliver(self, bot: str, call: Call) -> tuple[str, ...]:
        """The id of the message that the call made, if it made one."""
        outcome = await self._carry(bot, call)
        _raise_trouble(outcome)
        result = outcome.result
        number = result.get("message_id") if isinstance(result, dict) else None
        return (str(number),) if isinstance(number, int) else ()

    async def _carry(self, bot: str, call: Call) -> Outcome:
        """Makes the call, and again in a plainer form for what can be left out: topic, reply, links."""
        outcome = await self._ask(bot, call)
        for _ in PLAINER:
            if outcome.meaning not in PLAINER:
                break
            call = PLAINER[outcome.meaning](call)
            outcome = await self._ask(bot, call)
        return outcome

    async def _ask(self, bot: str, call: Call, timeout_s: float | None = None) -> Outcome:
        if bot in self._tokenless:
            raise Unauthorized("token-shape")
        patience = timeout_s if timeout_s is not None else FILE_S if call.files else CALL_S
        return judge(call.method, await _reached(self._wire.call(bot, call.method, call.form, patience)))

    async def _fetched(self, what: SendMedia) -> tuple[str, bytes]:
        """The file's path on Telegram's server, and what it holds."""
        outcome = await self._ask(what.bot, Call("getFile", {"file_id": what.file}))
        _raise_trouble(outcome)
        path = outcome.result.get("file_path") if isinstance(outcome.result, dict) else None
        if not isinstance(path, str):
            raise GivenUp(Failure.GONE, "file-gone")
        reply = await _reached(self._wire.fetch(what.bot, path, FILE_S))
        if reply.status == NOT_FOUND:
            raise GivenUp(Failure.GONE, "file-gone")
        if reply.status >= 300 or not isinstance(reply.body, bytes):
            raise TryLater("file-not-loaded")
        return path, reply.body


async def _reached(reply: Awaitable[Reply]) -> Reply:
    """A lost connection holds back one message, not the bot: the first crisis after it must not wait out a pause."""
    try:
        return await reply
    except Unreachable as silence:
        reason = silence.reason
    raise TryLater(reason)


def _raise_trouble(outcome: Outcome) -> None:
    """Nothing where the call is done, or where nobody misses it."""
    match outcome.meaning:
        case Meaning.DONE | Meaning.HARMLESS:
            return
        case Meaning.LATER:
            raise TryLater(outcome.reason, outcome.after_ms, whole_bot=outcome.whole_bot)
        case Meaning.UNAUTHORIZED:
            raise Unauthorized(outcome.reason)
        case Meaning.CROWDED:
            raise Crowded(outcome.reason)
        case _:
            raise GivenUp(outcome.failure, outcome.reason)


def _done_or_later(outcome: Outcome) -> object:
    """For calls that no message depends on: what is refused now may be right after the operator's next change."""
    try:
        _raise_trouble(outcome)
    except GivenUp as refusal:
        raise TryLater(refusal.reason) from None
    return outcome.result
