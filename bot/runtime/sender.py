"""Carries committed messages to their platforms: in order per chat, crises first, through limits and failures.

A message ends in exactly one way: taken by the platform, or given up by name; both are noted in one step with its
removal. A crash between sending and noting repeats that one message, and the answer to a press that went along with
it. Knows no platform's rules: drivers name what went wrong.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.model.event import Lane, Milliseconds
from bot.model.outgoing import AnswerPress, DeleteMessage, EditText, Failure, Outgoing, ShowMark, ShowTyping
from bot.runtime.lanes import FAIR_TURNS, Lanes
from bot.runtime.loop import Chance, Now, Patience, Vitals, describe, elapsed, level_of
from bot.runtime.measures import RETRIES, SEND_WAIT, SENDS
from bot.runtime.platform import GivenUp, Platform, Sent, TryLater, Unauthorized
from bot.runtime.precedence import Precedence
from bot.runtime.store import Outbox, Parcel, StoreTrouble, Superseded

logger = logging.getLogger(__name__)

SLOTS: Mapping[Lane, int] = {Lane.CRISIS: 8, Lane.NORMAL: 20, Lane.BULK: 4}
"""Chats sent to at once, by lane."""
PATIENCE_MS = 60 * 60 * 1000
"""How long a message is tried before it counts as expired. Whoever waits for it is told then."""
FIRST_WAIT_MS = 1_000
LONGEST_WAIT_MS = 30_000
"""Between two attempts on a chat's first message, when the platform names no time."""
LONGEST_NAMED_MS = 60 * 60 * 1000
"""Also where the platform names a longer time: by then the message is given up."""
UNAUTHORIZED_WAIT_MS = 30_000
"""Until an operator has mended the token."""
DRIVER_TRIES = 5
"""A driver that failed so often on one message, in no way that it names, will not succeed."""
MOMENTARY = (AnswerPress, ShowTyping, ShowMark)
"""What nobody misses later: if it fails, it is dropped by name and not kept among the dead letters."""


TAKEN = "taken"
"""The outcome of a message that the platform has, beside the kinds of `Failure`."""


@dataclass(frozen=True, slots=True)
class _Taken:
    sent: Sent


@dataclass(frozen=True, slots=True)
class _Refused:
    failure: Failure
    why: str


@dataclass(frozen=True, slots=True)
class _NotNow:
    after_ms: int
    counts: bool = True
    """It was an attempt that failed, not just a wait."""
    whole_bot: bool = False
    """Nobody may send anything by this bot until then."""
    named: bool = False
    """The platform said when; before that, trying is no use even for a crisis."""
    arrived: tuple[str, ...] = ()
    """Parts that the platform has."""


_Outcome = _Taken | _Refused | _NotNow


class _FrozenMeanwhile(Exception):
    """Between reading the message and sending it."""


def _is_surely_ours(parcel: Parcel) -> bool:
    """Whether nobody else can have the chat yet. False where this process was frozen: another may have sent this very
    message by now, and what comes after it. To be asked last, right before a request goes out.
    """
    return elapsed() <= parcel.sure_until


