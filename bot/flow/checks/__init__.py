"""What is wrong with flows that could be read: found before a student finds it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.flow.checks.calls import check_calls
from bot.flow.checks.names import check_names
from bot.flow.checks.paths import check_paths
from bot.flow.flow import Flow, Flows
from bot.model.source import Fault


def check_flows(flows: Flows, checked: Iterable[Flow]) -> tuple[Fault, ...]:
    """All faults of those flows that are to be checked; the others are there to be called."""
    faults: list[Fault] = []
    for flow in checked:
        faults.extend(check_names(flow))
        faults.extend(check_paths(flow))
        faults.extend(check_calls(flows, flow))
    return tuple(faults)
