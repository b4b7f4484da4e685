"""The start: what this is and who reads it, age, consent, language; then the check-in."""

from __future__ import annotations

import hmac

import msgspec

from bot.casework import conversing
from bot.casework.reach import Reach
from bot.casework.sides import switch_row
from bot.casework.talk import close
from bot.casework.visit import Visit
from bot.casework.words import Act, Conversing
from bot.casework.work import FlowEnded, Work
from bot.model.address import Side
from bot.model.case import Party, State
from bot.model.conversation import ButtonAct
from bot.model.person import Consent, Person
from bot.model.session import Value

ENTRY = "entry-code"
"""The purpose of a conversation in which the school's entry code is awaited."""


async def start(visit: Visit, words: str) -> None:
    """`/start`: the welcome for somebody new, the menu for everybody else."""
    person = await visit.person()
    if await _goes_on(visit):
        await visit.say("start.case_open")
        return
    await conversing.stop(visit.work, visit.to)
    if has_agreed(visit.work, person):
        await show_menu(visit)
        return
    await enter(visit, words)


async def _goes_on(visit: Visit) -> bool:
    """Whether a case is open. One whose talk is over, and only the last questions are asked, ends without answers."""
    case = await visit.own_case()
    if case is None or case.state is not State.CLOSING:
        return case is not None
    await close(visit.work, case)
    return False


def has_agreed(work: Work, person: Person) -> bool:
    """To the notice as it is today: after a change of it everybody is asked again."""
    return person.consent is not None and person.consent.version == work.settings.consent_version


async def enter(visit: Visit, words: str) -> None:
    """Asks for the school's code where it has one, then welcomes."""
    code = visit.work.settings.entry_code
    if code and not hmac.compare_digest(words.strip().encode(), code.encode()):
        await visit.work.change_conversation(visit.person_id, visit.side, purpose=ENTRY)
        await visit.say("start.entry_code_wrong" if words.strip() else "start.entry_code")
        return
    await visit.work.change_conversation(visit.person_id, visit.side, purpose="")
    values: dict[str, Value] = {"age": visit.work.settings.age, "program": visit.work.settings.program}
    await conversing.start(visit.work, visit.to, Conversing.WELCOME, values=values)


async def welcomed(work: Work, ended: FlowEnded) -> None:
    """Records the consent, or forgets the person: of younger people, and of those who said no, nothing is kept."""
    person = await work.tx.person(ended.reach.person)
    if person is None:
        return
    if ended.values.get("adult") == "yes" and ended.values.get("consent") == "yes":
        consent = Consent(work.settings.consent_version, ended.reach.language, work.now)
        await work.change_person(person.id, consent=consent)
        await conversing.start(work, ended.reach, Conversing.CHECK_IN)
        return
    await forget(work, person)


async def forget(work: Work, person: Person) -> None:
    """Removes all that is known of a person; somebody with a staff role stays known as staff."""
    work.tx.delete(await work.tx.conversation(person.id, Side.STUDENT))
    if person.is_staff or person.own_case:
        kept = msgspec.structs.replace(person, consent=None, past_cases=(), prefers="", avoids=frozenset())
        work.save(kept)
        return
    work.tx.delete(await work.tx.conversation(person.id, Side.STAFF))
    work.tx.delete(person)


async def show_menu(visit: Visit) -> None:
    """What a student can do now."""
    await visit.say(
        "start.menu",
        [(visit.text("start.check_in"), ButtonAct(Act.CHECK_IN.value))],
        [(visit.text("start.self_help"), ButtonAct(Act.SELF_HELP.value))],
        [(visit.text("crisis.button"), ButtonAct(Act.CRISIS.value))],
        *switch_row(visit, await visit.person()),
    )


async def check_in(visit: Visit, _: ButtonAct) -> None:
    """The check-in; somebody who has not agreed yet is welcomed first."""
    if await _goes_on(visit):
        await visit.say("start.case_open")
    elif not has_agreed(visit.work, await visit.person()):
        await enter(visit, "")
    else:
        await conversing.start(visit.work, visit.to, Conversing.CHECK_IN)


async def self_help(visit: Visit, _: ButtonAct) -> None:
    """Small exercises, also while waiting; not while somebody is there to talk to."""
    case = await visit.own_case()
    if case is not None and (case.supporter or case.counselor):
        await visit.say("start.case_open")
        return
    values = {"topic": case.topic if case else ""}
    await conversing.start(visit.work, visit.to, Conversing.SELF_HELP, values=values)


async def checked_in(work: Work, ended: FlowEnded) -> None:
    """A check-in that did not lead to a human: the flow has said what is next, and the menu stands below it."""
    person = await work.tx.person(ended.reach.person)
    if person is not None and not person.own_case:
        await back_to_menu(work, ended.reach)


async def self_helped(work: Work, ended: FlowEnded) -> None:
    """Back to waiting, or to the menu."""
    person = await work.tx.person(ended.reach.person)
    if person is not None and not person.own_case:
        await back_to_menu(work, ended.reach)


async def back_to_menu(work: Work, to: Reach) -> None:
    await show_menu(Visit(work, to))


async def choose_language(visit: Visit, words: str) -> None:
    """`/language`: by button, or by its code at once."""
    if words.strip().lower() in visit.work.settings.languages:
        await set_language(visit, ButtonAct(Act.LANGUAGE.value, data=words.strip().lower()))
        return
    rows = [
        [(visit.work.text("start.language_name", language), ButtonAct(Act.LANGUAGE.value, data=language))]
        for language in visit.work.settings.languages
    ]
    await visit.say("start.choose_language", *rows)


async def set_language(visit: Visit, act: ButtonAct) -> None:
    """From now on in this language; an open question is asked again in it."""
    if act.data not in visit.work.settings.languages:
        return
    person = await visit.work.change_person(visit.person_id, language=act.data)
    if person is not None:
        await speak(visit.work, person, act.data)
    to = Reach(visit.person_id, visit.side, visit.to.address, act.data)
    await visit.work.say(to, "start.language_set")
    await conversing.ask_again(visit.work, to, await visit.conversation())


async def speak(work: Work, person: Person, language: str) -> None:
    """The open cases of the person speak their new language to them, too."""
    for one in (person.own_case, *(person.staff.holding if person.staff else ())):
        case = await work.tx.case(one) if one else None
        if case is None:
            continue
        for place in ("student", "supporter", "counselor"):
            party: Party | None = getattr(case, place)
            if party is not None and party.person == person.id:
                spoken = msgspec.structs.replace(party, language=language)
                case = msgspec.structs.replace(case, **{place: spoken})
        work.save(case)


async def help_(visit: Visit, _: str) -> None:
    """`/help` on the student side, without leaving what is going on."""
    await visit.say("start.help")
    await conversing.ask_again(visit.work, visit.to, await visit.conversation())
