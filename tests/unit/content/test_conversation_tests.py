"""The tests that authors write: what passes, and what they read when something does not come out as written."""

from __future__ import annotations

import pytest

from bot.content import load_sources
from bot.content.conversation_tests import run_conversation_tests, untested_flows
from bot.content.reader import node_of

FLOWS = {
    "flows/main.yaml": """
flow: main
about: {id: Contoh, en: An example}
takes: [name]
steps:
  - say: {id: ["Halo {name}", Apa kabar], en: ["Hello {name}", How are you]}
  - id: mood
    ask: {id: "Baik?", en: "Well?"}
    choice:
      yes: {id: Ya, en: "Yes"}
      no: {id: Tidak, en: "No"}
    save: mood
    level: {no: yellow}
    timeout: {after: 10 minutes, level: red}
  - wait: 1 hour
  - say: {id: Sampai nanti, en: See you}
  - end: mood
""",
    "flows/other.yaml": "flow: other\nabout: {id: A, en: B}\nsteps:\n  - say: {id: A, en: B}\n",
}
CONTENT = load_sources(FLOWS, ("id", "en"))


def said_of(turns: str, head: str = "flow: main\n  with: {name: Nur}\n  language: en") -> list[str]:
    lines = "".join(f"    {line}\n" for line in turns.strip().splitlines())
    node = node_of(f"- test: one\n  {head}\n  turns:\n{lines}", "flows/tests/one.yaml")
    return [str(fault) for fault in run_conversation_tests(CONTENT, [node])]


def test_a_conversation_that_goes_as_written_has_no_faults() -> None:
    turns = """
- bot: ["Hello Nur", "How are you", "Well?"]
- person: "no"
- expect: {level: yellow, question: "", values: {mood: "no"}, ended: false}
- silence: 1 hour
- bot: See you
- expect: {ended: true, result: "no", peer: false, counselor: "", resource: ""}
"""
    assert said_of(turns) == []


def test_dots_stand_for_any_words_and_lines_may_be_left_out() -> None:
    assert said_of('- bot: "… are …"\n- person: "Yes"') == []
    assert said_of('- bot: "Well?"\n- person: "Yes"') == []


@pytest.mark.parametrize(
    ("turns", "message"),
    [
        ('- bot: "Hello"', "6: the bot does not say 'Hello'. It says 'Hello Nur' / 'How are you' / 'Well?'"),
        ('- bot: ["How are you", "Hello Nur"]', "6: the bot does not say 'Hello Nur'. It says 'Well?'"),
        ('- bot: "…"\n- bot: "…"\n- bot: "…"\n- bot: "…"', "9: the bot does not say '…'. It says nothing more"),
        ('- person: "Yes"\n- person: "Yes"', "7: nobody asked the person anything here. The flow has ended, or waits"),
        ('- person: "No"\n- expect: {level: red}', "7: `level` should be 'red'. It is 'yellow'"),
        ('- person: "No"\n- expect: {values: {mood: "yes"}}', "7: the value of `mood` should be 'yes'. It is 'no'"),
        ("- expect: {question: other}", "6: `question` should be 'other'. It is 'mood'"),
        ("- expect: {ended: true}", "6: `ended` should be True. It is False"),
        ("- silence: 9 minutes\n- expect: {level: red}", "7: `level` should be 'red'. It is 'green'"),
        ("- expect: {mood: 1}", None),
        ("- says: 1", "6: a turn does not know `says`. Write one of: bot, person, silence, expect"),
        ("- {bot: a, person: b}", "6: a turn does not say one thing. Write one of: bot, person, silence, expect"),
        ("- silence: soon", "6: `silence` `soon` is no span of time. Write it like `10 minutes` or `2 hours`"),
        ("- person:", "6: the person says nothing. Write the words behind the colon, or use `silence`"),
    ],
)
def test_what_does_not_come_out_as_written_is_told_with_its_line(turns: str, message: str | None) -> None:
    said = said_of(turns)
    assert len(said) == 1
    assert message is None or said == [f"flows/tests/one.yaml:{message}"]


def test_silence_goes_up_in_a_test_as_it_does_in_the_bot() -> None:
    assert said_of("- silence: 10 minutes\n- expect: {level: red}") == []


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("flow: nowhere", "there is no flow `nowhere`. Flows are: main, other"),
        ("flow: main\n  language: fr", "there is no language `fr`. Use one of: id, en"),
        ("flow: main\n  lang: en", "a conversation does not know `lang`. Did you mean `language`"),
    ],
)
def test_a_test_that_names_what_is_not_there_is_told_so(head: str, message: str) -> None:
    assert any(message in said for said in said_of("- silence: 1 hour", head))


def test_a_flow_that_nobody_plays_is_known() -> None:
    node = node_of("- test: one\n  flow: main\n  turns: []\n", "flows/tests/one.yaml")
    assert untested_flows(CONTENT, [node]) == ("other",)
