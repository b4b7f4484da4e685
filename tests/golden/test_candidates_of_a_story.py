"""What staff say of screening becomes a candidate for the word lists, and nothing in it leads back to anybody."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable

import msgspec
import pytest
from golden_script import play
from golden_world import BEGIN, World

from bot.casework.settings import DAY_MS, Settings
from bot.model.address import Side
from bot.model.candidate import Candidate, CandidateKind
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.event import Event, Lane, Nudge, TextSaid
from bot.model.level import Level
from bot.model.person import Role
from bot.runtime.platform import Arrival
from bot.runtime.transaction import Transaction
from bot.store import RedisStore

_looks = itertools.count()
TEXT = "aku Siti mau mati, wa aku 081234567890"


async def false_alarm(store: RedisStore, outcome: str, *words: str) -> tuple[Candidate, ...]:
    """A student writes, a counselor takes the case and closes it with an outcome."""
    said = [{"siti": text} for text in words]
    rest = [{"ratna": {"press": "Ambil"}}, {"ratna": "/close"}, {"ratna": {"press": outcome}}, {"ratna": "catatan"}]
    people = {"siti": "student", "ratna": "counselor"}
    await play({"language": "id", "people": people, "turns": [*said, *rest]}, store)
    return await store.candidates.all()


async def test_a_false_alarm_keeps_the_text_masked_with_rules_and_version_and_nothing_else(store: RedisStore) -> None:
    (found,) = await false_alarm(store, "Alarm keliru", TEXT)
    assert found.kind is CandidateKind.FALSE_ALARM
    assert found.text == "aku «…» mau mati, wa aku «…»"
    assert found.level is Level.RED
    assert found.language == "id"
    assert found.rules
    assert found.lists
    assert found.at == BEGIN - BEGIN % DAY_MS
    assert set(msgspec.structs.asdict(found)) == {"id", "kind", "language", "text", "level", "rules", "lists", "at"}


@pytest.mark.parametrize("outcome", ["Aman", "Dirujuk", "Layanan darurat", "Tidak ada jawaban"])
async def test_any_other_outcome_keeps_nothing(store: RedisStore, outcome: str) -> None:
    assert await false_alarm(store, outcome, TEXT) == ()


async def test_a_case_that_a_button_raised_holds_no_text_to_keep(store: RedisStore) -> None:
    assert await false_alarm(store, "Alarm keliru", "/crisis") == ()


async def test_a_burst_is_kept_whole(store: RedisStore) -> None:
    (found,) = await false_alarm(store, "Alarm keliru", "aku", "pengen", "mati")
    assert found.text == "aku\npengen\nmati"


async def test_the_text_behind_the_direct_question_is_kept_too(store: RedisStore) -> None:
    world = World(store)
    world.add_phone("siti", Side.STUDENT, "id")
    people = {"siti": "student", "ratna": "counselor"}
    turns = [
        {"siti": "pengen nyerah"}, {"siti": {"press": "Nggak mau jawab"}}, {"ratna": {"press": "Ambil"}},
        {"ratna": "/close"}, {"ratna": {"press": "Alarm keliru"}}, {"ratna": "catatan"},
    ]  # fmt: skip
    await play({"language": "id", "people": people, "turns": turns}, store)
    (found,) = await store.candidates.all()
    assert (found.text, found.level) == ("pengen nyerah", Level.YELLOW)


async def test_missed_words_are_kept_with_todays_verdict_on_them(store: RedisStore) -> None:
    turns = [{"budi": "/missed pengen tenggelam di antara bintang, kata @rani.putri"}, {"budi": "/missed aku mau mati"}]
    await play({"language": "id", "people": {"budi": "supporter"}, "turns": turns}, store)
    (found,) = await store.candidates.all()
    assert found.kind is CandidateKind.MISSED
    assert found.text == "pengen tenggelam di antara bintang, kata «…»"
    assert found.level < Level.RED


@pytest.mark.parametrize(
    ("picked", "kept"),
    [("", "aku naik layangan ke bulan, bilang @rani.putri"), ("naik layangan", "naik layangan")],
)
async def test_a_reply_with_missed_keeps_the_students_words_without_their_alias(
    store: RedisStore, picked: str, kept: str
) -> None:
    reply = {"reply": "/missed", "to": "naik layangan", "picked": picked}
    said = "aku naik layangan ke bulan, bilang @rani.putri"
    turns = [{"siti": "aku mau mati"}, {"ratna": {"press": "Ambil"}}, {"siti": said}, {"ratna": reply}]
    await play({"language": "id", "people": {"siti": "student", "ratna": "counselor"}, "turns": turns}, store)
    (found,) = await store.candidates.all()
    assert found.text == kept.replace("@rani.putri", "«…»")


@pytest.mark.parametrize("answered", ["Klaimmu berlaku", "Kata yang tertangkap"])
async def test_a_reply_with_missed_to_a_message_of_the_bots_own_keeps_nothing(store: RedisStore, answered: str) -> None:
    turns = [
        {"siti": "aku mau mati"}, {"ratna": {"press": "Ambil"}},
        {"ratna": {"reply": "/missed", "to": answered}},
    ]  # fmt: skip
    await play({"language": "id", "people": {"siti": "student", "ratna": "counselor"}, "turns": turns}, store)
    assert await store.candidates.all() == ()


async def test_a_candidate_is_forgotten_when_its_days_are_over(store: RedisStore) -> None:
    world = World(store, Settings(keep_candidates_ms=2 * DAY_MS))
    await world.add_staff("budi", Role.SUPPORTER, "id")
    await world.act("budi", world.command("budi", "/missed pengen tenggelam di antara bintang"))
    assert len(await store.candidates.all()) == 1
    world.now = BEGIN - BEGIN % DAY_MS + 2 * DAY_MS
    assert await store.timers.fire(world.now)
    await world.settle()
    assert await store.candidates.all() == ()


async def test_the_timeline_says_which_rule_of_which_lists_raised_the_case(store: RedisStore) -> None:
    people = {"siti": "student", "ratna": "counselor"}
    await play({"language": "id", "people": people, "turns": [{"siti": "aku mau mati"}]}, store)
    case = await the_case(store)
    assert case.trigger is not None
    assert case.trigger.text == "aku mau mati"
    (queued,) = [entry for entry in case.timeline if entry.what == "queued"]
    assert queued.why == f"screening: {', '.join(case.trigger.rules)} (lists {case.trigger.verdict.lists})"
    assert case.trigger.verdict.lists in case.rules


async def test_the_text_that_raised_a_case_is_dropped_when_it_closes(store: RedisStore) -> None:
    await false_alarm(store, "Aman", "aku mau mati")
    assert (await the_case(store)).trigger is None


async def test_a_higher_text_takes_the_place_of_a_lower_one_and_a_later_one_of_the_same_level_does_not(
    store: RedisStore,
) -> None:
    world = World(store)
    world.add_phone("siti", Side.STUDENT, "id")
    higher = "aku udah nenggak semua obatnya barusan"
    for said, kept in (("aku mau mati",) * 2, ("pengen bunuh diri", "aku mau mati"), (higher, higher)):
        await world.act("siti", TextSaid(said, world.new_message("siti", said)))
        assert _text(await the_case(store)) == kept
        world.now += 2 * 60_000


async def test_an_answered_question_leaves_no_text_behind(store: RedisStore) -> None:
    turns = [{"siti": "pengen nyerah"}, {"siti": {"press": "Tidak"}}]
    await play({"language": "id", "people": {"siti": "student"}, "turns": turns}, store)
    person = store.keyring.person_id("test", "siti")
    seen: list[Conversation] = []

    async def look(tx: Transaction) -> None:
        seen.append(await tx.conversation(person, Side.STUDENT))

    await _look(store, look)
    assert seen[0].trigger is None


async def the_case(store: RedisStore) -> Case:
    """The student's open case, or their last."""
    found: list[Case] = []

    async def look(tx: Transaction) -> None:
        person = await tx.person(store.keyring.person_id("test", "siti"))
        assert person is not None
        case = await tx.case(person.own_case or person.past_cases[-1])
        assert case is not None
        found.append(case)

    await _look(store, look)
    return found[0]


async def _look(store: RedisStore, handler: Callable[[Transaction], Awaitable[None]]) -> None:
    """Runs a handler on an event of nobody's."""
    event = Event("look", "p_look", BEGIN, Nudge("look"))
    await store.intake.receive([(Arrival(f"look-{next(_looks)}", event), Lane.NORMAL)])
    (work,) = await store.mailboxes.ready(Lane.NORMAL, 10, 0)
    tx = store.mailboxes.begin(work, BEGIN, 1)
    await handler(tx)
    await store.mailboxes.commit(tx, go_on=False)


def _text(case: Case) -> str:
    return case.trigger.text if case.trigger else ""
