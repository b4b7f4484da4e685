"""Runs the conversations under flows/tests: who says what, what comes back. Anybody can read and write them.

Each is played on the real engine with a session that is stored and read again between turns, so what passes here
works in the bot. What does not come out as written is a fault with the line in the test.

    - test: Somebody who feels fine gets a small exercise
      flow: check-in
      language: id
      turns:
        - bot: "Gimana perasaanmu hari ini?"     # … stands for any words
        - person: 🙂                              # a button's label, or what somebody types
        - silence: 30 minutes                     # nobody answers, or a pause passes
        - expect: {values: {mood: 4}, level: yellow, question: safety}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.content.content import Content
from bot.content.expectations import check_expectations
from bot.content.rehearsal import Rehearsal
from bot.flow.duration import read_span
from bot.flow.reading import Fields, Reading
from bot.model.session import Value
from bot.model.source import Fault, Node


def run_conversation_tests(content: Content, nodes: Iterable[Node]) -> tuple[Fault, ...]:
    """Everything that does not go as the tests say. Each node is a file: a list of tests."""
    reading = Reading(content.languages)
    for node in nodes:
        for test in reading.listing(node, "a file of conversations"):
            _run_test(reading, content, test)
    return tuple(sorted(set(reading.faults)))


def untested_flows(content: Content, nodes: Iterable[Node]) -> tuple[str, ...]:
    """Flows that no conversation plays."""
    played = {
        str(flow.scalar)
        for node in nodes
        for test in node
        if test.mapping is not None and (flow := test.mapping.get("flow")) is not None
    }
    return tuple(sorted(flow.name for flow in content.flows if flow.name not in played))


def _run_test(reading: Reading, content: Content, node: Node) -> None:
    fields = Fields(reading, node, "a conversation")
    fields.needed_word("test")
    flow_place = fields.place_of("flow")
    flow = fields.needed_word("flow")
    language = fields.word("language", content.languages[0])
    values = _plain_values(reading, fields.take("with"))
    turns = fields.need("turns")
    fields.done()
    if language not in content.languages:
        reading.fault(node.place, f"there is no language `{language}`", f"Use one of: {', '.join(content.languages)}")
    elif flow and flow not in content.flows:
        known = ", ".join(sorted(flow.name for flow in content.flows))
        reading.fault(flow_place, f"there is no flow `{flow}`", f"Flows are: {known}")
    elif flow and turns is not None:
        rehearsal = Rehearsal(content.flows, language)
        rehearsal.begin(flow, values)
        _play(reading, rehearsal, reading.listing(turns, "`turns`"))


def _play(reading: Reading, rehearsal: Rehearsal, turns: Sequence[Node]) -> None:
    """Stops at the first turn that goes wrong: what comes after it would only confuse."""
    before = len(reading.faults)
    for turn in turns:
        mapping = reading.mapping(turn, "a turn") or {}
        if len(mapping) != 1:
            reading.fault(turn.place, "a turn does not say one thing", "Write one of: bot, person, silence, expect")
            return
        for word, node in mapping.items():
            _play_turn(reading, rehearsal, word, node)
        if len(reading.faults) > before:
            return


def _play_turn(reading: Reading, rehearsal: Rehearsal, word: str, node: Node) -> None:
    if word == "bot":
        _expect_words(reading, rehearsal, node)
    elif word == "person":
        if not node.is_scalar or node.scalar is None:
            reading.fault(node.place, "the person says nothing", "Write the words behind the colon, or use `silence`")
        elif not rehearsal.answer(str(node.scalar)):
            reading.fault(node.place, "nobody asked the person anything here", "The flow has ended, or waits")
    elif word == "silence":
        rehearsal.let_pass(read_span(reading, node, "`silence`"))
    elif word == "expect":
        check_expectations(reading, rehearsal, node)
    else:
        reading.fault(node.place, f"a turn does not know `{word}`", "Write one of: bot, person, silence, expect")


def _expect_words(reading: Reading, rehearsal: Rehearsal, node: Node) -> None:
    for part in node if node.items is not None else (node,):
        words = reading.word(part, "what the bot says")
        heard = rehearsal.unheard
        if words and not rehearsal.hear(words):
            said = " / ".join(repr(text) for text in heard) or "nothing more"
            reading.fault(part.place, f"the bot does not say {words!r}", f"It says {said}")


def _plain_values(reading: Reading, node: Node | None) -> Mapping[str, Value]:
    if node is None:
        return {}
    return {name: part.scalar for name, part in (reading.mapping(node, "`with`") or {}).items()}
