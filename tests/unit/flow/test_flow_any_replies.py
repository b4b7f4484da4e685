"""Whatever people send, a conversation neither fails nor hangs, and its session survives being stored."""

from __future__ import annotations

import msgspec
from flow_stage import NOW, Play, flows_of
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flow import Chosen, Ended, Reply, Typed, answer, ask_again, resume, start, time_out
from bot.model.session import Session

EVERYTHING = """
steps:
  - id: top
    ask: {id: "A {many}", en: "A {many}"}
    choice: topics
    save: topic
    level: {info: yellow}
  - ask: {id: B, en: B}
    scale: {from: 0, to: 10}
    save: weight
    skip: {id: Lewati, en: Skip}
  - ask: {id: C, en: C}
    many: topics
    done: {id: Selesai, en: Done}
    save: many
    timeout: {after: 5 minutes, level: red, goto: last}
  - ask: {id: D, en: D}
    number: {from: 0, to: 9}
    save: number
    skip: {id: Lewati, en: Skip}
  - ask: {id: E, en: E}
    date:
    save: day
    skip: {id: Lewati, en: Skip}
  - call: inner
    with: {word: many}
    save: outcome
  - wait: 1 minute
  - when: weight > number
    goto: top
  - id: last
    ask: {id: F, en: F}
    text:
    save: words
  - say: {id: "{words}{number}{day}", en: "{words}{number}{day}"}
"""
INNER = """
takes: [word]
steps:
  - ask: {id: "{word}", en: "{word}"}
    yes-no:
    save: word
  - say: {id: Ok, en: Fine}
  - end: word
"""
FLOWS = flows_of(main=EVERYTHING, inner=INNER)
VALUES = ["study", "info", "done", "skip", "yes", "no", "3", "10", "", "nonsense"]
REPLIES: st.SearchStrategy[str | Reply] = st.one_of(
    st.sampled_from(["press", "silence", "wait", "again"]),
    st.sampled_from([*VALUES, "21-11-2026", "Kuliah", "Ya", "Lewati", "Selesai"]).map(Typed),
    st.text(max_size=40).map(Typed),
    st.builds(Chosen, st.sampled_from(["main/top", "main/2", "inner/1", "gone/1"]), st.sampled_from(VALUES)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(REPLIES, st.sampled_from(VALUES)), max_size=25))
def test_no_sequence_of_replies_breaks_a_conversation(replies: list[tuple[str | Reply, str]]) -> None:
    now = NOW
    turn = start(FLOWS, "main", {}, "edition", now)
    for reply, value in replies:
        if turn.session is None:
            assert isinstance(turn.effects[-1], Ended)
            return
        session = msgspec.json.decode(msgspec.json.encode(turn.session), type=Session)
        assert session == turn.session
        assert (session.question is None) == bool(session.wait_until)
        now += 1_000
        if reply == "silence":
            now += 300_000
            turn = time_out(FLOWS, session, now)
        elif reply == "wait":
            now += 60_000
            turn = resume(FLOWS, session, now)
        elif reply == "again":
            turn = ask_again(FLOWS, session, now)
            assert turn.session == session
        elif reply == "press":
            question = session.question
            key = "gone/1" if question is None else f"{question.flow}/{question.step}"
            turn = answer(FLOWS, session, Chosen(key, value), now)
        elif not isinstance(reply, str):
            turn = answer(FLOWS, session, reply, now)


def test_the_same_turn_from_the_same_session_is_the_same() -> None:
    play = Play(FLOWS)
    assert answer(FLOWS, play.session, Typed("kuliah"), NOW) == answer(FLOWS, play.session, Typed("kuliah"), NOW)
