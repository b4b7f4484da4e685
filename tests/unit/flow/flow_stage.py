"""A stage for flow tests: flows from a few lines of YAML, and what the engine says of them."""

from __future__ import annotations

import msgspec

from bot.content.reader import node_of
from bot.flow import (
    Ask,
    Chosen,
    Flows,
    OptionList,
    Reply,
    Say,
    Turn,
    Typed,
    answer,
    compile_flows,
    start,
)
from bot.model.session import Session, Value
from bot.model.text import Text

NOW = 1_000_000
LANGUAGES = ("id", "en")


def text(id_: str, en: str) -> Text:
    return Text({"id": id_, "en": en})


LISTS = {
    "topics": OptionList("topics", {"study": text("📚 Kuliah", "📚 Study"), "info": text("ℹ️ Info", "ℹ️ Info")}),
    "yes-no": OptionList("yes-no", {"yes": text("Ya", "Yes"), "no": text("Tidak", "No")}),
}


def flows_of(**bodies: str) -> Flows:
    """Flows by name; each body is what stands below the `about`. They must be without fault."""
    nodes = {
        name.replace("_", "-"): node_of(
            f"flow: {name.replace('_', '-')}\nabout: {{id: Contoh, en: An example}}\n{body}", f"flows/{name}.yaml"
        )
        for name, body in bodies.items()
    }
    flows, faults = compile_flows(nodes, LANGUAGES, LISTS, ("minors",))
    assert [str(fault) for fault in faults] == []
    return flows


class Play:
    """One conversation. The session is stored and read again at every turn, as the bot does it."""

    def __init__(self, flows: Flows, flow: str = "main", **values: Value) -> None:
        self.flows = flows
        self.now = NOW
        self.turn = start(flows, flow, values, "edition", NOW)

    @property
    def session(self) -> Session:
        assert self.turn.session is not None
        return msgspec.json.decode(msgspec.json.encode(self.turn.session), type=Session)

    @property
    def ask(self) -> Ask:
        return next(effect for effect in self.turn.effects if isinstance(effect, Ask))

    @property
    def said(self) -> list[str]:
        """In English."""
        return [text.in_("en") for effect in self.turn.effects if isinstance(effect, Say) for text in effect.texts]

    @property
    def value_of(self) -> dict[str, Value]:
        return dict(self.session.frames[0].values)

    def reply(self, reply: Reply) -> Turn:
        self.now += 1_000
        self.turn = answer(self.flows, self.session, reply, self.now)
        return self.turn

    def press(self, value: str) -> Turn:
        question = self.session.question
        assert question is not None
        return self.reply(Chosen(f"{question.flow}/{question.step}", value))

    def type(self, words: str) -> Turn:
        return self.reply(Typed(words))
