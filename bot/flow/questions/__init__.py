"""The forms of answer that a question can ask for, by the key that stands for them in YAML."""

from __future__ import annotations

from bot.flow.questions.choice import Choice, YesNo
from bot.flow.questions.form import Form
from bot.flow.questions.many import Many
from bot.flow.questions.scale import Scale
from bot.flow.questions.written import Day, Number, Words

FORMS: dict[str, type[Form]] = {form.word: form for form in (Choice, Many, Scale, YesNo, Number, Words, Day)}
