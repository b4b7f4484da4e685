"""A drawing shows every step and every way, and no text can break it."""

from __future__ import annotations

from flow_stage import flows_of

from bot.flow import draw

BODY = """
steps:
  - id: safe
    ask: {id: "Aman?", en: 'Are you "safe" <here>?'}
    yes-no:
    save: safe
    level: {no: red}
    timeout: {after: 1 hour, goto: help}
  - when: safe == 'no'
    goto: help
  - say: {id: Sampai nanti, en: See you}
  - end:
  - id: help
    escalate: red
"""


def test_a_flow_is_drawn_with_all_its_ways() -> None:
    assert draw(flows_of(main=BODY)["main"]) == (
        "flowchart TD\n"
        '  start(("main")) --> s0\n'
        "  s0([\"Are you 'safe' ‹here›? (no: red)\"])\n"
        "  s0 -- no answer --> s4\n"
        "  s0 --> s1\n"
        "  s1{\"safe == 'no'\"}\n"
        "  s1 -- yes --> s4\n"
        "  s1 -- no --> s2\n"
        '  s2["say: See you"]\n'
        "  s2 --> s3\n"
        '  s3["end"]\n'
        "  s3 --> out\n"
        '  s4[["counselor: red"]]\n'
        "  s4 --> out\n"
        '  out(("over"))\n'
    )


def test_a_drawing_can_be_in_any_language() -> None:
    assert "Sampai nanti" in draw(flows_of(main=BODY)["main"], "id")


def test_a_long_text_is_cut_short() -> None:
    body = f"steps:\n  - say: {{id: {'kata ' * 40}, en: {'word ' * 40}}}\n"
    assert max(map(len, draw(flows_of(main=body)["main"]).splitlines())) < 80


def test_a_call_and_a_resource_are_named() -> None:
    flows = flows_of(main="steps:\n  - call: inner\n  - resource: minors\n", inner="steps:\n  - say: {id: A, en: B}\n")
    drawn = draw(flows["main"])
    assert 's0[["call inner"]]' in drawn
    assert 's1["resource minors"]' in drawn
