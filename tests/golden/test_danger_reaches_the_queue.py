"""Danger reaches the counselors' queue wherever and however it is written; what is not danger does not."""

from __future__ import annotations

from typing import Any

import pytest
from golden_script import play
from golden_world import World

from bot.model.address import Side
from bot.model.person import Role
from bot.store import RedisStore

ALERT = "· perlu konselor:"
QUESTION = "Apa kamu sedang berpikir untuk mengakhiri hidupmu?"
PEOPLE = {"siti": "student", "budi": "supporter", "ratna": "counselor"}
DANGER = "aku mau mati"
THROUGH_THE_WELCOME: list[dict[str, Any]] = [
    {"siti": "/start"}, {"siti": {"press": "Ya"}}, {"siti": {"press": "Ya", "on": "menyimpan"}},
]  # fmt: skip
TO_THE_TOPIC = [*THROUGH_THE_WELCOME, {"siti": {"press": "Lewati"}}, {"siti": {"press": "Lewati"}}]
TO_FREE_WORDS = [*TO_THE_TOPIC, {"siti": {"press": "Keluarga"}}, {"siti": {"press": "Tidak"}}]
TO_A_TALK = [
    *TO_FREE_WORDS,
    {"siti": {"press": "Nggak dulu"}},
    {"siti": {"press": "Ngobrol"}},
    {"budi": {"press": "Aku temani"}},
]


async def alerts(store: RedisStore, *turns: dict[str, Any], settings: dict[str, Any] | None = None) -> list[str]:
    """What the counselor was alerted to, a line for each alert."""
    story = {"language": "id", "people": PEOPLE, "settings": settings or {}, "turns": list(turns)}
    shown = [line for lines in await play(story, store) for line in lines]
    return [line for line in shown if line.startswith("ratna ← ") and ALERT in line]


async def questions(store: RedisStore, *turns: dict[str, Any]) -> int:
    """How often the student was asked directly."""
    appeared = await play({"language": "id", "people": PEOPLE, "turns": list(turns)}, store)
    return sum(line.startswith("siti ← ") and QUESTION in line for lines in appeared for line in lines)


WAYS: dict[str, list[dict[str, Any]]] = {
    "the first words of somebody unknown": [{"siti": DANGER}],
    "an edited message": [{"siti": "halo"}, {"wait": "5m"}, {"siti": {"edit": DANGER, "of": "halo"}}],
    "the caption of a photo": [{"siti": {"send": "photo", "caption": DANGER}}],
    "the caption of a voice message": [{"siti": {"send": "voice", "caption": DANGER}}],
    "words behind a command": [{"siti": f"/help {DANGER}"}],
    "words behind a command that there is not": [{"siti": f"/curhat {DANGER}"}],
    "instead of a button in the welcome": [THROUGH_THE_WELCOME[0], {"siti": DANGER}],
    "instead of a button in the check-in": [*TO_THE_TOPIC, {"siti": DANGER}],
    "a free answer in the check-in": [*TO_FREE_WORDS, {"siti": DANGER}],
    "a message to a supporter": [*TO_A_TALK, {"siti": DANGER}],
    "an edited message to a supporter": [
        *TO_A_TALK, {"siti": "aku mau makan"}, {"wait": "5m"}, {"siti": {"edit": DANGER, "of": "aku mau makan"}},
    ],
    "the last questions after a talk": [*TO_A_TALK, {"siti": "/stop"}, {"siti": DANGER}],
    "a supporter's own message in a talk": [*TO_A_TALK, {"budi": f"jujur {DANGER} juga"}],
    "a supporter's edited message": [
        *TO_A_TALK, {"budi": "semangat"}, {"wait": "5m"}, {"budi": {"edit": DANGER, "of": "semangat"}},
    ],
    "three bubbles in a row": [{"siti": "aku"}, {"siti": "pengen"}, {"siti": "mati"}],
    "three bubbles in a talk": [*TO_A_TALK, {"siti": "aku"}, {"siti": "pengen"}, {"siti": "mati"}],
    "three bubbles in two languages": [{"siti": "i just wanna"}, {"siti": "bunuh"}, {"siti": "diri"}],
}  # fmt: skip


@pytest.mark.parametrize("turns", WAYS.values(), ids=WAYS.keys())
async def test_danger_reaches_the_queue_once(store: RedisStore, turns: list[dict[str, Any]]) -> None:
    assert len(await alerts(store, *turns)) == 1


