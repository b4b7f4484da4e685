"""A counselor's claim: a lease that is renewed by working, at most one holder at any moment (promise 5).

The claim re-reads the case in the commit that makes it: of two who press at once one commits, the other's handler runs
again, sees who has it, and says so.
"""

from __future__ import annotations

import msgspec

from bot.casework import alarm, relay
from bot.casework.aliases import new_alias
from bot.casework.reach import Reach
from bot.casework.reasons import reasons
from bot.casework.summary import check_in_summary, level_label, topic_label
from bot.casework.talk import let_go
from bot.casework.timeline import noted
from bot.casework.timers import timer_id
from bot.casework.words import Act, Conversing, Noted, Timer
from bot.casework.work import Work
from bot.model.address import Side
from bot.model.case import Alarm, Case, Party, State, move
from bot.model.conversation import ButtonAct, Conversation
from bot.model.event import Lane, TimerRang
from bot.model.person import Person, Role


async def take(work: Work, counselor: Person, case: Case) -> Case | None:
    """Claims a queued case; None when it is not free, not theirs to take, or their hands are full."""
    staff = counselor.staff
    reach = Reach.to(counselor, Side.STAFF, work.settings.languages[0])
    if staff is None or reach is None or Role.COUNSELOR not in staff.roles:
        return None
    if case.state is not State.QUEUED or case.student.person == counselor.id:
        return None
    taken = frozenset({case.student.alias, case.supporter.alias if case.supporter else ""})
    alias = new_alias(work, "counselor", taken)
    if case.supporter is not None and case.supporter.person == counselor.id:
        case = msgspec.structs.replace(case, supporter=None)
    await _set_lost_outcome_aside(work, counselor)
    await work.change_staff(counselor.id, holding=(*(c for c in staff.holding if c != case.id), case.id))
    party = Party(counselor.id, Side.STAFF, reach.address, alias, reach.language)
    case = await alarm.stand_down(work, case, "alert.taken", who=staff.alias)
    case = msgspec.structs.replace(move(case, State.CLAIMED), counselor=party, counselor_arrived=False)
    case = noted(case, work.now, Noted.CLAIMED, who=staff.alias)
    student = case.student
    await work.change_conversation(student.person, student.side, session=None, purpose="", about="")
    await _brief(work, case, party)
    await _tell_the_others(work, case, party)
    case = await relay.deliver_unread(work, case, party)
    return renew(work, case)


def renew(work: Work, case: Case) -> Case:
    """Working on the case renews the lease. Saves the case."""
    until = work.now + work.settings.lease_ms
    case = msgspec.structs.replace(case, lease_until=until)
    work.save(case)
    owner = case.student.person
    work.tx.start_timer(timer_id(Timer.LEASE, case.id), until, owner, TimerRang(Timer.LEASE.value, case.id))
    warn_at = until - work.settings.lease_warning_ms
    if warn_at > work.now:
        ring = TimerRang(Timer.LEASE_WARNING.value, case.id)
        work.tx.start_timer(timer_id(Timer.LEASE_WARNING, case.id), warn_at, owner, ring)
    return case


async def warn(work: Work, case: Case) -> None:
    """Reminds a quiet counselor, with a button that keeps the case."""
    if case.state is not State.CLAIMED or case.counselor is None or case.lease_until <= work.now:
        return
    to = Reach.of(case.counselor)
    keep = [(work.text("claim.keep", to.language), ButtonAct(Act.KEEP_CLAIM.value, case.id))]
    minutes = max(1, (case.lease_until - work.now) // 60_000)
    await work.say(to, "claim.warning", keep, lane=Lane.CRISIS, alias=case.student.alias, minutes=minutes)


async def give_back(work: Work, case: Case, what: Noted, why: str = "") -> Case:
    """The case returns to the queue at its old place: the lease ran out, or the counselor handed it back.

    Everybody concerned is told, and the alarm starts anew.
    """
    counselor = case.counselor
    if case.state is not State.CLAIMED or counselor is None:
        return case
    await let_go(work, counselor.person, case)
    work.tx.stop_timer(timer_id(Timer.LEASE, case.id))
    work.tx.stop_timer(timer_id(Timer.LEASE_WARNING, case.id))
    case = msgspec.structs.replace(
        move(case, State.QUEUED), counselor=None, lease_until=0, alarm=Alarm(raised_at=work.now)
    )
    case = noted(case, work.now, what, who=counselor.alias, why=why)
    work.save(case)
    await work.say(Reach.of(counselor), f"claim.{what.value}", alias=case.student.alias)
    await work.say(Reach.of(case.student), "crisis.back_in_queue", lane=Lane.CRISIS, alias=counselor.alias)
    peer = case.peer
    if peer is not None:
        await work.say(Reach.of(peer), "talk.counselor_left", alias=case.student.alias)
    return await alarm.raise_alarm(work, case)


async def arrived(work: Work, case: Case) -> Case:
    """The counselor's first words have been delivered: now, and not before, the peer may go (promise 7)."""
    if case.counselor is None or case.counselor_arrived:
        return case
    counselor = case.counselor
    case = msgspec.structs.replace(case, counselor_arrived=True)
    case = noted(case, work.now, Noted.COUNSELOR_ARRIVED, who=counselor.alias)
    peer = case.peer
    if peer is not None:
        case = noted(msgspec.structs.replace(case, peer_left=True), work.now, Noted.PEER_LEFT, who=peer.alias)
        await let_go(work, peer.person, case)
        await work.say(Reach.of(peer), "talk.handed_over", alias=case.student.alias)
        await work.say(Reach.of(case.student), "talk.peer_left", alias=peer.alias, counselor=counselor.alias)
    work.save(case)
    return case


async def asks_about_lost(work: Work, conversation: Conversation) -> bool:
    """Whether the running flow asks how a case ended that has slipped out of the counselor's hands meanwhile.

    What they write then may be the note, or already be meant for somebody else: it is never guessed.
    """
    if conversation.purpose != Conversing.OUTCOME.value:
        return False
    person = await work.tx.person(conversation.person)
    return person is None or person.staff is None or conversation.about not in person.staff.holding


async def _set_lost_outcome_aside(work: Work, counselor: Person) -> None:
    """A claim begins anew, also of the same case: what was asked for about an earlier one belongs to no case now."""
    conversation = await work.tx.conversation(counselor.id, Side.STAFF)
    if await asks_about_lost(work, conversation):
        await work.change_conversation(counselor.id, Side.STAFF, about="")


async def _brief(work: Work, case: Case, to_whom: Party) -> None:
    """Why now, what was said about safety, who is in the chat: so that the student need not tell it again."""
    to = Reach.of(to_whom)
    notes = "\n".join(f"• {note.why}" for note in case.notes) or "-"
    await work.say(
        to,
        "claim.yours",
        lane=Lane.CRISIS,
        ref=relay.relay_ref(case, "claimed"),
        alias=case.student.alias,
        own_alias=to_whom.alias,
        level=level_label(work, case.level, to.language),
        words=", ".join(case.words) or work.text("alert.no_words", to.language),
        why=reasons(work, case, to.language),
        topic=topic_label(work, case.topic, to.language),
        checkin=check_in_summary(work, case, to.language),
        notes=notes,
        minutes=work.settings.lease_ms // 60_000,
    )


async def _tell_the_others(work: Work, case: Case, counselor: Party) -> None:
    await work.say(Reach.of(case.student), "crisis.taken", lane=Lane.CRISIS, alias=counselor.alias)
    peer = case.peer
    if peer is not None:
        await work.say(Reach.of(peer), "talk.counselor_coming", alias=case.student.alias)
