"""Loads the content: files to nodes, nodes to parts, all faults of all files at once.

Content with a single fault is not loaded, so what ran before keeps running.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from bot.content.aliases import read_aliases
from bot.content.contacts import old_contacts, read_contacts
from bot.content.content import Content
from bot.content.lists import read_lists
from bot.content.reader import read_yaml
from bot.content.resources import Resource, read_resources
from bot.content.sentences import read_sentences
from bot.content.sources import edition_of, sources
from bot.content.topics import TOPICS, Topic, read_topics, topic_list
from bot.flow import Flows, compile_flows
from bot.flow.reading import Reading
from bot.model.source import Fault, FaultyContent, Node, Place
from bot.screening import compile_lists

SENTENCES = "sentences"
SCREENING = "screening"
_PARTS = ("topics.yaml", "contacts.yaml", "aliases.yaml", "lists.yaml", "resources.yaml")
_NEEDED = ("topics.yaml", "contacts.yaml", "aliases.yaml", SENTENCES, SCREENING)


@dataclass(slots=True)
class _Nodes:
    """The files, sorted by what they are."""

    parts: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, Node] = field(default_factory=dict)
    sentences: list[Node] = field(default_factory=list)
    screening: dict[str, Node] = field(default_factory=dict)


def load(folder: Path, languages: Sequence[str], today: date | None = None) -> Content:
    """The content of a folder. Raises FaultyContent with everything that is wrong."""
    return load_sources(sources(folder), languages, today, whole=folder.name)


def load_sources(
    files: Mapping[str, str], languages: Sequence[str], today: date | None = None, *, whole: str = ""
) -> Content:
    """The same from texts by name, as `sources` gave them. Parts whose file is not there are empty, unless `whole`
    names the folder in which everything that the bot needs must stand.

    Raises FaultyContent with everything that is wrong.
    """
    reading = Reading(tuple(languages))
    nodes = _sorted_nodes(reading, files)
    contacts_node = nodes.parts.get("contacts.yaml")
    contacts = read_contacts(reading, contacts_node)
    topics = read_topics(reading, nodes.parts.get("topics.yaml"))
    resources = read_resources(reading, nodes.parts.get("resources.yaml"), contacts)
    lists = {TOPICS: topic_list(topics), **read_lists(reading, nodes.parts.get("lists.yaml"))}
    flows, flow_faults = compile_flows(nodes.flows, reading.languages, lists, resources)
    screening, screening_faults = compile_lists(nodes.screening)
    reading.faults.extend((*flow_faults, *screening_faults))
    _check_topics(reading, topics, flows, resources, nodes.parts.get("topics.yaml"))
    today = today or datetime.now(tz=UTC).date()
    content = Content(
        edition=edition_of(files),
        languages=tuple(languages),
        flows=flows,
        sentences=read_sentences(reading, nodes.sentences),
        contacts=contacts,
        topics=topics,
        aliases=read_aliases(reading, nodes.parts.get("aliases.yaml")),
        resources=resources,
        screening=screening,
        warnings=() if contacts_node is None else tuple(old_contacts(contacts, contacts_node, today)),
    )
    missing = _missing(whole, files) if whole else ()
    if reading.faults or missing:
        raise FaultyContent((*missing, *sorted(set(reading.faults))))
    return content


def _missing(folder: str, files: Mapping[str, str]) -> tuple[Fault, ...]:
    paths = [f"{folder}/{needed}" for needed in _NEEDED]
    return tuple(
        Fault(Place(path, 1), "it is not there, and the bot cannot do without it", "Write it")
        for path in paths
        if not any(name == path or name.startswith(f"{path}/") for name in files)
    )


def _sorted_nodes(reading: Reading, files: Mapping[str, str]) -> _Nodes:
    nodes = _Nodes()
    for name in sorted(files):
        node, faults = read_yaml(files[name], name)
        reading.faults.extend(faults)
        if node is None:
            continue
        folder, _, rest = name.partition("/")[2].rpartition("/")
        stem = rest.removesuffix(".yaml")
        if folder == SENTENCES:
            nodes.sentences.append(node)
        elif folder == SCREENING:
            nodes.screening[stem] = node
        elif folder:
            reading.fault(Place(name, 1), f"content has no folder `{folder}`", f"Use {SENTENCES} or {SCREENING}")
        elif rest in _PARTS:
            nodes.parts[rest] = node
        else:
            nodes.flows[stem] = node
    return nodes


def _check_topics(
    reading: Reading, topics: Mapping[str, Topic], flows: Flows, resources: Mapping[str, Resource], node: Node | None
) -> None:
    for topic in topics.values():
        place = Place("", 0) if node is None else node.place_of(topic.key)
        if topic.self_help and topic.self_help not in flows:
            known = ", ".join(sorted(flow.name for flow in flows)) or "none yet"
            reading.fault(
                place,
                f"the topic `{topic.key}` names a flow `{topic.self_help}` that is not there",
                f"Flows are: {known}",
            )
        if topic.resource and topic.resource not in resources:
            known = ", ".join(sorted(resources)) or "none yet"
            reading.fault(
                place,
                f"the topic `{topic.key}` names a resource `{topic.resource}` that is not there",
                f"Resources are: {known}",
            )