async def test_the_whole_burst_is_what_the_counselor_sees(store: RedisStore) -> None:
    (alert,) = await alerts(store, {"siti": "aku"}, {"siti": "pengen"}, {"siti": "mati"})
    assert "pengen / mati" in alert


@pytest.mark.parametrize("between", ["eh bentar", "/start"])
async def test_what_is_written_in_between_does_not_hide_a_burst(store: RedisStore, between: str) -> None:
    assert len(await alerts(store, {"siti": "aku pengen"}, {"siti": between}, {"siti": "mati"})) == 1


@pytest.mark.parametrize("bubbles", [("aku pengen", "pulang", "mati lampu"), ("aku mau", "makan dulu", "bunuh waktu")])
async def test_an_idiom_after_another_message_stays_an_idiom(store: RedisStore, bubbles: tuple[str, ...]) -> None:
    assert await alerts(store, *({"siti": bubble} for bubble in bubbles)) == []


async def test_a_word_of_thanks_after_a_burst_does_not_alarm_again(store: RedisStore) -> None:
    turns = [{"siti": text} for text in ("aku", "pengen", "mati", "makasih", "ya")]
    assert len(await alerts(store, *turns)) == 1


async def test_a_word_of_thanks_does_not_open_the_case_again_that_has_been_closed_within_the_minute(
    store: RedisStore,
) -> None:
    close = [{"ratna": {"press": "Ambil"}}, {"ratna": "/close"}, {"ratna": {"press": "Aman"}}, {"ratna": "catatan"}]
    assert len(await alerts(store, {"siti": DANGER}, *close, {"siti": "makasih"})) == 1


async def test_words_that_a_burst_repeats_are_told_once(store: RedisStore) -> None:
    turns = [{"siti": "pengen mati"}, {"siti": "aku takut"}, {"siti": "aku udah nenggak semua obatnya"}]
    told = await alerts(store, *turns)
    words = told[-1].partition("Kata yang tertangkap: ")[2].partition(" / Mengapa")[0]
    assert words.count("pengen mati") == 1, told[-1]


async def test_bubbles_that_are_far_apart_are_no_burst(store: RedisStore) -> None:
    turns = [{"siti": "aku"}, {"wait": "2m"}, {"siti": "pengen"}, {"wait": "2m"}, {"siti": "mati"}]
    assert await alerts(store, *turns) == []


@pytest.mark.parametrize(
    "text",
    ["mati lampu nih", "ngakak mati", "bunuh waktu dulu", "I'm dead lol", "kill me lol", "tugasnya banyak banget",
     "dosennya killer", "makan mie sampe mau mati pedes"],
)  # fmt: skip
async def test_idioms_and_plain_stress_neither_alarm_nor_are_asked_about(store: RedisStore, text: str) -> None:
    appeared = await play({"language": "id", "people": PEOPLE, "turns": [{"siti": text}]}, store)
    assert not [line for lines in appeared for line in lines if ALERT in line or QUESTION in line]


@pytest.mark.parametrize("answer", ["Ya, akhir-akhir ini", "Ya, sekarang", "Nggak mau jawab"])
async def test_yes_and_rather_not_say_go_up(store: RedisStore, answer: str) -> None:
    assert len(await alerts(store, {"siti": "pengen nyerah"}, {"siti": {"press": answer}})) == 1


async def test_silence_after_the_direct_question_goes_up(store: RedisStore) -> None:
    assert len(await alerts(store, {"siti": "pengen nyerah"}, {"wait": "10m"}, {"wait": "5s"})) == 1


async def test_leaving_the_direct_question_by_another_word_is_answered_by_asking_for_a_choice(
    store: RedisStore,
) -> None:
    assert await alerts(store, {"siti": "pengen nyerah"}, {"siti": "hm"}, {"siti": {"press": "Ya, sekarang"}})


async def test_a_plain_no_does_not_alarm(store: RedisStore) -> None:
    assert await alerts(store, {"siti": "pengen nyerah"}, {"siti": {"press": "Tidak"}}, {"wait": "15m"}) == []


async def test_the_direct_question_is_asked_at_most_once_in_a_while(store: RedisStore) -> None:
    no = {"siti": {"press": "Tidak"}}
    again = [{"siti": "pengen nyerah"}, no, {"wait": "20m"}, {"siti": "pengen nyerah"}]
    assert await questions(store, *again) == 1


NOT_ASKED_YET = pytest.mark.parametrize(
    "so_far", [THROUGH_THE_WELCOME, TO_THE_TOPIC], ids=["at its first question", "at its topics"]
)


