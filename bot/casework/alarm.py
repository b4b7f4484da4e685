"""The alarm of a case that nobody holds: who is called, when the circle widens, and what the student is told of it.

Three circles: counselors on duty, all counselors, coordinators with them. "Somebody has been alerted" is said only
after an alert was delivered (promise 6); an alert that cannot be delivered widens the circle at once.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.casework import contacts
from bot.casework.reach import Reach
from bot.casework.reasons import signs
from bot.casework.summary import check_in_summary, level_label, topic_label
from bot.casework.timeline import noted
from bot.casework.timers import timer_id
from bot.casework.words import Act, Noted, Purpose, Timer
from bot.casework.work import Work
from bot.model.address import Side
from bot.model.case import Alarm, Case, State
from bot.model.conversation import ButtonAct
from bot.model.event import Lane, PersonId, TimerRang
from bot.model.index import StaffEntry
from bot.model.level import Flag
from bot.model.outgoing import EditText, Failure, ReceiptWanted
from bot.model.person import Role

WIDEST = 2
WIDEST_DRILL = 1
"""A drill calls counselors alone."""
MINUTE_MS = 60_000


def alert_ref(case: Case) -> str:
    """Names the alert in each staff chat, for its later edit."""
    return f"case:{case.id}:alert"


async def raise_alarm(work: Work, case: Case) -> Case:
    """The first alarm of this turn in the queue; the circle is as wide as it must be to reach anybody at all."""
    alarm = msgspec.structs.replace(case.alarm, raised_at=case.alarm.raised_at or work.now, circle=0, told=frozenset())
    case = msgspec.structs.replace(case, alarm=alarm)
    case = await _call(work, case, 0)
    _start_timer(work, case, 0)
    return case


async def alarm_rang(work: Work, case: Case, stage: int) -> Case:
    """Nobody has taken the case in the time of this stage: a wider circle is called, the student hears the truth."""
    if case.state is not State.QUEUED:
        return case
    case = noted(case, work.now, Noted.ALARM_WIDENED, why=str(stage + 1))
    case = await _call(work, case, min(stage + 1, _widest(case)))
    to = Reach.of(case.student)
    waited = max(1, (work.now - case.alarm.raised_at) // MINUTE_MS)
    key = "crisis.still_waiting" if case.alarm.delivered else "crisis.nobody_yet"
    await work.say(to, key, lane=Lane.CRISIS, minutes=waited)
    if stage + 1 == len(work.settings.alarms_ms):  # once: the same block again and again is not read any more
        shown = contacts.for_crisis(work, to.language, case.flags)
        await work.say(to, "crisis.contacts_again", lane=Lane.CRISIS, contacts=shown)
    _start_timer(work, case, stage + 1)
    return case


async def alert_ended(work: Work, case: Case, who: PersonId, failure: Failure | None) -> Case:
    """An alert arrived, or could not be delivered."""
    if case.state is not State.QUEUED:
        return case
    if failure is None:
        return await _arrived(work, case)
    case = noted(case, work.now, Noted.NOT_DELIVERED, why=failure.value)
    left = case.alarm.told - {who}
    case = _with_alarm(case, told=left)
    work.save(case)
    if left or case.alarm.delivered:
        return case
    if case.alarm.circle < _widest(case):
        return await _call(work, case, case.alarm.circle + 1)
    await work.say(Reach.of(case.student), "crisis.nobody", lane=Lane.CRISIS)
    return case


async def stand_down(work: Work, case: Case, sentence: str, **values: object) -> Case:
    """Ends the alarm: every alert that hangs in a staff chat says what became of the case, and loses its button."""
    work.tx.stop_timer(timer_id(Timer.ALARM, case.id))
    for person in sorted(case.alarm.told):
        reach = await work.reach(person, Side.STAFF)
        if reach is not None:
            text = work.text(sentence, reach.language, alias=case.student.alias, **values)
            await work.send(reach, EditText(alert_ref(case), text))
    return _with_alarm(case, told=frozenset())


async def _arrived(work: Work, case: Case) -> Case:
    first = not case.alarm.promised
    case = _with_alarm(case, delivered=True, promised=True)
    if first:
        case = noted(case, work.now, Noted.ALERTED)
        await work.say(Reach.of(case.student), "crisis.alerted", lane=Lane.CRISIS)
    work.save(case)
    return case


async def _call(work: Work, case: Case, circle: int) -> Case:
    """Alerts everybody in the circle; an empty one gives way to the next."""
    staff = await work.tx.staff()
    called: list[Reach] = []
    while not called and circle <= _widest(case):
        for entry in in_circle(staff, circle, case.student.person):
            reach = await work.reach(entry.person, Side.STAFF)
            if reach is not None:
                called.append(reach)
        circle += 0 if called else 1
    for reach in called:
        await _alert(work, case, reach, can_take=_is_counselor(staff, reach.person))
    told = case.alarm.told | {reach.person for reach in called}
    case = _with_alarm(case, circle=min(circle, _widest(case)), told=told)
    work.save(case)
    if not called:
        await work.say(Reach.of(case.student), "crisis.nobody", lane=Lane.CRISIS)
    return case


def _widest(case: Case) -> int:
    return WIDEST_DRILL if Flag.DRILL in case.flags else WIDEST


def in_circle(staff: Iterable[StaffEntry], circle: int, student: PersonId) -> list[StaffEntry]:
    """Whom an alarm of this width calls; never the person in need themselves."""
    others = [entry for entry in staff if entry.person != student]
    if circle == 0:
        return [entry for entry in others if entry.on_duty and Role.COUNSELOR in entry.roles]
    wanted = {Role.COUNSELOR} if circle == 1 else {Role.COUNSELOR, Role.COORDINATOR}
    return [entry for entry in others if entry.roles & wanted]


async def _alert(work: Work, case: Case, to: Reach, *, can_take: bool) -> None:
    language = to.language
    rows = [[(work.text("alert.take", language), ButtonAct(Act.TAKE.value, case.id))]] if can_take else []
    await work.say(
        to,
        "alert.new" if can_take else "alert.for_coordinator",
        *rows,
        lane=Lane.CRISIS,
        ref=alert_ref(case),
        receipt=ReceiptWanted(case.student.person, Purpose.ALERT.value, case.id, to.person),
        alias=case.student.alias,
        level=level_label(work, case.level, language),
        words=", ".join(case.words) or work.text("alert.no_words", language),
        why=signs(work, case, language),
        topic=topic_label(work, case.topic, language),
        checkin=check_in_summary(work, case, language),
        flags=", ".join(work.text(f"flag.{flag.value}", language) for flag in sorted(case.flags)) or "-",
        minutes=max(0, work.now - case.since) // MINUTE_MS,
        since=work.time_of_day(case.since),
    )


def _is_counselor(staff: Iterable[StaffEntry], person: PersonId) -> bool:
    return any(entry.person == person and Role.COUNSELOR in entry.roles for entry in staff)


def _with_alarm(case: Case, **changes: object) -> Case:
    alarm: Alarm = msgspec.structs.replace(case.alarm, **changes)
    return msgspec.structs.replace(case, alarm=alarm)


def _start_timer(work: Work, case: Case, stage: int) -> None:
    """The next alarm: at the set times after the first; after the last, again at the distance of the last two."""
    times = work.settings.alarms_ms
    if stage < len(times):
        due = case.alarm.raised_at + times[stage]
    else:
        due = work.now + (times[-1] - times[-2] if len(times) > 1 else times[-1])
    ring = TimerRang(Timer.ALARM.value, case.id, str(stage))
    work.tx.start_timer(timer_id(Timer.ALARM, case.id), max(due, work.now), case.student.person, ring)
