"""Runs a conversation: a session and what happened go in, the next session and what to do come out.

Pure: the time is an argument, and nothing is done here; see `bot.flow.effects`. A turn runs steps until one waits for
the person or for the time, or until the outermost flow is over.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from bot.flow.effects import Chosen, Effect, Ended, Reply, Troubled, Turn, Wait, question_key
from bot.flow.flow import Flow, Flows
from bot.flow.step import Back, Into, Next, Open, Outcome, Pause, Scene, Step, To
from bot.flow.steps.ask import AskStep
from bot.model.event import Milliseconds
from bot.model.session import Frame, Question, Session, Value

MOST_STEPS = 200
"""Steps in one turn. The checks find loops without a question; this ends what they missed."""


def start(flows: Flows, name: str, values: Mapping[str, Value], edition: str, now: Milliseconds) -> Turn:
    """Begins a conversation. Raises UnknownFlow."""
    run = _Run(flows, Session(edition=edition, frames=()), now)
    run.enter(name, values, save="")
    return run.on()


def answer(flows: Flows, session: Session, reply: Reply, now: Milliseconds) -> Turn:
    """The person answered. A stale button gets the present question again; while the flow waits, nothing happens."""
    if not _fits(flows, session):
        return _lost(session)
    run = _Run(flows, session, now)
    asked = run.open_question()
    if asked is None:
        return _as_it_was(session)
    step, question = asked
    if isinstance(reply, Chosen) and reply.step_key != question_key(question.flow, question.step):
        return ask_again(flows, session, now)
    return run.on(step.answered(run.scene(step), question, reply))


def time_out(flows: Flows, session: Session, now: Milliseconds) -> Turn:
    """Nobody answered. Does nothing when the open question has more time, or none is open."""
    if not _fits(flows, session):
        return _lost(session)
    run = _Run(flows, session, now)
    asked = run.open_question()
    if asked is None:
        return _as_it_was(session)
    step, question = asked
    if step.silence is None or now < question.asked_at + step.silence.after_ms:
        return _as_it_was(session)
    return run.on(step.left_open(run.scene(step)))


def resume(flows: Flows, session: Session, now: Milliseconds) -> Turn:
    """Goes on after a `wait`. Does nothing when it is too early, or nothing waits."""
    if not _fits(flows, session):
        return _lost(session)
    if not session.wait_until or now < session.wait_until:
        return _as_it_was(session)
    return _Run(flows, session, now).on(Outcome(Next()))


def ask_again(flows: Flows, session: Session, now: Milliseconds) -> Turn:
    """The present question once more: after an interruption, or for a stale button."""
    if not _fits(flows, session):
        return _lost(session)
    run = _Run(flows, session, now)
    asked = run.open_question()
    if asked is None:
        return _as_it_was(session)
    step, question = asked
    return Turn(session, (step.shown(run.scene(step), question),))


def _fits(flows: Flows, session: Session) -> bool:
    """Whether the session's flows and its open question are still there; they are in the edition that it began with."""
    if any(frame.flow not in flows or frame.step > len(flows[frame.flow].steps) for frame in session.frames):
        return False
    if session.question is None:
        return True
    top = session.frames[-1]
    step = next(iter(flows[top.flow].steps[top.step : top.step + 1]), None)
    return isinstance(step, AskStep) and (top.flow, step.id) == (session.question.flow, session.question.step)


def _lost(session: Session) -> Turn:
    """Content that the conversation needs is gone: it ends, rather than hold somebody for ever."""
    frame = session.frames[0]
    return Turn(None, (Troubled(frame.flow, "", "lost"), Ended(frame.values)))


def _as_it_was(session: Session) -> Turn:
    """Nothing happened. A pause is told of again: whoever acts on turns may have stopped its timer."""
    return Turn(session, (Wait(session.wait_until),) if session.wait_until else ())


class _Run:
    """One turn. Holds what changes while steps run; nothing of it outlives the turn."""

    def __init__(self, flows: Flows, session: Session, now: Milliseconds) -> None:
        self._flows = flows
        self._session = session
        self._now = now
        self._frames = list(session.frames)
        self._effects: list[Effect] = []

    def open_question(self) -> tuple[AskStep, Question] | None:
        question = self._session.question
        if question is None:
            return None
        step = self._step()
        return (step, question) if isinstance(step, AskStep) else None

    def scene(self, step: Step) -> Scene:
        frame = self._frames[-1]
        return Scene(frame.flow, step.id, frame.values, self._flow().labels, self._now)

    def enter(self, name: str, values: Mapping[str, Value], save: str) -> None:
        flow = self._flows[name]
        self._frames.append(Frame(flow=name, step=0, values=flow.beginning(values), save=save))

    def on(self, outcome: Outcome | None = None) -> Turn:
        """Applies an outcome of the present step, if any, and runs on from there."""
        turn = None if outcome is None else self._apply(outcome)
        for _ in range(MOST_STEPS):
            if turn is not None:
                return turn
            turn = self._run_step()
        if turn is not None:
            return turn
        frame = self._frames[0]
        self._effects.append(Troubled(frame.flow, "", "too-many-steps"))
        return self._ended(frame.values, None)

    def _run_step(self) -> Turn | None:
        step = self._step()
        if step is None:
            return self._apply(Outcome(Back()))
        scene = self.scene(step)
        outcome = step.run(scene)
        if scene.failed:
            self._effects.append(Troubled(scene.flow, step.id, "expression"))
        return self._apply(outcome)

    def _apply(self, outcome: Outcome) -> Turn | None:
        """The turn if it ends here; None to go on."""
        self._effects.extend(outcome.effects)
        frame = self._frames[-1]
        frame = self._frames[-1] = replace(frame, values={**frame.values, **outcome.values})
        match outcome.move:
            case Next():
                self._move_to(frame.step + 1)
            case To(step):
                self._move_to(self._flow().index_of(step))
            case Into(flow, values, save):
                self._move_to(frame.step + 1)
                self.enter(flow, values, save)
            case Back(result):
                return self._leave(result)
            case Open(question):
                return self._stopped(question=question)
            case Pause(until):
                return self._stopped(wait_until=until)
        return None

    def _leave(self, result: Value) -> Turn | None:
        left = self._frames.pop()
        if not self._frames:
            return self._ended(left.values, result)
        if left.save:
            caller = self._frames[-1]
            self._frames[-1] = replace(caller, values={**caller.values, left.save: result})
        return None

    def _stopped(self, question: Question | None = None, wait_until: Milliseconds = 0) -> Turn:
        session = Session(self._session.edition, tuple(self._frames), question, wait_until)
        return Turn(session, tuple(self._effects))

    def _ended(self, values: Mapping[str, Value], result: Value) -> Turn:
        return Turn(None, (*self._effects, Ended(values, result)))

    def _move_to(self, index: int) -> None:
        self._frames[-1] = replace(self._frames[-1], step=index)

    def _flow(self) -> Flow:
        return self._flows[self._frames[-1].flow]

    def _step(self) -> Step | None:
        """The present step; None behind the last one."""
        steps = self._flow().steps
        index = self._frames[-1].step
        return steps[index] if index < len(steps) else None