class Sender:
    """Any number of these, in any number of processes, may run on one store."""

    def __init__(
        self, outbox: Outbox, platforms: Mapping[str, Platform], vitals: Vitals, *,
        now: Now, chance: Chance, slots: Mapping[Lane, int] = SLOTS, patience_ms: int = PATIENCE_MS,
        precedence: Precedence | None = None,
    ) -> None:  # fmt: skip
        self._outbox = outbox
        self._platforms = platforms
        self._vitals = vitals
        self._now = now
        self._chance = chance
        self._patience_ms = patience_ms
        self._lanes = Lanes("sender", outbox, slots, self._chat, vitals, precedence or Precedence())

    async def run(self, stop: asyncio.Event) -> None:
        await self._lanes.run(stop)

    async def _chat(self, parcel: Parcel, stop: asyncio.Event) -> None:
        current: Parcel | None = parcel
        turn = 0
        while current is not None:
            turn += 1
            await self._lanes.give_way(current)
            if not _is_surely_ours(current):
                current = await self._outbox.look_again(current)
                if current is None:
                    return
            current = await self._message(current, stop, fair=turn < FAIR_TURNS)

    async def _message(self, parcel: Parcel, stop: asyncio.Event, *, fair: bool) -> Parcel | None:
        """Brings the first message of a chat to its end, or sets the chat aside. Returns the next message."""
        if parcel.paused_ms:
            outcome: _Outcome = _NotNow(parcel.paused_ms, counts=False, named=True)
        elif parcel.paced_ms:
            self._vitals.counts["sends paced"] += 1
            outcome = _NotNow(parcel.paced_ms, counts=False)
        elif parcel.along:
            outcome = await self._send_together(parcel)
        else:
            outcome = await self._send(parcel)
        return await self._note(parcel, lambda: self._end(parcel, outcome, go_on=fair and not stop.is_set()))

    async def _send_together(self, parcel: Parcel) -> _Outcome:
        """The message, and at the same time what goes along: what becomes of that changes nothing."""
        async with asyncio.TaskGroup() as group:
            for message in parcel.along:
                group.create_task(self._answer(message), name="sender answer")
            return await self._send(parcel)

    async def _answer(self, message: Outgoing) -> None:
        platform = self._platforms.get(message.to.platform)
        if platform is None:
            return
        try:
            await platform.send(message.to, message.what)
        except (GivenUp, TryLater, Unauthorized) as trouble:
            self._vitals.counts[f"answers dropped: {type(trouble).__name__}"] += 1
        except Exception as error:  # noqa: BLE001 - the boundary: whatever a driver raises
            self._vitals.counts["answers dropped: driver failure"] += 1
            logger.error("sender: the driver failed on %s: %s", message.id, describe(error))  # noqa: TRY400
        else:
            self._vitals.counts["sends"] += 1

    async def _send(self, parcel: Parcel) -> _Outcome:
        message = parcel.outgoing
        if message is None:
            return _Refused(Failure.REFUSED, "unreadable")
        platform = self._platforms.get(message.to.platform)
        if platform is None:
            return self._not_now(parcel, message, "no driver for the platform")
        try:
            return _Taken(await self._carry(platform, parcel, message))
        except GivenUp as given_up:
            self._vitals.answered(message.to.bot)
            return _Refused(given_up.failure, given_up.reason)
        except TryLater as later:
            if later.after_ms is None:
                self._vitals.unanswered(message.to.bot, later.reason)
            return self._not_now(parcel, message, later.reason, later)
        except Unauthorized as refusal:
            logger.error("sender: the platform does not know the token of %s; mend the config", message.to.bot)  # noqa: TRY400
            return _NotNow(UNAUTHORIZED_WAIT_MS, counts=False, whole_bot=True, named=True, arrived=refusal.arrived)
        except StoreTrouble:
            return _NotNow(FIRST_WAIT_MS, counts=False)
        except _FrozenMeanwhile:
            return _NotNow(0, counts=False)
        except Exception as error:  # noqa: BLE001 - the boundary: whatever a driver raises
            logger.error("sender: the driver failed on %s: %s", message.id, describe(error))  # noqa: TRY400
            if parcel.attempts + 1 >= DRIVER_TRIES:
                return _Refused(Failure.REFUSED, "driver failure")
            return self._not_now(parcel, message, "driver failure")

    async def _carry(self, platform: Platform, parcel: Parcel, message: Outgoing) -> Sent:
        what = message.what
        match what:
            case EditText(ref):
                # The last of its parts: there are the buttons.
                known = await self._outbox.messages_of(parcel, ref, self._now())
                if not _is_surely_ours(parcel):
                    raise _FrozenMeanwhile
                return await platform.send(message.to, what, known[-1] if known else "", parcel.arrived)
            case DeleteMessage(ref):
                # From the beginning at each attempt: to take back what is gone already is no failure.
                for part in await self._outbox.messages_of(parcel, ref, self._now()):
                    await platform.send(message.to, what, part)
                return Sent()
            case _:
                return await platform.send(message.to, what, arrived=parcel.arrived)

    def _not_now(self, parcel: Parcel, message: Outgoing, reason: str, later: TryLater | None = None) -> _Outcome:
        self._vitals.counts[f"sends later: {reason}"] += 1
        self._vitals.measures.count(RETRIES, message.lane, reason)
        if self._now() - message.at > self._patience_ms:
            return _Refused(Failure.EXPIRED, reason)
        backoff = min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** min(parcel.attempts, 10))
        jitter = int(self._chance() * FIRST_WAIT_MS / 2)
        if later is None:
            return _NotNow(backoff + jitter)
        wait: Milliseconds = min(later.after_ms, LONGEST_NAMED_MS) if later.after_ms is not None else backoff
        named = later.after_ms is not None
        return _NotNow(wait + jitter, whole_bot=later.whole_bot, named=named, arrived=later.arrived)

    async def _end(self, parcel: Parcel, outcome: _Outcome, *, go_on: bool) -> Parcel | None:
        match outcome:
            case _Taken(sent):
                self._vitals.counts["sends"] += 1
                self._measure(parcel, TAKEN)
                return await self._outbox.sent(parcel, sent.messages, self._now(), go_on=go_on)
            case _Refused(failure, why):
                self._measure(parcel, failure.value)
                self._vitals.counts[f"sends given up: {failure.value}"] += 1
                keep = parcel.outgoing is None or not isinstance(parcel.outgoing.what, MOMENTARY)
                if keep:
                    logger.warning("sender: message to %s given up: %s, %s", parcel.ticket.line, failure.value, why)
                return await self._outbox.given_up(parcel, failure, why, self._now(), keep=keep, go_on=go_on)
            case _NotNow():
                if outcome.whole_bot:
                    await self._outbox.pause(parcel, outcome.after_ms)
                due = self._now() + outcome.after_ms
                await self._outbox.later(
                    parcel, due, failed=outcome.counts, named=outcome.named, arrived=outcome.arrived
                )
                return None

    def _measure(self, parcel: Parcel, outcome: str) -> None:
        message = parcel.outgoing
        lane = parcel.ticket.lane.value if message is None else message.lane
        self._vitals.measures.count(SENDS, lane, outcome)
        if message is None:
            return
        waited_ms = self._now() - message.at
        if outcome == TAKEN:
            self._vitals.answered(message.to.bot)
            self._vitals.measures.took(SEND_WAIT, waited_ms / 1000, lane)
        level = level_of(lane)
        if logger.isEnabledFor(level):
            told = {"event_id": message.cause, "message_id": message.id, "lane": lane, "outcome": outcome}
            logger.log(level, "sent", extra={**told, "waited_ms": waited_ms})

    async def _note(self, parcel: Parcel, note: Callable[[], Awaitable[Parcel | None]]) -> Parcel | None:
        """Notes an outcome however long the store takes: a message that is out and not noted would be sent again."""
        patience = Patience("sender", self._vitals)
        unsure = False
        try:
            while True:
                try:
                    return await note()
                except StoreTrouble as trouble:
                    unsure = True
                    await asyncio.sleep(patience.trouble(str(trouble)))
        except Superseded:
            # Noted by the attempt whose answer we did not get, or in another's hand now.
            return await self._after_unsure_note(parcel) if unsure else None
        finally:
            patience.well()

    async def _after_unsure_note(self, parcel: Parcel) -> Parcel | None:
        try:
            following = await self._outbox.look_again(parcel)
        except StoreTrouble:
            return None
        return following if following is not None and following.mark != parcel.mark else None
