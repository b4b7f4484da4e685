"""`ask`: a question, with how it may be answered, what an answer means, and what silence means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from bot.flow.effects import Ask, Chosen, Option, Raise, Reply, Unread, question_key
from bot.flow.kinds import Kind
from bot.flow.questions import FORMS
from bot.flow.questions.form import Answer, Form, Given, Got, Ticked
from bot.flow.questions.spoken import meant
from bot.flow.reading import Fields, Reading
from bot.flow.step import Next, Open, Outcome, Scene, Step, To
from bot.flow.steps.ask_extras import SKIP, Silence, read_levels, read_silence
from bot.flow.texts import LONGEST_LABEL, read_text
from bot.model.level import Level
from bot.model.session import Question, Value
from bot.model.source import Node, Place
from bot.model.text import Text

MOST_TRIES = 3
"""After so many answers that could not be read, a question that may be skipped is skipped."""
MOST_COLUMNS = 8
"""What fits beside each other on a phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStep(Step):
    """Asks, and saves the answer under a name."""

    word: ClassVar[str] = "ask"

    text: Text
    form: Form
    save: str
    hint: Text | None
    skip: Text | None
    """The label of a button that leaves the question unanswered."""
    levels: Mapping[str, Level]
    silence: Silence | None
    columns: int

    @classmethod
    def read(cls, fields: Fields, step_id: str, place: Place) -> Self | None:
        node = fields.need("ask")
        text = None if node is None else read_text(fields.reading, node, "the question")
        form = _read_form(fields.reading, fields, place)
        hint, skip = fields.take("hint"), fields.take(SKIP)
        levels, silence, columns = fields.take("level"), fields.take("timeout"), fields.take("columns")
        save = fields.word("save")
        hint_text = None if hint is None else read_text(fields.reading, hint, "the hint")
        skip_text = None if skip is None else read_text(fields.reading, skip, "`skip`", LONGEST_LABEL)
        if form is None:
            return None
        if skip is not None and SKIP in form.labels:
            fields.reading.fault(
                skip.place, "the question has an option `skip` and a `skip` button", "Keep one of them"
            )
        answers = (*form.labels, SKIP) if skip is not None else tuple(form.labels)
        step = cls(
            id=step_id,
            place=place,
            text=text or Text({}),
            form=form,
            save=save,
            hint=hint_text,
            skip=skip_text,
            levels={} if levels is None else read_levels(fields.reading, levels, answers),
            silence=None if silence is None else read_silence(fields.reading, silence),
            columns=form.columns if columns is None else _read_columns(fields.reading, columns),
        )
        return None if text is None else step

    @property
    def stops(self) -> bool:
        return True

    @property
    def tells(self) -> bool | None:
        return False

    @property
    def targets(self) -> tuple[tuple[str, Place], ...]:
        return () if self.silence is None or not self.silence.goto else ((self.silence.goto, self.silence.place),)

    @property
    def texts(self) -> tuple[Text, ...]:
        return tuple(text for text in (self.text, self.hint) if text is not None)

    @property
    def saves(self) -> Mapping[str, Kind]:
        return {self.save: self.form.kind} if self.save else {}

    @property
    def labels(self) -> Mapping[str, Mapping[str, Text]]:
        return {self.save: self.form.answer_labels} if self.save else {}

    def run(self, scene: Scene, /) -> Outcome:
        question = Question(flow=scene.flow, step=self.id, asked_at=scene.now)
        return Outcome(Open(question), (self.shown(scene, question),))

    def shown(self, scene: Scene, question: Question, *, hint: bool = False, update: bool = False) -> Ask:
        """The question as it is to be shown now."""
        options = self.form.options(question.chosen)
        skip = () if self.skip is None else (Option(SKIP, self.skip),)
        text = self.hint if hint and self.hint is not None else self.text
        return Ask(
            flow=scene.flow,
            step=self.id,
            kind=self.form.word,
            text=scene.filled(text),
            options=(*options, *skip),
            columns=self.columns,
            timeout_ms=0 if self.silence is None else self.silence.after_ms,
            may_type=self.form.may_type,
            hint=hint,
            update=update,
        )

    def answered(self, scene: Scene, question: Question, reply: Reply) -> Outcome:
        """What an answer comes to. Whether a button is stale was asked before."""
        if self._skips(reply):
            return self._skipped(scene)
        answer = self._understood(question, reply)
        if isinstance(answer, Got):
            return self._got(scene, answer.value, answer.answers)
        if isinstance(answer, Ticked):
            ticked = Question(question.flow, question.step, scene.now, question.tries, answer.chosen)
            return Outcome(Open(ticked), (self.shown(scene, ticked, update=True),))
        return self._not_understood(scene, question)

    def left_open(self, scene: Scene) -> Outcome:
        """Nobody answered in time. What was saved before is forgotten: silence is no answer."""
        silence = self.silence
        values: dict[str, Value] = {self.save: None} if self.save else {}
        if silence is None:
            return Outcome(Next(), values=values)
        raised = () if silence.level is None else (self._raise(scene, silence.level, "silence"),)
        return Outcome(To(silence.goto) if silence.goto else Next(), raised, values)

    def _understood(self, question: Question, reply: Reply) -> Answer:
        if isinstance(reply, Chosen):
            return self.form.choose(Given(reply.value, question.chosen))
        return self.form.understand(Given(reply.text, question.chosen))

    def _skips(self, reply: Reply) -> bool:
        if self.skip is None:
            return False
        if isinstance(reply, Chosen):
            return reply.value == SKIP
        return meant(reply.text, {SKIP: self.skip, **self.form.labels}, numbered=False) == SKIP

    def _skipped(self, scene: Scene) -> Outcome:
        """As if `skip` had been pressed: the button, or the option of that name."""
        return self._got(scene, None if self.skip is not None else SKIP, (SKIP,))

    def _got(self, scene: Scene, value: Value, answers: tuple[str, ...]) -> Outcome:
        raised = [(self.levels[answer], answer) for answer in answers if answer in self.levels]
        effects = (self._raise(scene, *max(raised)),) if raised else ()
        return Outcome(Next(), effects, {self.save: value} if self.save else {})

    def _raise(self, scene: Scene, level: Level, answer: str) -> Raise:
        return Raise(level, f"{question_key(scene.flow, self.id)}={answer}")

    def _not_understood(self, scene: Scene, question: Question) -> Outcome:
        tries = question.tries + 1
        if tries >= MOST_TRIES and (self.skip is not None or SKIP in self.form.labels):
            skipped = self._skipped(scene)
            return replace(skipped, effects=(Unread(), *skipped.effects))
        again = Question(question.flow, question.step, scene.now, tries, question.chosen)
        return Outcome(Open(again), (self.shown(scene, again, hint=True),))


def _read_form(reading: Reading, fields: Fields, place: Place) -> Form | None:
    words = [word for word in FORMS if word in fields]
    known = ", ".join(FORMS)
    if len(words) != 1:
        found = " and ".join(f"`{word}`" for word in words)
        message = f"the question has {found}" if words else "the question does not say how it is answered"
        reading.fault(place, message, f"Give it exactly one of: {known}")
        for word in words:
            fields.take(word)
        return None
    return FORMS[words[0]].read(fields)


def _read_columns(reading: Reading, node: Node) -> int:
    columns = reading.whole_number(node, "`columns`")
    if columns is not None and not 1 <= columns <= MOST_COLUMNS:
        reading.fault(node.place, f"{columns} columns do not fit", f"Use between 1 and {MOST_COLUMNS}")
    return columns or 1
