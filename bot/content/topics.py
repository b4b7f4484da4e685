"""What people talk about: flows/topics.yaml, in the order in which they are offered."""

from __future__ import annotations

import re

import msgspec

from bot.flow.option_list import OptionList
from bot.flow.reading import Fields, Reading
from bot.flow.texts import LONGEST_LABEL, read_text
from bot.model.source import Node
from bot.model.text import Text

TOPICS = "topics"
"""The name of the list for questions: `choice: topics`."""
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,31}")


class Topic(msgspec.Struct, frozen=True):
    """`self_help` is a flow, `resource` an entry of the resources; either may be empty."""

    key: str
    label: Text
    self_help: str = ""
    resource: str = ""
    order: int = 0


def read_topics(reading: Reading, node: Node | None) -> dict[str, Topic]:
    """By key, in order. Whether the flows and resources exist is asked by `check_topics`."""
    if node is None:
        return {}
    topics: list[Topic] = []
    for number, (key, inside) in enumerate((reading.mapping(node, "the topics") or {}).items(), start=1):
        if not _KEY.fullmatch(key):
            reading.fault(node.place_of(key), f"`{key}` cannot be a topic's key", "Use small letters, digits, - and _")
            continue
        topic = _read_topic(reading, key, inside, number)
        if topic is not None:
            topics.append(topic)
    return {topic.key: topic for topic in sorted(topics, key=lambda topic: topic.order)}


def _read_topic(reading: Reading, key: str, node: Node, number: int) -> Topic | None:
    fields = Fields(reading, node, f"the topic `{key}`")
    label_node, order_node = fields.need("label"), fields.take("order")
    self_help, resource = fields.word("self_help"), fields.word("resource")
    fields.done()
    label = None if label_node is None else read_text(reading, label_node, "the label", LONGEST_LABEL)
    order = number if order_node is None else reading.whole_number(order_node, "`order`")
    if label is None or order is None:
        return None
    return Topic(key, label, self_help, resource, order)


def topic_list(topics: dict[str, Topic]) -> OptionList:
    return OptionList(TOPICS, {topic.key: topic.label for topic in topics.values()})
