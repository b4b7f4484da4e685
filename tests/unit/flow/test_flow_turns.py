"""What a conversation does: it goes on, jumps, calls, waits, ends, and never runs without end."""

from __future__ import annotations

import pytest
from flow_stage import NOW, Play, flows_of

from bot.content.reader import node_of
from bot.flow import (
    Chosen,
    Ended,
    FindCounselor,
    FindPeer,
    Raise,
    Say,
    ShowResource,
    Troubled,
    Turn,
    Typed,
    UnknownFlow,
    Wait,
    answer,
    ask_again,
    compile_flows,
    resume,
    start,
    time_out,
)
from bot.model.level import Level

HELLO = "steps:\n  - say: {id: Halo, en: Hello}\n"
ASKING = """
steps:
  - id: mood
    ask: {id: Bagaimana, en: How}
    scale: {from: 1, to: 5, labels: [😞, 🙁, 😐, 🙂, 😄]}
    save: mood
  - when: mood <= 2
    goto: low
  - say: {id: Bagus, en: Good}
  - end:
  - id: low
    say: {id: Berat ya, en: That is heavy}
"""


def test_a_flow_says_its_texts_and_ends() -> None:
    play = Play(flows_of(main=HELLO))
    assert play.turn == Turn(None, (play.turn.effects[0], Ended({})))
    assert play.said == ["Hello"]


def test_several_texts_make_several_bubbles() -> None:
    play = Play(flows_of(main="steps:\n  - say: {id: [Satu, Dua], en: [One, Two]}\n  - say: [{id: Tiga, en: Three}]\n"))
    assert play.said == ["One", "Two", "Three"]


def test_a_question_stops_the_flow_and_names_what_its_buttons_belong_to() -> None:
    play = Play(flows_of(main=ASKING))
    assert play.ask.key == "main/mood"
    assert [(option.value, option.label.in_("id")) for option in play.ask.options][:2] == [("1", "😞"), ("2", "🙁")]
    assert play.session.question is not None


def test_the_answer_is_saved_and_the_flow_goes_on() -> None:
    play = Play(flows_of(main=ASKING))
    play.press("4")
    assert play.turn.effects[-1] == Ended({"mood": 4})
    assert play.said == ["Good"]


def test_a_condition_that_holds_jumps() -> None:
    play = Play(flows_of(main=ASKING))
    play.press("1")
    assert play.said == ["That is heavy"]


def test_a_stale_button_gets_the_present_question_again_and_changes_nothing() -> None:
    flows = flows_of(
        main="""
steps:
  - id: one
    ask: {id: Satu, en: One}
    yes-no:
    save: first
  - id: two
    ask: {id: Dua, en: Two}
    yes-no:
    save: second
  - say: {id: Ok, en: Fine}
"""
    )
    play = Play(flows)
    play.press("yes")
    before = play.session
    play.reply(Chosen("main/one", "no"))
    assert play.session == before
    assert play.ask.key == "main/two"
    assert play.value_of == {"first": "yes", "second": None}


def test_an_answer_during_a_pause_changes_nothing_and_the_pause_is_told_of_again() -> None:
    flows = flows_of(main="steps:\n  - wait: 10 minutes\n  - say: {id: Halo, en: Hello}\n")
    play = Play(flows)
    paused = Turn(play.session, (Wait(NOW + 600_000),))
    assert answer(flows, play.session, Typed("hello?"), NOW) == paused
    assert ask_again(flows, play.session, NOW) == paused
    assert time_out(flows, play.session, NOW) == paused


def test_the_question_can_be_asked_again_as_it_stands() -> None:
    play = Play(flows_of(main=ASKING))
    again = ask_again(play.flows, play.session, NOW + 5)
    assert again.session == play.session
    assert again.effects == (play.ask,)