@NOT_ASKED_YET
async def test_in_a_check_in_that_has_not_asked_yet_it_is_asked_at_once(
    store: RedisStore, so_far: list[dict[str, Any]]
) -> None:
    assert await questions(store, *so_far, {"siti": "pengen nyerah"}) == 1


@NOT_ASKED_YET
async def test_silence_goes_up_also_where_the_check_in_was_left_for_the_question(
    store: RedisStore, so_far: list[dict[str, Any]]
) -> None:
    assert len(await alerts(store, *so_far, {"siti": "pengen nyerah"}, {"wait": "11m"})) == 1


async def test_in_a_check_in_that_has_asked_already_it_is_not_asked_again(store: RedisStore) -> None:
    assert await questions(store, *TO_FREE_WORDS, {"siti": "pengen nyerah"}) == 1


async def test_after_that_while_it_is_asked_again(store: RedisStore) -> None:
    no = {"siti": {"press": "Tidak"}}
    again = [{"siti": "pengen nyerah"}, no, {"wait": "31m"}, {"siti": "pengen nyerah"}, no]
    assert await questions(store, *again) == 2


async def test_the_while_is_a_setting(store: RedisStore) -> None:
    no = {"siti": {"press": "Tidak"}}
    turns = [{"siti": "pengen nyerah"}, no, {"wait": "3m"}, {"siti": "pengen nyerah"}, no]
    story = {"language": "id", "people": PEOPLE, "settings": {"ask_again_ms": 120_000}, "turns": turns}
    shown = [line for lines in await play(story, store) for line in lines]
    assert sum(QUESTION in line for line in shown) == 2


async def test_plain_danger_goes_up_even_just_after_the_question_was_answered_with_no(store: RedisStore) -> None:
    turns = [{"siti": "pengen nyerah"}, {"siti": {"press": "Tidak"}}, {"siti": DANGER}]
    assert len(await alerts(store, *turns)) == 1


async def test_words_behind_a_command_to_the_teams_bot_count_for_who_is_not_in_the_team(store: RedisStore) -> None:
    world = World(store)
    await world.add_staff("ratna", Role.COUNSELOR, "id")
    world.add_phone("anna", Side.STAFF, "id")
    await world.act("anna", world.command("anna", f"/tolong {DANGER}"))
    assert [line for line in world.shown if line.startswith("ratna ← ") and ALERT in line]


@pytest.mark.parametrize("command", ["/note", "/consult", "/missed"])
async def test_what_staff_write_about_others_behind_a_command_is_not_their_own_danger(
    store: RedisStore, command: str
) -> None:
    world = World(store)
    await world.add_staff("ratna", Role.COUNSELOR, "id")
    await world.add_staff("budi", Role.SUPPORTER, "id")
    await world.act("budi", world.command("budi", f"{command} dia bilang {DANGER}"))
    assert not [line for line in world.shown if ALERT in line]


async def brief(store: RedisStore, *turns: dict[str, Any]) -> str:
    """What the counselor who takes the case is told first."""
    story = {"language": "id", "people": PEOPLE, "turns": [*turns, {"ratna": {"press": "Ambil"}}]}
    shown = (await play(story, store))[-1]
    return next(line for line in shown if "sekarang bersamamu" in line)


@pytest.mark.parametrize(
    ("turns", "text"),
    [
        ([{"siti": "aku"}, {"siti": "pengen"}, {"siti": "mati"}], "aku / pengen / mati"),
        ([{"siti": "pengen nyerah"}, {"siti": {"press": "Ya, sekarang"}}], "pengen nyerah"),
    ],
)
async def test_the_counselor_reads_a_text_that_no_relayed_message_brings(
    store: RedisStore, turns: list[dict[str, Any]], text: str
) -> None:
    assert f"Mengapa: “{text}” / pikiran mengakhiri hidup («" in await brief(store, *turns)


@pytest.mark.parametrize("words", [DANGER, {"send": "photo", "caption": DANGER}])
async def test_a_text_that_is_passed_on_anyhow_is_not_told_twice(store: RedisStore, words: Any) -> None:
    story = {"language": "id", "people": PEOPLE, "turns": [{"siti": words}, {"ratna": {"press": "Ambil"}}]}
    shown = (await play(story, store))[-1]
    assert not [line for line in shown if "sekarang bersamamu" in line and "“" in line]
    assert [line for line in shown if line.startswith("ratna ← ") and line.endswith(f": / {DANGER}")]
