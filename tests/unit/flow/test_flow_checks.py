"""What the checks let pass: sound flows of every shape are without fault. What they refuse is in the gallery."""

from __future__ import annotations

from flow_stage import LISTS, flows_of

from bot.content.reader import node_of
from bot.flow import compile_flows
from bot.flow.questions import FORMS
from bot.flow.steps import STEPS


def test_a_loop_with_a_question_and_a_way_out_is_fine() -> None:
    flows_of(
        main="""
steps:
  - id: again
    ask: {id: Lagi, en: Again}
    yes-no:
    save: again
  - when: again == 'yes'
    goto: again
  - say: {id: Ok, en: Fine}
"""
    )


def test_a_way_out_through_silence_is_a_way_out() -> None:
    flows_of(
        main="""
steps:
  - id: again
    ask: {id: Lagi, en: Again}
    yes-no:
    timeout: {after: 1 day, goto: bye}
  - goto: again
  - id: bye
    say: {id: Dah, en: Bye}
"""
    )


def test_a_flow_may_call_the_same_flow_twice() -> None:
    flows_of(main="steps:\n  - call: inner\n  - call: inner\n", inner="steps:\n  - say: {id: A, en: B}\n")


def test_steps_that_say_nothing_may_stand_between_the_last_words_and_the_end() -> None:
    flows_of(main="steps:\n  - say: {id: A, en: B}\n  - set: {x: 1}\n  - when: x == 1\n    goto: end\n  - end: x\n")


def test_a_language_more_than_the_program_has_is_no_fault() -> None:
    flows_of(main="steps:\n  - say: {id: Halo, en: Hello, jv: Halo}\n")


def test_a_program_in_one_language_asks_for_no_other() -> None:
    node = node_of("flow: main\nabout: {id: Contoh}\nsteps:\n  - say: {id: Halo}\n", "flows/main.yaml")
    assert compile_flows({"main": node}, ("id",))[1] == ()


def test_a_fault_in_one_flow_does_not_hide_those_in_another() -> None:
    broken = {
        "one": "flow: one\nabout: {id: A}\nsteps:\n  - say: {id: A, en: A}\n",
        "two": "flow: two\nabout: {id: A, en: A}\nsteps:\n  - goto: nowhere\n",
    }
    nodes = {name: node_of(text, f"flows/{name}.yaml") for name, text in broken.items()}
    _, faults = compile_flows(nodes, ("id", "en"), LISTS)
    assert [fault.place.file for fault in faults] == ["flows/one.yaml", "flows/two.yaml"]


def test_a_name_saved_in_two_questions_holds_the_answers_of_both() -> None:
    flows_of(
        main="""
steps:
  - ask: {id: A, en: A}
    choice: topics
    save: it
  - ask: {id: B, en: B}
    yes-no:
    save: it
  - say: {id: Ok, en: Fine}
  - when: it == 'study'
    goto: end
  - when: it == 'no'
    goto: end
  - say: {id: Ok, en: Fine}
"""
    )


def test_every_kind_of_step_and_of_question_of_the_design_is_there() -> None:
    assert list(STEPS) == ["say", "ask", "set", "when", "goto", "call", "wait", "match", "escalate", "resource", "end"]
    assert list(FORMS) == ["choice", "many", "scale", "yes-no", "number", "text", "date"]
