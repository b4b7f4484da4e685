"""From nodes to flows: reads every step, gathers all faults, then runs the checks on what could be read.

Takes nodes and gives flows and faults; reading files is `bot.content`'s work.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.flow.checks import check_flows
from bot.flow.flow import Flow, Flows, make_flow
from bot.flow.option_list import OptionList
from bot.flow.reading import Fields, Reading
from bot.flow.step import END, Step
from bot.flow.steps import STEPS
from bot.flow.steps.named_values import read_name
from bot.flow.texts import read_text
from bot.model.source import Fault, Node, Place
from bot.model.text import Text

_ID = re.compile(r"[a-z][a-z0-9_-]{0,31}")


def compile_flows(
    nodes: Mapping[str, Node],
    languages: Sequence[str],
    lists: Mapping[str, OptionList] | None = None,
    resources: Collection[str] = (),
) -> tuple[Flows, tuple[Fault, ...]]:
    """Flows by file stem, and everything wrong with them. Flows with faults are not fit to run.

    A file in which something could not be read is not checked further: half a flow has no sensible paths.
    """
    reading = Reading(languages, lists or {}, resources)
    flows = [flow for stem, node in nodes.items() if (flow := _read_flow(reading, stem, node)) is not None]
    found = Flows({flow.name: flow for flow in flows})
    faulty = {fault.place.file for fault in reading.faults}
    reading.faults.extend(check_flows(found, [flow for flow in flows if flow.place.file not in faulty]))
    return found, tuple(sorted(set(reading.faults)))


def _read_flow(reading: Reading, stem: str, node: Node) -> Flow | None:
    fields = Fields(reading, node, "a flow")
    name = fields.needed_word("flow")
    if name and name != stem:
        reading.fault(
            fields.place_of("flow"), f"the flow `{name}` stands in a file called `{stem}`", "Make them the same"
        )
    about_node = fields.need("about")
    about = None if about_node is None else read_text(reading, about_node, "`about`")
    takes = _read_takes(reading, fields.take("takes"))
    steps_node = fields.need("steps")
    fields.done()
    steps = () if steps_node is None else _read_steps(reading, steps_node)
    return make_flow(name, about or Text({}), node.place, takes, steps) if name else None


def _read_takes(reading: Reading, node: Node | None) -> dict[str, OptionList | None]:
    """`takes: [topic]`, or `takes: {topic: topics}` where the value is one of a list's answers."""
    if node is None:
        return {}
    if node.items is not None:
        names = [(reading.word(part, "a name in `takes`"), part.place, "") for part in node.items]
    else:
        mapping = reading.mapping(node, "`takes`") or {}
        names = [(key, node.place_of(key), reading.word(part, f"`{key}`")) for key, part in mapping.items()]
    taken: dict[str, OptionList | None] = {}
    for name, place, list_name in names:
        if list_name and list_name not in reading.lists:
            known = ", ".join(sorted(reading.lists)) or "none yet"
            reading.fault(place, f"`takes` names a list `{list_name}` that does not exist", f"Lists are: {known}")
        if name and read_name(reading, name, place):
            taken[name] = reading.lists.get(list_name)
    return taken


def _read_steps(reading: Reading, node: Node) -> tuple[Step, ...]:
    nodes = reading.listing(node, "`steps`")
    if node.items == ():
        reading.fault(node.place, "the flow has no steps", "Add at least a `say`")
    ids: dict[str, Place] = {}
    steps = [_read_step(reading, part, number, ids) for number, part in enumerate(nodes, start=1)]
    return tuple(step for step in steps if step is not None)


def _read_step(reading: Reading, node: Node, number: int, ids: dict[str, Place]) -> Step | None:
    if node.mapping is None:
        reading.fault(node.place, f"step {number} must be a mapping", "Write it as `- say: ...`, for example")
        return None
    fields = Fields(reading, node, "a step")
    step_id = _read_id(reading, fields, ids) or str(number)
    kind = _kind(reading, node, number)
    if kind is None:
        return None
    fields.what = f"a step `{kind.word}`"
    step = kind.read(fields, step_id, node.place)
    fields.done()
    if step is not None:
        _check_names(reading, step.saves, node)
    return step


def _read_id(reading: Reading, fields: Fields, ids: dict[str, Place]) -> str:
    place = fields.place_of("id")
    step_id = fields.word("id")
    if not step_id:
        return ""
    if not _ID.fullmatch(step_id) or step_id == END:
        reading.fault(place, f"`{step_id}` cannot be a step's id", "Use small letters, digits, - and _, and not `end`")
    elif step_id in ids:
        reading.fault(
            place, f"the id `{step_id}` is taken by the step in line {ids[step_id].line}", "Choose another id"
        )
    ids.setdefault(step_id, place)
    return step_id


def _kind(reading: Reading, node: Node, number: int) -> type[Step] | None:
    words = [word for word in STEPS if word in (node.mapping or {})]
    if words[:2] == ["when", "goto"]:
        words.remove("goto")
    if len(words) == 1:
        return STEPS[words[0]]
    found = " and ".join(f"`{word}`" for word in words)
    message = f"step {number} is {found} at once" if words else f"step {number} is of no known kind"
    remedy = "Split it into steps of their own" if words else f"Give it one of: {', '.join(STEPS)}"
    reading.fault(node.place, message, remedy)
    return None


def _check_names(reading: Reading, names: Iterable[str], node: Node) -> None:
    for name in names:
        read_name(reading, name, node.place_of("save"))
