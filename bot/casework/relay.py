"""Words between the student and whoever helps: relayed literally, under aliases, each with an answer of its own.

Every relayed message ends as delivered, waiting, or failed-and-told: the sender of each asks for a receipt, and the
receipt becomes a mark on the message it was about, or a sentence when it failed.
"""

from __future__ import annotations

import msgspec

from bot.casework.reach import Reach
from bot.casework.timers import timer_id
from bot.casework.words import Purpose, Timer
from bot.casework.work import Work
from bot.model.address import Address
from bot.model.case import Case, Line, Party, State
from bot.model.event import Lane, MediaSent, TextSaid, TimerRang
from bot.model.outgoing import Mark, ReceiptWanted, SendMedia, SendText, ShowMark
from bot.model.text import Language

MOST_UNREAD = 100
"""Lines kept for a helper who is not there yet; the oldest is dropped for a new one."""

MOST_WROTE = 50
"""A person's newest messages that a correction can still follow."""


def relay_ref(case: Case, message: str) -> str:
    """Names the copy of a person's message in the other chat. A reply to it tells which case is meant."""
    return f"case:{case.id}:{message}"


def case_of_ref(ref: str) -> str:
    """The case that one of our messages belongs to, or the empty string."""
    kind, _, rest = ref.partition(":")
    return rest.partition(":")[0] if kind in {"case", "consult"} else ""


def listeners(case: Case) -> tuple[Party, ...]:
    """Who reads the student now: the counselor, and the peer until the counselor's first words have arrived."""
    return tuple(party for party in (case.counselor, case.peer) if party is not None)


async def case_of_message(work: Work, to: Reach, message: str) -> str:
    """The case that a person's own earlier message went to; empty if it went nowhere."""
    return (await work.tx.conversation(to.person, to.side)).wrote.get(message, "")


async def from_student(work: Work, case: Case, text: str, message: str, *, edited: bool = False) -> Case:
    """Passes the student's words on, and keeps them while a counselor is still to come."""
    heard_by = listeners(case)
    await _remember(work, case, case.student, message)
    for party in heard_by:
        await _pass_on(work, case, case.student, party, text, message, edited=edited)
    if case.counselor is None and case.state is not State.ACTIVE:
        case = _keep(work, case, Line(work.now, text, message), edited=edited)
        if not heard_by:
            mark_message(work, case.student.address, message, Mark.WAITING)
    if case.state is State.ACTIVE:
        restart_idle(work, case)
    return case


async def from_staff(work: Work, case: Case, sender: Party, text: str, message: str, *, edited: bool = False) -> None:
    """Passes a helper's words on to the student."""
    await _remember(work, case, sender, message)
    await _pass_on(work, case, sender, case.student, text, message, edited=edited)
    if case.state is State.ACTIVE:
        restart_idle(work, case)


async def pass_media(work: Work, case: Case, sender: Party, receiver: Party, media: MediaSent) -> None:
    """Passes on what is not text; the caller has checked that this kind is allowed."""
    to = Reach.of(receiver)
    header = work.text("talk.from", to.language, alias=sender.alias)
    await work.send(to, SendText(header, quiet=True), lane=lane_of(case))
    answered = await _answered(work, case, sender, receiver, media.message)
    ref = relay_ref(case, media.message)
    what = SendMedia(media.kind.value, sender.address.bot, media.file, media.caption, ref, answered)
    await work.send(to, what, lane=lane_of(case), receipt=_receipt(case, sender, receiver, media.message))


async def deliver_unread(work: Work, case: Case, to: Party) -> Case:
    """Gives a new helper what the student wrote while nobody was there."""
    for line in case.unread:
        await _pass_on(work, case, case.student, to, line.text, line.message, edited=False)
    return msgspec.structs.replace(case, unread=())


def mark_message(work: Work, to: Address, message: str, mark: Mark) -> None:
    """Shows what became of a person's own message."""
    if message:
        work.tx.send(to, ShowMark(message, mark))


