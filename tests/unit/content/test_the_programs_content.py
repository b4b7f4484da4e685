"""The content that comes with the program: it is sound, plays its own tests, and keeps to what the field knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content import Content, load_sources, sources
from bot.content.conversation_tests import run_conversation_tests, untested_flows
from bot.content.reader import node_of
from bot.content.sources import test_sources as sources_of_tests
from bot.flow.steps.ask import AskStep
from bot.model.level import Level
from bot.model.source import Node
from bot.model.text import Text

FOLDER = Path(__file__).parents[3] / "flows"
TESTS = {name: node_of(text, name) for name, text in sources_of_tests(FOLDER).items()}
NEVER = {
    "id": (
        r"\b(kan|ya kan)\?$", r"yang aneh-aneh", r"kurang (iman|bersyukur)", r"\bdosa\b", r"sabar aja", r"\blebay\b",
        r"cari perhatian", r"lebih susah", r"(gagal|sukses|berhasil) bunuh diri", r"orang gila", r"rahasiamu aman",
        r"selamanya", r"cuma aku yang",
        r"\bjanji(lah)? (untuk )?(tidak|nggak)\b", r"polisi akan",
    ),
    "en": (
        r"you('re| are) not thinking", r"attention.seeking", r"have it worse", r"\bcommit(ted)? suicide\b",
        r"(failed|successful) (suicide|attempt)", r"\bcrazy\b", r"promise (me )?(that )?you", r"\bsin\b",
        r"only i understand",
    ),
}  # fmt: skip
METHODS = re.compile(
    r"gantung|racun|silet|overdosis|\bpil\b|melompat|hang(ed|ing)? |poison|razor|overdose|\bpills?\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def content() -> Content:
    """Without the word lists, which have tests of their own."""
    files = {name: text for name, text in sources(FOLDER).items() if "/screening/" not in name}
    return load_sources(files, ("id", "en"))


def flow_texts(content: Content) -> Iterator[tuple[str, Text]]:
    for flow in content.flows:
        for step in flow.steps:
            yield from ((f"{flow.name}/{step.id}", text) for text in step.texts)
            for labels in step.labels.values():
                yield from ((f"{flow.name}/{step.id}", label) for label in labels.values())
    for resource in content.resources.values():
        yield from ((resource.key, text) for text in resource.texts)


@pytest.mark.parametrize("node", TESTS.values(), ids=TESTS.keys())
def test_every_conversation_goes_as_its_test_says(content: Content, node: Node) -> None:
    assert [str(fault) for fault in run_conversation_tests(content, [node])] == []


def test_every_flow_is_played_by_a_test(content: Content) -> None:
    assert untested_flows(content, TESTS.values()) == ()


def test_every_flow_that_handlers_start_is_there(content: Content) -> None:
    started = {"welcome", "check-in", "self-help", "closing", "debrief", "safety", "third-party", "outcome"}
    assert started <= {flow.name for flow in content.flows}


@pytest.mark.parametrize("flow", ["check-in", "safety"])
def test_the_safety_question_is_direct_and_every_answer_but_no_goes_up(content: Content, flow: str) -> None:
    question = next(step for step in content.flows[flow].steps if isinstance(step, AskStep) and step.save == "safety")
    assert "mengakhiri hidupmu?" in question.text.in_("id")
    assert "ending your life?" in question.text.in_("en")
    assert question.levels == {
        "before": Level.YELLOW, "lately": Level.RED, "now": Level.EMERGENCY, "skip": Level.YELLOW,
    }  # fmt: skip
    assert question.silence is not None
    assert question.silence.level is Level.YELLOW


def test_no_text_denies_blames_promises_or_belittles(content: Content) -> None:
    found = [
        (where, pattern)
        for where, text in flow_texts(content)
        for language, patterns in NEVER.items()
        for pattern in patterns
        if re.search(pattern, text.in_(language), re.IGNORECASE)
    ]
    assert found == []


def test_no_text_names_a_method(content: Content) -> None:
    found = [
        where for where, text in flow_texts(content) for words in text.by_language.values() if METHODS.search(words)
    ]
    assert found == []


def test_bubbles_are_short_enough_to_be_read_in_distress(content: Content) -> None:
    long = [where for where, text in flow_texts(content) for words in text.by_language.values() if len(words) > 400]
    assert long == []


def test_the_welcome_says_what_must_be_known_before_talking(content: Content) -> None:
    words = {
        language: " ".join(text.in_(language) for step in content.flows["welcome"].steps for text in step.texts)
        for language in ("id", "en")
    }
    for part in (
        "bot",
        "bukan terapis",
        "nama samaran",
        "tidak terenkripsi ujung-ke-ujung",
        "Kecuali",
        "di bawah 18",
        "/crisis",
    ):
        assert part in words["id"]
    for part in ("bot", "no therapists", "made-up name", "not end-to-end encrypted", "Except", "under 18", "/crisis"):
        assert part in words["en"]


def test_every_question_has_a_hint_or_buttons_that_need_none(content: Content) -> None:
    bare = [
        f"{flow.name}/{step.id}"
        for flow in content.flows
        for step in flow.steps
        if isinstance(step, AskStep) and step.hint is None and len(step.form.labels) != 1
    ]
    assert bare == []


def test_a_student_who_falls_silent_in_a_flow_is_not_left_in_it(content: Content) -> None:
    ours_to_end = {"welcome", "outcome"}  # an unfinished start is forgotten whole; a counselor's case has a lease
    endless = [
        f"{flow.name}/{step.id}"
        for flow in content.flows
        for step in flow.steps
        if flow.name not in ours_to_end and isinstance(step, AskStep) and step.silence is None
    ]
    assert endless == []


def test_the_topics_of_the_field_are_all_there(content: Content) -> None:
    assert set(content.topics) == {
        "study", "friends", "family", "love", "lonely", "worry", "money", "future", "grief", "self", "disaster",
        "other",
        "info",
    }  # fmt: skip


def test_no_alias_is_shared_between_roles(content: Content) -> None:
    names = [name for names in content.aliases.values() for name in names]
    assert len(names) == len(set(names))


def test_there_is_a_contact_for_a_crisis_and_one_for_the_young(content: Content) -> None:
    assert sum(contact.crisis for contact in content.contacts.values()) >= 2
    assert content.resources["minors"].contacts
