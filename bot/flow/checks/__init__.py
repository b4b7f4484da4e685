"""What is wrong with flows that could be read: found before a student finds it."""

from __future__ import annotations

from bot.flow.checks.calls import check_calls
from bot.flow.checks.names import check_names
from bot.flow.checks.paths import check_paths
from bot.flow.flow import Flows
from bot.model.source import Fault


def check_flows(flows: Flows) -> tuple[Fault, ...]:
    """All faults of all flows."""
    faults: list[Fault] = []
    for flow in flows:
        faults.extend(check_names(flow))
        faults.extend(check_paths(flow))
    faults.extend(check_calls(flows))
    return tuple(faults)
