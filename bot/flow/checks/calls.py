"""Calls of flows that do not exist, that never come back, or that hand over the wrong values."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flow.flow import Flow, Flows
from bot.flow.steps.call import CallStep
from bot.model.source import Fault


def check_calls(flows: Flows, flow: Flow) -> Iterator[Fault]:
    for step in flow.steps:
        if isinstance(step, CallStep):
            yield from _check_call(flows, flow.name, step)


def _check_call(flows: Flows, caller: str, step: CallStep) -> Iterator[Fault]:
    if step.flow not in flows:
        known = ", ".join(sorted(flow.name for flow in flows))
        yield Fault(step.place, f"there is no flow `{step.flow}` to call", f"Flows are: {known}")
        return
    if caller in _called_from(flows, step.flow):
        yield Fault(
            step.place,
            f"the call of `{step.flow}` leads back to `{caller}`, without end",
            "Let a flow never call itself, not even through others",
        )
    takes = flows[step.flow].takes
    for name in sorted(step.values.keys() - takes.keys()):
        known = ", ".join(sorted(takes)) or "none"
        yield Fault(step.place, f"`{step.flow}` does not take `{name}`", f"It takes: {known}")
    for name in sorted(takes.keys() - step.values.keys()):
        yield Fault(
            step.place, f"the call of `{step.flow}` does not hand over `{name}`", f"Add `with: {{{name}: ...}}`"
        )


def _called_from(flows: Flows, name: str) -> frozenset[str]:
    """The flow and everything that it calls, directly or not."""
    seen: set[str] = set()
    left = [name]
    while left:
        current = left.pop()
        if current in seen or current not in flows:
            continue
        seen.add(current)
        left.extend(step.flow for step in flows[current].steps if isinstance(step, CallStep))
    return frozenset(seen)
