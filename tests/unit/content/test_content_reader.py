"""YAML as people mean it: words stay words, every value knows its line, and tricks are refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.reader import LARGEST, node_of, read_yaml
from bot.model.source import FaultyContent, Node, Place, Scalar


def scalars(text: str) -> dict[str, Scalar]:
    return {key: node.scalar for key, node in (node_of(text, "a.yaml").mapping or {}).items()}


def test_words_that_yaml_takes_for_booleans_stay_words_as_keys() -> None:
    node = node_of("no: {id: Tidak}\nyes: {id: Ya}\non: 1\noff: 2\ny: 3\nnull: 4\n1: 5\n", "a.yaml")
    assert list(node.mapping or {}) == ["no", "yes", "on", "off", "y", "null", "1"]


def test_words_that_yaml_takes_for_booleans_stay_words_as_values() -> None:
    assert scalars("a: no\nb: yes\nc: on\nd: Off\ne: y\nf: NO") == dict(
        zip("abcdef", ["no", "yes", "on", "Off", "y", "NO"], strict=True)
    )


def test_plain_values_are_what_they_look_like() -> None:
    assert scalars("a: true\nb: false\nc: null\nd: ~\ne:\nf: 12\ng: -3\nh: 2.5\ni: 0") == {
        "a": True, "b": False, "c": None, "d": None, "e": None, "f": 12, "g": -3, "h": 2.5, "i": 0,
    }  # fmt: skip


def test_telephone_numbers_dates_and_times_stay_texts() -> None:
    assert scalars("a: 0811\nb: +62811\nc: 2026-11-21\nd: 12:30\ne: 0x1F\nf: 1_000\ng: 1e5\nh: .5") == {
        "a": "0811", "b": "+62811", "c": "2026-11-21", "d": "12:30", "e": "0x1F", "f": "1_000", "g": "1e5", "h": ".5",
    }  # fmt: skip


def test_what_stands_in_quotes_or_in_a_block_is_a_text() -> None:
    assert scalars('a: "12"\nb: \'true\'\nc: ""\nd: |-\n  5\n') == {"a": "12", "b": "true", "c": "", "d": "5"}


def test_every_value_and_every_key_knows_its_line() -> None:
    node = node_of("# a comment\nfirst:\n  - one\n  - {two: 2}\n\nsecond: x\n", "flows/a.yaml")
    mapping = node.mapping or {}
    assert node.place_of("second") == Place("flows/a.yaml", 6)
    lines = [part.place.line for part in mapping["first"]]
    assert lines == [3, 4]
    assert mapping["second"].place == Place("flows/a.yaml", 6)


def test_a_file_of_faults_has_no_value() -> None:
    with pytest.raises(FaultyContent) as trouble:
        node_of("a: [", "flows/a.yaml")
    assert [fault.place for fault in trouble.value.faults] == [Place("flows/a.yaml", 1)]


def test_a_huge_file_is_not_even_parsed() -> None:
    node, faults = read_yaml("a: b\n" * LARGEST, "flows/a.yaml")
    assert node is None
    assert len(faults) == 1


def test_a_deep_file_does_not_exhaust_the_stack() -> None:
    _, faults = read_yaml("[" * 5_000 + "]" * 5_000, "flows/a.yaml")
    assert [fault.message for fault in faults] == ["this is nested deeper than 40 levels"]


def test_a_bomb_of_aliases_does_not_go_off() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    node, faults = read_yaml("\n".join(lines), "flows/a.yaml")
    assert node is not None
    assert faults


def depth_of(node: Node) -> int:
    inside = list((node.mapping or {}).values()) or list(node)
    return 1 + max((depth_of(part) for part in inside), default=0)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"#,? \n\t%@`~<=é"), max_size=60))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    node, faults = read_yaml(text, "flows/a.yaml")
    assert node is not None or faults
    assert node is None or depth_of(node) < 60
    assert all(fault.place.file == "flows/a.yaml" and fault.place.line >= 1 for fault in faults)
