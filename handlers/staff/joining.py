"""How somebody becomes staff: a one-time link, used once, by one commit."""

from __future__ import annotations

import msgspec

from bot.casework import conversing
from bot.casework.aliases import new_alias
from bot.casework.sides import switch_row
from bot.casework.visit import Visit
from bot.casework.words import Act
from bot.model.address import Side
from bot.model.conversation import ButtonAct
from bot.model.invite import Invite
from bot.model.person import Person, Role, Staff


async def start(visit: Visit, words: str) -> None:
    """`/start CODE` uses an invitation; `/start` alone greets whoever is staff already."""
    code = words.strip()
    invite = await visit.work.tx.invite(code) if code else None
    person = await visit.person()
    if invite is not None:
        await join(visit, person, invite)
    elif code and not person.is_staff:
        await visit.say("staff.invite_unknown")
    elif person.is_staff:
        await greet(visit, person)
    else:
        await visit.say("staff.not_staff")


async def join(visit: Visit, person: Person, invite: Invite) -> None:
    """Gives the role. Who has one already keeps it and gets the other as well."""
    work = visit.work
    work.tx.delete(invite)
    staff = person.staff or Staff(
        roles=frozenset(),
        alias=new_alias(work, "staff", frozenset(entry.alias for entry in await work.tx.staff())),
        capacity=work.settings.claims if invite.role is Role.COUNSELOR else work.settings.capacity,
    )
    certified = staff.certified_until
    if invite.role is Role.SUPPORTER and invite.trained:
        certified = work.now + work.settings.certificate_ms
    staff = msgspec.structs.replace(staff, roles=staff.roles | {invite.role}, certified_until=certified)
    changed = await work.change_person(person.id, staff=staff, side=Side.STAFF)
    await visit.say(f"staff.joined_{invite.role.value}", alias=staff.alias)
    if invite.role is Role.SUPPORTER and certified <= work.now:
        await visit.say("staff.not_certified")
    if changed is not None:
        await greet(visit, changed)


async def greet(visit: Visit, person: Person) -> None:
    """Where a staff member stands, and what they can do from here."""
    staff = person.staff
    if staff is None:
        return
    rows: list[list[tuple[str, ButtonAct]]] = []
    if staff.roles & {Role.SUPPORTER, Role.COUNSELOR}:
        act, key = (Act.DUTY_OFF, "duty.off_button") if staff.on_duty else (Act.DUTY_ON, "duty.on_button")
        rows.append([(visit.text(key), ButtonAct(act.value))])
    rows.extend(switch_row(visit, person))
    key = "staff.greeting_on_duty" if staff.on_duty else "staff.greeting"
    await visit.say(key, *rows, alias=staff.alias, cases=len(staff.holding))


async def help_(visit: Visit, _: str) -> None:
    """`/help`: what each of the person's roles can do."""
    person = await visit.person()
    if person.staff is None:
        await visit.say("staff.not_staff")
        return
    for role in sorted(person.staff.roles):
        await visit.say(f"staff.help_{role.value}")


async def stop(visit: Visit, words: str) -> None:
    """`/stop`: leaves the questions that are open; a case is not touched by it."""
    if (await visit.conversation()).session is None:
        await help_(visit, words)
        return
    await conversing.stop(visit.work, visit.to)
    await visit.say("stop.staff_stopped")


async def switch_side(visit: Visit, act: ButtonAct) -> None:
    """Where one bot serves both sides: from here on messages belong to the other one, and the person is told so."""
    person = await visit.person()
    if not visit.work.settings.shared_bot or not person.is_staff:
        await visit.say("stale.button")
        return
    side = Side(act.data)
    await visit.work.change_person(person.id, side=side)
    to = await visit.work.reach(person.id, side)
    if to is not None:
        await visit.work.say(to, f"side.now_{side.value}")
