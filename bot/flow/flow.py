"""A conversation, checked and ready to run, and all conversations of one edition of the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.flow.kinds import ANYTHING, Kind, Sort
from bot.flow.option_list import OptionList
from bot.flow.step import END, Step
from bot.model.session import Value
from bot.model.source import Place
from bot.model.text import Text


class UnknownFlow(KeyError):
    """There is no flow of that name in this edition."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Steps in their order. `takes` are the names that whoever starts it hands in."""

    name: str
    about: Text
    place: Place
    takes: Mapping[str, Kind]
    steps: tuple[Step, ...]
    labels: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    _index: Mapping[str, int] = field(default_factory=dict)

    def index_of(self, step: str) -> int:
        """Where a step stands; the place behind the last step for `end`."""
        return len(self.steps) if step == END else self._index[step]

    @property
    def kinds(self) -> dict[str, Kind]:
        """Every name of the flow, and what it can hold."""
        kinds = dict(self.takes)
        for step in self.steps:
            for name, kind in step.saves.items():
                kinds[name] = kinds[name].merged(kind) if name in kinds else kind
        return kinds

    def beginning(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """What the flow remembers at its start: every name, so that none is ever unknown, and what was handed in."""
        return {**dict.fromkeys(self.kinds), **values}


def make_flow(
    name: str, about: Text, place: Place, takes: Mapping[str, OptionList | None], steps: tuple[Step, ...]
) -> Flow:
    """`takes` names a list where the value is one of its answers."""
    labels: dict[str, dict[str, Text]] = {}
    kinds: dict[str, Kind] = {}
    for taken, options in takes.items():
        kinds[taken] = ANYTHING
        if options is not None:
            kinds[taken] = Kind(Sort.TEXT, frozenset(options.labels))
            labels.setdefault(taken, {}).update(options.labels)
    for step in steps:
        for saved, answers in step.labels.items():
            labels.setdefault(saved, {}).update(answers)
    index = {step.id: number for number, step in reversed(list(enumerate(steps)))}
    return Flow(name, about, place, kinds, steps, labels, index)


@dataclass(frozen=True, slots=True)
class Flows:
    """The conversations of one edition, by name."""

    by_name: Mapping[str, Flow]

    def __getitem__(self, name: str) -> Flow:
        try:
            return self.by_name[name]
        except KeyError:
            raise UnknownFlow(name) from None

    def __contains__(self, name: str) -> bool:
        return name in self.by_name

    def __iter__(self) -> Iterator[Flow]:
        return iter(self.by_name.values())
