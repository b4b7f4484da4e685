"""Where the server is that may be written to: at a fixed address, where Sentinels say, or where a Cluster keeps a slot.

`redis+sentinel://[user:password@]host:port,host:port/service` and `redis+cluster://[user:password@]host:port,host:port`,
with `rediss+` for TLS; any other address is the server's own. All keys of a program lie in one slot (`bot.store.keys`),
so a program needs one node of a Cluster at a time. Asked anew after each broken connection; remembers nothing.
"""

from __future__ import annotations

from binascii import crc_hqx
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias
from urllib.parse import quote, urlsplit, urlunsplit

from redis.asyncio.connection import ConnectionPool

from bot.runtime.store import StoreTrouble

SENTINEL, CLUSTER = "+sentinel", "+cluster"
SLOTS = 16_384
SENTINEL_PORT, CLUSTER_PORT = 26_379, 6_379

Reply: TypeAlias = Any
Ask: TypeAlias = Callable[[str, Sequence[str]], Awaitable[Reply]]
"""Asks the server at an address one command, on a connection of its own. Raises StoreTrouble."""


class Whereabouts(Protocol):
    """Finds the server."""

    async def find(self, ask: Ask) -> str:
        """Its address. Raises StoreTrouble where nobody knows it now."""


@dataclass(frozen=True, slots=True)
class Login:
    """How Sentinels are to know us; they do not take the server's own users."""

    username: str = ""
    password: str = field(default="", repr=False)

    @property
    def part(self) -> str:
        """As it stands in an address, before the host."""
        return f"{quote(self.username, safe='')}:{quote(self.password, safe='')}@" if self.password else ""


NO_LOGIN = Login()


class FaultyAddress(Exception):
    """The address of the store cannot be used. Its message never quotes the address, which may hold a password."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A server whose address is known."""

    url: str

    async def find(self, ask: Ask) -> str:
        del ask
        return self.url


@dataclass(frozen=True, slots=True)
class BySentinel:
    """The primary of a service, as the first Sentinel that answers names it."""

    sentinels: tuple[str, ...]
    url: str
    """Of the primary, with the place of host and port left open."""
    service: str

    async def find(self, ask: Ask) -> str:
        last = ""
        for sentinel in self.sentinels:
            try:
                found = await ask(sentinel, ("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self.service))
            except StoreTrouble as trouble:
                last = f": {trouble}"
                continue
            if found:
                return _at(self.url, f"{found[0].decode()}:{int(found[1])}")
        raise StoreTrouble(f"no Sentinel names a primary of the service{last}")


@dataclass(frozen=True, slots=True)
class InCluster:
    """The node that keeps a slot, as the first node that answers names it."""

    nodes: tuple[str, ...]
    url: str
    slot: int

    async def find(self, ask: Ask) -> str:
        for node in self.nodes:
            try:
                shards = await ask(node, ("CLUSTER", "SLOTS"))
            except StoreTrouble:
                continue
            for first, last, primary, *_ in shards:
                if first <= self.slot <= last:
                    # A node that does not know its own name is where it was asked.
                    host = (primary[0] or b"").decode() or (urlsplit(node).hostname or "")
                    return _at(self.url, f"{host}:{int(primary[1])}")
        raise StoreTrouble("no node of the Cluster names who keeps the program's slot")


def whereabouts(url: str, program: str, sentinels: Login = NO_LOGIN) -> Whereabouts:
    """Raises FaultyAddress."""
    found = _whereabouts(url, program, sentinels)
    _try_options(found.url)
    return found


def _whereabouts(url: str, program: str, sentinels: Login) -> Fixed | BySentinel | InCluster:
    scheme, _, _ = url.partition("://")
    if scheme.endswith(SENTINEL):
        nodes, plain, path = _taken_apart(url, SENTINEL, SENTINEL_PORT)
        service = path.strip("/")
        if not service:
            raise FaultyAddress("redis+sentinel://host:port,host:port/service: the service is missing")
        # Sentinels have no users of the server's, so they are never given its password.
        asked = urlunsplit((plain.split(":")[0], f"{sentinels.part}open", "", "", ""))
        return BySentinel(tuple(_at(asked, node) for node in nodes), plain, service)
    if scheme.endswith(CLUSTER):
        nodes, plain, _ = _taken_apart(url, CLUSTER, CLUSTER_PORT)
        return InCluster(tuple(_at(plain, node) for node in nodes), plain, slot_of(program))
    return Fixed(url)


def _try_options(url: str) -> None:
    """What stands after the question mark is the client's: it is asked whether it knows it, and connects to nothing."""
    try:
        pool: ConnectionPool = ConnectionPool.from_url(url)
        make: Callable[[], object] = pool.make_connection
        make()
    except (ValueError, TypeError):
        raise FaultyAddress("the address of the store has a part or an option that cannot be used") from None


def slot_of(tag: str) -> int:
    """The slot of all keys with this hash tag."""
    return crc_hqx(tag.encode(), 0) % SLOTS


def _taken_apart(url: str, kind: str, port: int) -> tuple[list[str], str, str]:
    """The nodes, each as host and port; the address of a single server with the place of both left open; the path."""
    parts = urlsplit(url)
    user, at, hosts = parts.netloc.rpartition("@")
    nodes = [host if ":" in host else f"{host}:{port}" for host in hosts.split(",") if host]
    if not nodes:
        raise FaultyAddress("the address of the store names no host")
    return nodes, urlunsplit((parts.scheme.removesuffix(kind), f"{user}{at}open", "", parts.query, "")), parts.path


def _at(url: str, node: str) -> str:
    parts = urlsplit(url)
    user, at, _ = parts.netloc.rpartition("@")
    return urlunsplit((parts.scheme, f"{user}{at}{node}", parts.path, parts.query, ""))
