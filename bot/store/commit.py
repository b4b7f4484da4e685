"""From a transaction to the one call that commits it: the plan for `scripts/commit.lua` and its keys.

Gathers and seals; the script checks and writes. Knows what must wait for the disk: whatever tells of a crisis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

import msgspec

from bot.model.event import Lane
from bot.model.index import Index, IndexEntry
from bot.model.outgoing import Outgoing
from bot.runtime.store import Work
from bot.store.call import Call, KeyNumber, ValueNumber
from bot.store.codec import Codecs, StoredTimer
from bot.store.documents import Change
from bot.store.indexes import changed_entries, entry_purpose
from bot.store.keys import Keys
from bot.store.lines import LETTERS
from bot.store.transaction import Effects, StoreTransaction

STOP_TIMER = -1
"""The due time by which the script knows a timer that is to be stopped."""


Part: TypeAlias = str | int
"""Of a flat array."""


class Plan(msgspec.Struct, array_like=True):
    """As `scripts/commit.lua` documents it: short arrays, because the script's reader takes longest for many small ones
    and for names."""

    line: str
    entry: str
    consumer: str
    mark: ValueNumber
    go_on: bool
    documents: list[int]
    indexes: list[int]
    writes: list[int]
    entries: list[tuple[KeyNumber, list[str | ValueNumber]]]
    timers: list[Part]
    mails: list[Part]
    sends: list[Part]
    poison: list[Part]


@dataclass(frozen=True, slots=True)
class Commit:
    """Ready to run."""

    keys: Sequence[str]
    args: Sequence[bytes]
    durable: bool
    known_after: dict[str, bytes | None]
    changes: Sequence[Change] = ()


class CommitWriter:
    """One for a process."""

    def __init__(self, codecs: Codecs, keys: Keys, consumer: str) -> None:
        self._codecs = codecs
        self._keys = keys
        self._consumer = consumer
        self._fixed = (
            keys.mail_places, *keys.ready, keys.chat_places, *keys.send, keys.timers, keys.timer_bodies, keys.poison,
        )  # fmt: skip

    async def write(self, transaction: StoreTransaction, *, go_on: bool, poison: str) -> Commit:
        """Reads what was written unread, so that indexes stay right; then gathers all."""
        work, effects = transaction.work, transaction.effects
        changes = await transaction.documents.changes()
        entries = changed_entries(changes)
        call = Call((*self._fixed, self._keys.mailbox(work.ticket.line)))
        durable = _tells_of_crisis(effects, queue_changes=Index.QUEUE in entries)
        plan = Plan(
            line=work.ticket.line,
            entry=work.ticket.entry,
            consumer=self._consumer,
            mark=call.value(work.mark),
            go_on=go_on,
            documents=[
                number
                for key, revision in transaction.documents.revisions()
                for number in (call.key(key), call.value(revision))
            ],
            indexes=[
                number
                for index, state in transaction.indexes_read.items()
                for number in (call.key(self._keys.index(index)), call.value(state.revision))
            ],
            writes=[
                number
                for change in changes
                for number in (call.key(change.key), call.value(change.value), change.keep_until)
            ],
            entries=[
                (call.key(self._keys.index(index)), self._sealed_entries(index, members, call))
                for index, members in entries.items()
            ],
            timers=self._timers(effects, Lane.CRISIS if durable else Lane.NORMAL, call),
            mails=self._mails(effects, call),
            sends=self._sends(effects, call),
            poison=[poison, call.value(work.sealed)] if poison else [],
        )
        return Commit(call.keys, call.args(plan), durable, transaction.documents.known_after(changes), changes)

    def burial(self, work: Work, why: str) -> Commit:
        """Keys and plan of a commit that only keeps the event aside."""
        call = Call((*self._fixed, self._keys.mailbox(work.ticket.line)))
        plan = Plan(
            work.ticket.line, work.ticket.entry, self._consumer, call.value(work.mark), go_on=True,
            documents=[], indexes=[], writes=[], entries=[], timers=[], mails=[], sends=[],
            poison=[why, call.value(work.sealed)],
        )  # fmt: skip
        return Commit(call.keys, call.args(plan), durable=False, known_after={})

    def _sealed_entries(
        self, index: Index, members: Mapping[str, IndexEntry | None], call: Call
    ) -> list[str | ValueNumber]:
        key = self._keys.index(index)
        flat: list[str | ValueNumber] = []
        for member, entry in members.items():
            sealed = b"" if entry is None else self._codecs.entry.seal(entry, entry_purpose(key, member))
            flat += [member, call.value(sealed)]
        return flat

    def _timers(self, effects: Effects, lane: Lane, call: Call) -> list[Part]:
        flat: list[Part] = []
        for timer, start in effects.timers.items():
            if start is None:
                flat += (timer, STOP_TIMER, 1)
            else:
                sealed = self._codecs.timer.seal(StoredTimer(start.person, start.body, lane), timer)
                flat += (timer, start.due, call.value(sealed))
        return flat

    def _mails(self, effects: Effects, call: Call) -> list[Part]:
        flat: list[Part] = []
        for post in effects.posts:
            key = self._keys.mailbox(post.event.person)
            element = self._codecs.event.element(post.event, key)
            flat += (call.key(key), post.event.person, LETTERS[post.lane], call.value(element))
        return flat

    def _sends(self, effects: Effects, call: Call) -> list[Part]:
        """What goes to one chat in one lane goes into its outbox in one step."""
        flat: list[Part] = []
        for (chat, lane), messages in groupby(effects.sends, self._way):
            key = self._keys.outbox(chat)
            values = [call.value(self._codecs.outgoing.element(message, key)) for message in messages]
            flat += (call.key(key), chat, LETTERS[Lane(lane)], values[0], values[-1])
        return flat

    def _way(self, message: Outgoing) -> tuple[str, str]:
        return self._codecs.keyring.chat_key(message.to), message.lane


def _tells_of_crisis(effects: Effects, *, queue_changes: bool) -> bool:
    return (
        queue_changes
        or any(message.lane == Lane.CRISIS for message in effects.sends)
        or any(post.lane is Lane.CRISIS for post in effects.posts)
    )
