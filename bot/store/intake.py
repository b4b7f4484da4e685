"""Takes in what gateways bring. An arrival is acknowledged to its platform only after this has returned."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model.event import Lane
from bot.runtime.platform import Arrival
from bot.runtime.store import Superseded
from bot.store.call import Call
from bot.store.codec import Codecs
from bot.store.connect import Server
from bot.store.keys import Keys
from bot.store.lines import LETTERS


class RedisIntake:
    """Fills `bot.runtime.store.Intake`."""

    def __init__(self, server: Server, codecs: Codecs, keys: Keys, holder: str, lease_ms: int) -> None:
        """`holder` is this process's own name, never used before."""
        self._server = server
        self._codecs = codecs
        self._keys = keys
        self._holder = holder
        self._lease_ms = lease_ms
        self._fixed = (keys.mail_places, *keys.ready, *keys.seen)

    async def receive(self, arrivals: Sequence[tuple[Arrival, Lane]], *, poller: str = "") -> int:
        """One script call; waits for replicas where it must, and with a crisis among them also for the disk."""
        if not arrivals:
            return 0
        call = Call((*self._fixed, self._keys.lease(poller)))
        plan = []
        for arrival, lane in arrivals:
            event = arrival.event
            mailbox = self._keys.mailbox(event.person)
            element = self._codecs.event.element(event, mailbox)
            mark = self._codecs.keyring.arrival_mark(arrival.key)
            plan.append((call.value(mark), call.key(mailbox), event.person, LETTERS[lane], call.value(element)))
        durable = any(lane is Lane.CRISIS for _, lane in arrivals)
        claim = (self._holder, self._lease_ms) if poller else ()
        args = call.args((claim, plan))
        new = int(await self._server.script("receive", call.keys, args, durable=durable, copied=True))
        if new < 0:
            raise Superseded
        return new

    async def hold(self, poller: str) -> bool:
        return bool(await self._server.script("hold", (self._keys.lease(poller),), (self._holder, self._lease_ms)))

    async def release(self, poller: str) -> None:
        await self._server.script("hold", (self._keys.lease(poller),), (self._holder, 0))
