"""What a process remembers of an index belongs to one revision, however its readers overtake each other."""

from __future__ import annotations

import asyncio

from bot.model.index import Index, StaffEntry
from bot.model.person import Role
from bot.store.codec import Codecs
from bot.store.indexes import IndexReader, entry_purpose
from bot.store.keys import Keys
from bot.store.sealing import Keyring, new_key

CODECS = Codecs(Keyring.from_text(new_key()))
KEYS = Keys("test")


def entry(alias: str) -> StaffEntry:
    return StaffEntry("p_a", frozenset({Role.COUNSELOR}), on_duty=True, alias=alias, language="id")


def sealed(alias: str) -> bytes:
    return CODECS.entry.seal(entry(alias), entry_purpose(KEYS.index(Index.STAFF), "p_a"))


class Overtaking:
    """A server whose answers come when the test lets them."""

    def __init__(self) -> None:
        self.answers: list[asyncio.Future[list[object]]] = []

    async def script(self, *_: object) -> list[object]:
        self.answers.append(asyncio.get_running_loop().create_future())
        return await self.answers[-1]


def reply(revision: bytes, value: bytes) -> list[object]:
    return [revision, [b"rev", revision, b"p_a", value]]


async def test_a_reader_that_is_overtaken_never_mixes_two_revisions() -> None:
    server = Overtaking()
    reader = IndexReader(server, CODECS, KEYS)  # type: ignore[arg-type]
    before, after = sealed("before"), sealed("after")

    first = asyncio.create_task(reader.read(Index.STAFF))
    await asyncio.sleep(0)
    server.answers[0].set_result(reply(b"1", before))
    assert (await first).entries == {"p_a": entry("before")}

    slow = asyncio.create_task(reader.read(Index.STAFF))
    quick = asyncio.create_task(reader.read(Index.STAFF))
    await asyncio.sleep(0)
    server.answers[2].set_result(reply(b"2", after))
    assert (await quick).entries == {"p_a": entry("after")}
    server.answers[1].set_result(reply(b"2", after))
    assert (await slow).entries == {"p_a": entry("after")}
    assert (await slow).revision == b"2"
