"""On duty or not: what people say of themselves, confirmed by what they do; never guessed from a phone that sleeps."""

from __future__ import annotations

from bot.casework import peers
from bot.casework.visit import Visit
from bot.casework.work import Work
from bot.model.conversation import ButtonAct
from bot.model.event import PersonId, TimerRang
from bot.model.person import Role

ON_WORDS = frozenset({"on", "mulai", "aktif", "masuk", "start"})
OFF_WORDS = frozenset({"off", "selesai", "pulang", "stop", "end"})


async def duty(visit: Visit, words: str) -> None:
    """`/duty on`, `/duty off`, or `/duty` to ask where one stands."""
    word = words.strip().lower()
    if word in ON_WORDS:
        await go_on(visit)
    elif word in OFF_WORDS:
        await go_off(visit)
    else:
        staff = (await visit.person()).staff
        on = staff is not None and staff.on_duty
        await visit.say("duty.is_on" if on else "duty.is_off")


async def on_by_button(visit: Visit, _: ButtonAct) -> None:
    if await _may_be_on_duty(visit):
        await go_on(visit)


async def off_by_button(visit: Visit, _: ButtonAct) -> None:
    if await _may_be_on_duty(visit):
        await go_off(visit)


async def go_on(visit: Visit) -> None:
    """What waits is offered in order, at once; a counselor sees what is in the queue."""
    work = visit.work
    staff = (await visit.person()).staff
    if staff is None:
        return
    await work.change_staff(visit.person_id, on_duty=True, on_duty_since=staff.on_duty_since or work.now)
    await visit.say("duty.on")
    if Role.COUNSELOR in staff.roles:
        waiting = len(await work.tx.queue())
        if waiting:
            await visit.say("duty.queue_waits", count=waiting)
    if Role.SUPPORTER in staff.roles:
        if staff.certified_until <= work.now:
            await visit.say("staff.not_certified")
        elif staff.resting_until > work.now:
            await visit.say("duty.resting", minutes=max(1, (staff.resting_until - work.now) // 60_000))
        await peers.drain(work, back=visit.person_id)


async def go_off(visit: Visit) -> None:
    """No more offers; open offers go to the next; what one still holds stays until it is closed or handed over."""
    work = visit.work
    staff = (await visit.person()).staff
    if staff is None:
        return
    await work.change_staff(visit.person_id, on_duty=False, on_duty_since=0)
    for offered in staff.offered:
        case = await work.tx.case(offered)
        if case is not None:
            await peers.refuse(work, visit.person_id, case)
    if staff.holding:
        await visit.say("duty.off_with_cases", count=len(staff.holding))
    else:
        await visit.say("duty.off")


async def rest_is_over(work: Work, owner: PersonId, _: TimerRang) -> None:
    """After the rest, what waits may be offered again."""
    person = await work.tx.person(owner)
    if person is not None and person.staff is not None and person.staff.on_duty:
        await peers.drain(work, back=owner)


async def _may_be_on_duty(visit: Visit) -> bool:
    person = await visit.person()
    if person.has(Role.SUPPORTER) or person.has(Role.COUNSELOR):
        return True
    await visit.say("staff.not_allowed")
    return False
