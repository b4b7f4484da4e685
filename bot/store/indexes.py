"""Reading indexes, and working out how a commit changes them.

An index is a hash of sealed entries with a revision, another after each change. What was opened once is kept, so that
reading an index that did not change costs one short question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.model.conversation import Conversation
from bot.model.index import Document, Index, IndexEntry, member_of, placements
from bot.model.invite import Invite
from bot.store.codec import Codecs
from bot.store.connect import Server
from bot.store.documents import Change
from bot.store.keys import Keys

REVISION_FIELD = b"rev"


@dataclass(frozen=True, slots=True)
class IndexState:
    """An index as it was at one revision (empty for an index that was never written)."""

    revision: bytes = b""
    entries: Mapping[str, IndexEntry] = field(default_factory=dict)
    sealed: Mapping[bytes, bytes] = field(default_factory=dict, repr=False)
    """The same entries as they are stored. They belong to this revision, and are kept with it: another reader may put
    a newer state in place while one waits for the server."""


class IndexReader:
    """One for a process: remembers what it has opened."""

    def __init__(self, server: Server, codecs: Codecs, keys: Keys) -> None:
        self._server = server
        self._codecs = codecs
        self._keys = keys
        self._states: dict[Index, IndexState] = {}

    async def read(self, index: Index) -> IndexState:
        """Revision and entries, of one moment."""
        key = self._keys.index(index)
        known = self._states.get(index, IndexState())
        reply = await self._server.script("index", (key,), (known.revision,))
        if len(reply) == 1:
            return known
        revision, flat = reply
        sealed = dict(zip(flat[::2], flat[1::2], strict=True))
        sealed.pop(REVISION_FIELD, None)
        entries = {}
        for member, value in sealed.items():
            name = member.decode()
            old = known.entries.get(name) if known.sealed.get(member) == value else None
            entries[name] = old or self._codecs.entry.open(value, entry_purpose(key, name))
        self._states[index] = state = IndexState(revision, entries, sealed)
        return state


def entry_purpose(index_key: str, member: str) -> str:
    """What an entry is sealed for: its place in its index."""
    return f"{index_key}:{member}"


def overlay(
    index: Index, stored: Mapping[str, IndexEntry], written: Iterable[tuple[Document, bool]]
) -> tuple[IndexEntry, ...]:
    """The entries of an index as they will be after this transaction. `written`: document, whether it stays."""
    entries = dict(stored)
    for document, stays in written:
        if isinstance(document, Conversation | Invite):
            continue
        entry = placements(document).get(index) if stays else None
        if entry is None:
            entries.pop(member_of(document), None)
        else:
            entries[member_of(document)] = entry
    return tuple(entries.values())


def changed_entries(changes: Iterable[Change]) -> dict[Index, dict[str, IndexEntry | None]]:
    """What the commit must change in each index; None removes. Only real changes, so that revisions mean something."""
    found: dict[Index, dict[str, IndexEntry | None]] = {}
    for change in changes:
        old = placements(change.before) if change.before is not None else {}
        new = placements(change.after) if change.after is not None else {}
        subject = change.after if change.after is not None else change.before
        for index in old.keys() | new.keys():
            if subject is not None and old.get(index) != new.get(index):
                found.setdefault(index, {})[member_of(subject)] = new.get(index)
    return found
