"""Ways through a flow: steps that nobody reaches, jumps to nowhere, loops, and ends that leave a person in the dark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.flow.flow import Flow
from bot.flow.step import END
from bot.model.source import Fault

OUT = -1
"""The node of the graph that stands for having left the flow."""


def check_paths(flow: Flow) -> Iterator[Fault]:
    unknown = tuple(_unknown_targets(flow))
    yield from unknown
    if unknown or not flow.steps:
        return
    graph = _graph(flow)
    reached = _reached(graph, [0])
    for number, step in enumerate(flow.steps):
        if number not in reached:
            yield Fault(step.place, f"{_name(flow, number)} is never reached", "Go to it from somewhere, or remove it")
    yield from _loops(flow, graph, reached)
    yield from _dark_ends(flow, graph, reached)


def _unknown_targets(flow: Flow) -> Iterator[Fault]:
    ids = sorted(step.id for step in flow.steps if not step.id.isdigit())
    for step in flow.steps:
        for target, place in step.targets:
            if target not in {*ids, END}:
                yield Fault(
                    place, f"there is no step `{target}` to go to", f"Steps with an id are: {', '.join([*ids, END])}"
                )


def _graph(flow: Flow) -> dict[int, tuple[int, ...]]:
    """From each step to those that may come next."""
    last = len(flow.steps)
    graph: dict[int, tuple[int, ...]] = {}
    for number, step in enumerate(flow.steps):
        leads_to = [flow.index_of(target) for target, _ in step.targets]
        if step.goes_on:
            leads_to.append(number + 1)
        if not leads_to:
            leads_to.append(last)
        graph[number] = tuple(OUT if target >= last else target for target in leads_to)
    return graph


def _reached(graph: Mapping[int, Sequence[int]], beginning: Sequence[int]) -> frozenset[int]:
    seen: set[int] = set()
    left = list(beginning)
    while left:
        current = left.pop()
        if current not in seen:
            seen.add(current)
            left.extend(graph.get(current, ()))
    return frozenset(seen)


def _loops(flow: Flow, graph: Mapping[int, Sequence[int]], reached: frozenset[int]) -> Iterator[Fault]:
    """A step from which no way leads out; or a circle in which nobody is asked and no time passes."""
    no_way_out = sorted(number for number in reached - {OUT} if OUT not in _reached(graph, [number]))
    if no_way_out:
        yield Fault(
            flow.steps[no_way_out[0]].place,
            f"from {_name(flow, no_way_out[0])} there is no way to an end",
            "Add a `when` with a `goto` that leads out of the loop",
        )
    silent = {number: graph[number] for number in reached - {OUT} if not flow.steps[number].stops}
    circling = sorted(number for number, targets in silent.items() if number in _reached(silent, targets))
    if circling:
        yield Fault(
            flow.steps[circling[0]].place,
            f"{_name(flow, circling[0])} is in a loop that asks nothing and would run without end",
            "Put an `ask` or a `wait` into the loop, or take the `goto` out",
        )


def _dark_ends(flow: Flow, graph: Mapping[int, Sequence[int]], reached: frozenset[int]) -> Iterator[Fault]:
    """Follows each way with what the person knows: nothing at first, again nothing after each question."""
    seen: set[tuple[int, bool]] = set()
    left = [(0, False)]
    dark: set[int] = set()
    while left:
        number, told = left.pop()
        if (number, told) in seen:
            continue
        seen.add((number, told))
        tells = flow.steps[number].tells
        told_after = told if tells is None else tells
        for target in graph[number]:
            if target != OUT:
                left.append((target, told_after))
            elif not told_after:
                dark.add(number)
    for number in sorted(dark & reached):
        yield Fault(
            flow.steps[number].place,
            f"the flow can end at {_name(flow, number)} without telling the person what next",
            "Put a `say`, `match`, `escalate` or `resource` right before the end",
        )


def _name(flow: Flow, number: int) -> str:
    step = flow.steps[number]
    return f"step {number + 1} (`{step.word}`)" if step.id.isdigit() else f"step `{step.id}`"
