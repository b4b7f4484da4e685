"""The flow that authors copy from their page is sound, shows every kind of step and question, and plays as it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import DOCS, PROJECT, blocks

from bot.content import Content
from bot.content.conversation_tests import run_conversation_tests, untested_flows
from bot.content.loading import load_sources
from bot.content.reader import read_yaml
from bot.content.sources import sources
from bot.flow.questions import FORMS
from bot.flow.steps import STEPS
from bot.flow.steps.ask import AskStep
from bot.model.source import Node

LANGUAGES = ("id", "en")
NAME = "exam-week"
FLOW, CONVERSATIONS = blocks(DOCS / "authors.md", "yaml")


@pytest.fixture(scope="module")
def content() -> Content:
    """The program's content with the example beside it. The word lists are left out: nothing here needs them."""
    flows: Path = PROJECT / "flows"
    files = {name: text for name, text in sources(flows).items() if "/screening/" not in name}
    return load_sources({**files, f"flows/{NAME}.yaml": FLOW}, LANGUAGES)


@pytest.fixture(scope="module")
def conversations() -> Node:
    node, faults = read_yaml(CONVERSATIONS, f"flows/tests/{NAME}.yaml")
    assert faults == ()
    assert node is not None
    return node


def test_the_example_plays_as_its_conversations_say(content: Content, conversations: Node) -> None:
    assert [str(fault) for fault in run_conversation_tests(content, [conversations])] == []
    assert NAME not in untested_flows(content, [conversations])


def test_the_examples_conversations_would_notice_another_answer(content: Content) -> None:
    other, _ = read_yaml(CONVERSATIONS.replace("counselor: emergency", "counselor: red"), "flows/tests/other.yaml")
    assert other is not None
    assert [fault.message for fault in run_conversation_tests(content, [other])] == ["`counselor` should be 'red'"]


def test_the_example_shows_every_kind_of_step_and_question(content: Content) -> None:
    steps = content.flows[NAME].steps
    assert {step.word for step in steps} == set(STEPS)
    assert {step.form.word for step in steps if isinstance(step, AskStep)} == set(FORMS)


def test_the_page_explains_every_kind_of_step_and_question() -> None:
    page = (DOCS / "authors.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    missing = [
        word for word in (*STEPS, *FORMS) if word != "ask" and not any(row.startswith(f"| `{word}:") for row in rows)
    ]
    assert missing == []
