"""Mailboxes for workers: which have something in them, what is at the head, and the commit that ends an event."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from bot.model.address import Side
from bot.model.event import Event, Lane, Milliseconds
from bot.model.index import Document
from bot.runtime.store import Conflict, Superseded, Ticket, Unreadable, Work
from bot.runtime.transaction import Transaction
from bot.store.codec import MARK_BYTES, Codecs
from bot.store.commit import Commit, CommitWriter
from bot.store.connect import Command, Server
from bot.store.documents import Documents
from bot.store.indexes import REVISION_FIELD, IndexReader
from bot.store.keys import Keys
from bot.store.lines import Lines
from bot.store.refs import Refs
from bot.store.transaction import StoreTransaction

logger = logging.getLogger(__name__)


class NotOurTransaction(TypeError):
    """Only a transaction that this store began can be committed to it."""


class RedisMailboxes:
    """Fills `bot.runtime.store.Mailboxes`."""

    def __init__(self, server: Server, codecs: Codecs, keys: Keys, lines: Lines, refs: Refs) -> None:
        self._server = server
        self._codecs = codecs
        self._keys = keys
        self._lines = lines
        self._refs = refs
        self._indexes = IndexReader(server, codecs, keys)
        self._writer = CommitWriter(codecs, keys, lines.consumer)
        self.on_change: Callable[[Document | None, Document | None, Milliseconds], None] = lambda *_: None
        """Told of each document that a commit of this process has changed: before, after, when. For measuring."""

    async def ready(self, lane: Lane, count: int, block_s: float) -> Sequence[Work]:
        return await self._load(await self._lines.wait(lane, count, block_s))

    async def reclaim(self, lane: Lane, count: int) -> Sequence[Work]:
        return await self._load(await self._lines.reclaim(lane, count))

    async def wake(self) -> None:
        await self._lines.wake()

    async def keep(self, works: Sequence[Work]) -> None:
        await self._lines.keep([work.ticket for work in works])

    async def look_again(self, work: Work) -> Work | None:
        found = await self._load([work.ticket])
        return found[0] if found else None

    def begin(self, work: Work, now: Milliseconds, seed: int) -> Transaction:
        if work.event is None:
            raise Unreadable
        documents = Documents(self._server, self._codecs, work.known)
        return StoreTransaction(
            work, work.event, now, seed, self._keys, self._codecs.keyring, documents, self._indexes, self._refs
        )

    async def commit(self, transaction: Transaction, *, go_on: bool, poison: str = "") -> Work | None:
        if not isinstance(transaction, StoreTransaction):
            raise NotOurTransaction(str(NotOurTransaction.__doc__))
        commit = await self._writer.write(transaction, go_on=go_on, poison=poison)
        following = await self._run(transaction.work.ticket, commit)
        for change in commit.changes:
            self.on_change(change.before, change.after, transaction.now)
        return following

    async def is_current(self, transaction: Transaction) -> bool:
        if not isinstance(transaction, StoreTransaction):
            raise NotOurTransaction(str(NotOurTransaction.__doc__))
        documents = list(transaction.documents.revisions())
        indexes = [(self._keys.index(index), state.revision) for index, state in transaction.indexes_read.items()]
        commands: list[Command] = [("GETRANGE", key, 0, MARK_BYTES - 1) for key, _ in documents]
        commands += [("HGET", key, REVISION_FIELD) for key, _ in indexes]
        if not commands:
            return True
        replies = await self._server.pipe(commands)
        return all((reply or b"") == read for reply, (_, read) in zip(replies, [*documents, *indexes], strict=True))

    async def bury(self, work: Work, why: str) -> Work | None:
        return await self._run(work.ticket, self._writer.burial(work, why))

    async def put_back(self, work: Work) -> None:
        await self._lines.put_back(work.ticket, self._keys.mailbox(work.ticket.line))

    async def _run(self, ticket: Ticket, commit: Commit) -> Work | None:
        reply = await self._server.script("commit", commit.keys, commit.args, durable=commit.durable)
        if reply[0] == b"conflict":
            raise Conflict
        if reply[0] == b"superseded":
            raise Superseded
        return self._work(ticket, reply[1], commit.known_after) if reply[1] else None

    async def _load(self, tickets: Sequence[Ticket]) -> list[Work]:
        """Each mailbox's head and its owner's documents, all in one go."""
        documents = [self._own_documents(ticket.line) for ticket in tickets]
        commands: list[Command] = []
        for ticket, keys in zip(tickets, documents, strict=True):
            commands += [("LINDEX", self._keys.mailbox(ticket.line), 0), ("MGET", *keys)]
        replies = await self._server.pipe(commands)
        found = []
        for number, (ticket, keys) in enumerate(zip(tickets, documents, strict=True)):
            element, values = replies[2 * number], replies[2 * number + 1]
            if element is None:
                await self._lines.put_back(ticket, self._keys.mailbox(ticket.line))
            else:
                found.append(self._work(ticket, element, dict(zip(keys, values, strict=True))))
        return found

    def _own_documents(self, person: str) -> tuple[str, ...]:
        conversations = (self._keys.conversation(person, side) for side in Side)
        return (self._keys.person(person), *conversations)

    def _work(self, ticket: Ticket, element: bytes, known: dict[str, bytes | None]) -> Work:
        event: Event | None
        try:
            event = self._codecs.event.open_element(element, self._keys.mailbox(ticket.line))
        except Unreadable as error:
            logger.error("an event in the mailbox of %s cannot be read: %s", ticket.line, error)  # noqa: TRY400
            event = None
        return Work(ticket, event, element[:MARK_BYTES], element[MARK_BYTES:], known)