async def not_passed_on(work: Work, to: Reach, message: str, key: str) -> None:
    """A person's own message goes to nobody: it is marked as failed, and they are told why."""
    mark_message(work, to.address, message, Mark.FAILED)
    await work.say(to, key)


def restart_idle(work: Work, case: Case, times: int = 0) -> None:
    """A talk in which nobody writes is asked about after a while; `times` is how often that has been done in a row."""
    ring = TimerRang(Timer.IDLE.value, case.id, str(times))
    at = work.now + work.settings.idle_ms
    work.tx.start_timer(timer_id(Timer.IDLE, case.id), at, case.student.person, ring)


def lane_of(case: Case) -> Lane:
    """Messages of a counselor's case go before all others."""
    return Lane.CRISIS if case.is_counselors else Lane.NORMAL


async def _pass_on(
    work: Work, case: Case, sender: Party, receiver: Party, text: str, message: str, *, edited: bool
) -> None:
    to = Reach.of(receiver)
    key = "talk.corrected" if edited else "talk.said"
    shown = work.text(key, to.language, alias=sender.alias, text=text)
    answered = await _answered(work, case, sender, receiver, message)
    what = SendText(shown, ref=relay_ref(case, message), reply_to=answered)
    await work.send(to, what, lane=lane_of(case), receipt=_receipt(case, sender, receiver, message))


def words_of_relayed(work: Work, sender: Party, language: Language, shown: str) -> str:
    """What somebody wrote, from how it was shown to a reader of that language; empty if nothing was passed on there."""
    for key in ("talk.said", "talk.corrected"):
        above = work.text(key, language, alias=sender.alias, text="")
        if shown.startswith(above):
            return shown.removeprefix(above).strip()
    return ""


async def _answered(work: Work, case: Case, sender: Party, receiver: Party, message: str) -> str:
    """The receiver's own message that this one replies to, so that it is shown as an answer on their phone too.

    Empty unless it is really theirs: of two helpers, the one who did not write it would see something else quoted.
    """
    body = work.tx.event.body
    if not isinstance(body, TextSaid | MediaSent) or body.message != message or not body.reply_to:
        return ""
    ref = await work.tx.ref_of(sender.address, body.reply_to)
    original = ref.removeprefix(relay_ref(case, ""))
    wrote = (await work.tx.conversation(receiver.person, receiver.side)).wrote
    return original if original != ref and wrote.get(original) == case.id else ""


async def follow(work: Work, case: Case, to: Reach) -> Case:
    """Whoever is helped may go on writing on their other side; the case follows them there."""
    if case.student.side is to.side:
        return case
    case = msgspec.structs.replace(
        case, student=msgspec.structs.replace(case.student, side=to.side, address=to.address, language=to.language)
    )
    work.save(case)
    return case


async def _remember(work: Work, case: Case, sender: Party, message: str) -> None:
    conversation = await work.tx.conversation(sender.person, sender.side)
    wrote = {**conversation.wrote, message: case.id}
    newest = dict(list(wrote.items())[-MOST_WROTE:])
    await work.change_conversation(sender.person, sender.side, wrote=newest)


def _receipt(case: Case, sender: Party, receiver: Party, message: str) -> ReceiptWanted:
    """The receipt names the message that it is about, and who was to get it."""
    return ReceiptWanted(sender.person, Purpose.RELAYED.value, case.id, f"{message} {receiver.person}")


def _keep(work: Work, case: Case, line: Line, *, edited: bool) -> Case:
    """A correction of a line that is still unread takes that line's place."""
    if edited and any(kept.message == line.message for kept in case.unread):
        unread = tuple(line if kept.message == line.message else kept for kept in case.unread)
    else:
        unread = (*case.unread, line)[-MOST_UNREAD:]
    case = msgspec.structs.replace(case, unread=unread)
    work.save(case)
    return case