def test_a_wait_pauses_until_its_time_and_not_before() -> None:
    flows = flows_of(main="steps:\n  - wait: 10 minutes\n  - say: {id: Halo, en: Hello}\n")
    play = Play(flows)
    until = NOW + 600_000
    assert play.turn.effects == (Wait(until),)
    assert resume(flows, play.session, until - 1) == Turn(play.session, (Wait(until),))
    after = resume(flows, play.session, until)
    assert after.session is None
    assert isinstance(after.effects[0], Say)


def test_a_session_that_does_not_wait_is_not_resumed() -> None:
    play = Play(flows_of(main=ASKING))
    assert resume(play.flows, play.session, NOW * 9) == Turn(play.session)


SILENT = """
steps:
  - id: safe
    ask: {id: Aman, en: Safe}
    yes-no:
    save: safe
    timeout: {after: 10 minutes, level: yellow, goto: silent}
  - say: {id: Ok, en: Fine}
  - end:
  - id: silent
    say: {id: Aku di sini, en: I am here}
"""


def test_silence_raises_its_level_and_goes_its_way() -> None:
    play = Play(flows_of(main=SILENT))
    assert play.ask.timeout_ms == 600_000
    turn = time_out(play.flows, play.session, NOW + 600_000)
    assert turn.effects[0] == Raise(Level.YELLOW, "main/safe=silence")
    assert turn.effects[-1] == Ended({"safe": None})


def test_silence_before_its_time_is_no_silence() -> None:
    play = Play(flows_of(main=SILENT))
    assert time_out(play.flows, play.session, NOW + 599_999) == Turn(play.session)


def test_an_unreadable_answer_is_no_silence_and_starts_the_time_anew() -> None:
    play = Play(flows_of(main=SILENT))
    play.type("mmm")
    assert time_out(play.flows, play.session, NOW + 600_000) == Turn(play.session)
    assert time_out(play.flows, play.session, NOW + 601_000).session is None


def test_a_question_without_a_timeout_waits_for_ever() -> None:
    play = Play(flows_of(main=ASKING))
    assert time_out(play.flows, play.session, NOW * 99) == Turn(play.session)


def test_silence_alone_goes_on_below() -> None:
    body = "steps:\n  - ask: {id: A, en: B}\n    yes-no:\n    timeout: 1 hour\n  - say: {id: Ok, en: Fine}\n"
    play = Play(flows_of(main=body))
    turn = time_out(play.flows, play.session, NOW + 3_600_000)
    assert [type(effect) for effect in turn.effects] == [Say, Ended]


CALLING = """
takes: [topic]
steps:
  - call: inner
    with: {about: topic}
    save: outcome
  - when: outcome == 'yes'
    goto: done
  - say: {id: Tidak, en: It was no}
  - end: outcome
  - id: done
    say: {id: Ya, en: It was yes}
  - end: outcome
"""
INNER = """
takes: [about]
steps:
  - ask: {id: "{about}?", en: "{about}?"}
    yes-no:
    save: outcome
  - say: {id: Ok, en: Fine}
  - end: outcome
"""


def test_a_called_flow_sees_only_what_it_is_handed_and_gives_back_its_result() -> None:
    play = Play(flows_of(main=CALLING, inner=INNER), topic="sleep")
    assert play.ask.text.in_("en") == "sleep?"
    assert [frame.flow for frame in play.session.frames] == ["main", "inner"]
    assert dict(play.session.frames[1].values) == {"about": "sleep", "outcome": None}
    play.press("yes")
    assert play.said == ["Fine", "It was yes"]
    assert play.turn.effects[-1] == Ended({"topic": "sleep", "outcome": "yes"}, "yes")


def test_a_call_whose_result_nobody_keeps_leaves_the_callers_names_alone() -> None:
    flows = flows_of(main="steps:\n  - set: {outcome: 7}\n  - call: inner\n    with: {about: 1}\n", inner=INNER)
    play = Play(flows)
    play.press("no")
    assert play.turn.effects[-1] == Ended({"outcome": 7})


