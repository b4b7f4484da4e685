"""Draws a flow as a Mermaid flowchart, so that people who do not read YAML can see its ways."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flow.flow import Flow
from bot.flow.step import END, Step
from bot.flow.steps.ask import AskStep
from bot.flow.steps.call import CallStep
from bot.flow.steps.escalate import EscalateStep
from bot.flow.steps.resource import ResourceStep
from bot.flow.steps.when import WhenStep
from bot.model.text import Language

LONGEST_LABEL = 60
"""Boxes with more text than that hide the picture."""
_SHAPES = {
    "ask": ("([", "])"),
    "when": ("{", "}"),
    "match": ("[[", "]]"),
    "escalate": ("[[", "]]"),
    "call": ("[[", "]]"),
}
_UNSAFE = str.maketrans({'"': "'", "\n": " ", "<": "‹", ">": "›", "#": "＃", "`": "'"})


def draw(flow: Flow, language: Language = "en") -> str:
    """A Mermaid flowchart, top down; paste it into any Mermaid viewer."""
    lines = ["flowchart TD", f'  start(("{_safe(flow.name)}")) --> s0']
    for number, step in enumerate(flow.steps):
        before, after = _SHAPES.get(step.word, ("[", "]"))
        lines.append(f'  s{number}{before}"{_safe(_label(step, language))}"{after}')
        lines.extend(f"  s{number} {arrow} {_node(flow, target)}" for arrow, target in _arrows(flow, number, step))
    lines.append('  out(("over"))')
    return "\n".join(lines) + "\n"


def _arrows(flow: Flow, number: int, step: Step) -> Iterator[tuple[str, int]]:
    for target, _ in step.targets:
        label = {"when": "yes", "ask": "no answer"}.get(step.word)
        yield f"-- {label} -->" if label else "-->", flow.index_of(target)
    if step.goes_on:
        yield "-- no -->" if isinstance(step, WhenStep) else "-->", number + 1
    elif not step.targets:
        yield "-->", flow.index_of(END)


def _node(flow: Flow, index: int) -> str:
    return "out" if index >= len(flow.steps) else f"s{index}"


def _label(step: Step, language: Language) -> str:
    match step:
        case AskStep():
            levels = ", ".join(f"{answer}: {level.word}" for answer, level in step.levels.items())
            return _short(step.text.in_(language)) + (f" ({levels})" if levels else "")
        case WhenStep():
            return _short(step.condition.text)
        case CallStep():
            return f"call {step.flow}"
        case EscalateStep():
            return f"counselor: {step.level.word}"
        case ResourceStep():
            return f"resource {step.key}"
        case _:
            words = step.texts[0].in_(language) if step.texts else ""
            return _short(f"{step.word}: {words}") if words else step.word


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_LABEL else flat[: LONGEST_LABEL - 1] + "…"


def _safe(text: str) -> str:
    return text.translate(_UNSAFE)
