"""How a relayed message ended, told to whoever sent it."""

from __future__ import annotations

from bot.casework import claims, conversing, peers, relay
from bot.casework.losing import helper_lost
from bot.casework.reach import Reach
from bot.casework.timeline import noted
from bot.casework.words import Conversing, Noted
from bot.casework.work import Work
from bot.model.address import Side
from bot.model.case import Case, Party
from bot.model.event import PersonId, Receipt
from bot.model.outgoing import Failure, Mark


async def relayed(work: Work, sender: PersonId, receipt: Receipt) -> None:
    """A mark where it arrived, words where it did not: also for a helper who has handed the case on meanwhile, and also
    where the student has had it all deleted.

    A counselor's first words that arrived let the peer go.
    """
    case = await work.tx.case(receipt.case)
    party = _party(case, sender) if case else None
    to = Reach.of(party) if party else await work.reach(sender, Side.STAFF)
    if to is None:
        return
    message, _, receiver = receipt.data.partition(" ")
    if receipt.failure is None:
        relay.mark_message(work, to.address, message, Mark.DELIVERED)
        # Words that arrive after the counselor has closed the case let nobody go: the peer was let go with it.
        if (
            case is not None
            and case.is_open
            and party is not None
            and party == case.counselor
            and not case.counselor_arrived
        ):
            await _counselor_is_there(work, case)
        return
    relay.mark_message(work, to.address, message, Mark.FAILED)
    await work.say(to, f"talk.failed_{receipt.failure.value}")
    if case is None:
        return
    who = party.alias if party else ""
    case = noted(case, work.now, Noted.NOT_DELIVERED, who=who, why=receipt.failure.value)
    work.save(case)
    if receipt.failure in {Failure.BLOCKED, Failure.GONE} and receiver != case.student.person:
        await helper_lost(work, receiver, case)


async def _counselor_is_there(work: Work, case: Case) -> None:
    peer = case.peer
    await claims.arrived(work, case)
    if peer is not None:
        await conversing.start(work, Reach.of(peer), Conversing.DEBRIEF, about=case.id)
        await peers.drain(work, back=peer.person)


def _party(case: Case, sender: PersonId) -> Party | None:
    return case.student if case.student.person == sender else case.party_of(sender)