def test_the_effects_of_a_turn_stand_in_their_order() -> None:
    body = """
takes: [topic]
steps:
  - say: {id: Satu, en: One}
  - resource: minors
  - match: {topic: topic, hard: "3 + 4"}
  - id: help
    escalate: red
"""
    play = Play(flows_of(main=body), topic="study")
    assert play.turn.effects[1:] == (
        ShowResource("minors"),
        FindPeer({"topic": "study", "hard": 7}),
        FindCounselor(Level.RED, "main/help"),
        Ended({"topic": "study"}),
    )


def test_goto_end_leaves_the_flow() -> None:
    body = "steps:\n  - say: {id: A, en: A}\n  - when: 1 == 1\n    goto: end\n  - say: {id: B, en: B}\n"
    assert Play(flows_of(main=body)).said == ["A"]


def test_an_unknown_flow_is_an_error_of_ours_and_not_silence() -> None:
    with pytest.raises(UnknownFlow):
        start(flows_of(main=HELLO), "nowhere", {}, "edition", NOW)


def test_a_loop_that_the_checks_would_refuse_still_ends() -> None:
    looping = "flow: main\nabout: {id: a, en: b}\nsteps:\n  - id: again\n    set: {x: 1}\n  - goto: again\n"
    flows, faults = compile_flows({"main": node_of(looping, "flows/main.yaml")}, ("id", "en"))
    assert faults
    turn = start(flows, "main", {}, "edition", NOW)
    assert turn == Turn(None, (Troubled("main", "", "too-many-steps"), Ended({"x": 1})))


def test_a_recursion_that_the_checks_would_refuse_still_ends() -> None:
    endless = "flow: main\nabout: {id: a, en: b}\nsteps:\n  - call: main\n"
    flows, faults = compile_flows({"main": node_of(endless, "flows/main.yaml")}, ("id", "en"))
    assert faults
    assert start(flows, "main", {}, "edition", NOW).session is None


def test_an_expression_without_a_value_does_not_hold_and_is_reported() -> None:
    body = (
        "takes: [mood]\nsteps:\n  - say: {id: A, en: A}\n  - when: mood <= 2\n    goto: end\n  - say: {id: B, en: B}\n"
    )
    play = Play(flows_of(main=body), mood="low")
    assert play.said == ["A", "B"]
    assert Troubled("main", "2", "expression") in play.turn.effects


def test_an_unanswered_name_does_not_hold_and_is_no_trouble() -> None:
    body = (
        "takes: [mood]\nsteps:\n  - say: {id: A, en: A}\n  - when: mood <= 2\n    goto: end\n  - say: {id: B, en: B}\n"
    )
    play = Play(flows_of(main=body))
    assert play.said == ["A", "B"]
    assert not any(isinstance(effect, Troubled) for effect in play.turn.effects)


OTHER_QUESTION = "steps:\n  - id: other\n    ask: {id: A, en: A}\n    yes-no:\n  - say: {id: B, en: B}\n"


@pytest.mark.parametrize("body", [HELLO, OTHER_QUESTION, "steps:\n  - set: {x: 1}\n  - say: {id: A, en: A}\n"])
def test_a_conversation_whose_question_is_gone_ends_rather_than_hold_somebody(body: str) -> None:
    session = Play(flows_of(main=ASKING)).session
    other = flows_of(main=body)
    lost = Turn(None, (Troubled("main", "", "lost"), Ended({"mood": None})))
    assert answer(other, session, Typed("3"), NOW) == lost
    assert answer(other, session, Chosen("main/mood", "3"), NOW) == lost
    assert time_out(other, session, NOW) == lost
    assert ask_again(other, session, NOW) == lost


def test_a_pause_in_a_flow_that_is_gone_ends_too() -> None:
    session = Play(flows_of(main="steps:\n  - wait: 1 hour\n  - say: {id: A, en: A}\n")).session
    assert resume(flows_of(other=HELLO), session, NOW).effects[0] == Troubled("main", "", "lost")
