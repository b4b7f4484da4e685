"""What a turn of a conversation wants done, as plain data. The engine does nothing itself; handlers act on these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from bot.model.event import Milliseconds
from bot.model.level import Level
from bot.model.session import Session, Value
from bot.model.text import Text


class Say(msgspec.Struct, frozen=True, tag=True):
    """Texts to show, one bubble each."""

    texts: tuple[Text, ...]


class Option(msgspec.Struct, frozen=True):
    """A button under a question. `ticked`: chosen so far, in a question that takes several."""

    value: str
    label: Text
    ticked: bool = False


class Ask(msgspec.Struct, frozen=True, tag=True):
    """A question to show, with its buttons."""

    flow: str
    step: str
    kind: str
    """The word of the question: `choice`, `many`, `scale`, `yes-no`, `number`, `text`, `date`."""
    text: Text
    options: tuple[Option, ...] = ()
    columns: int = 1
    timeout_ms: int = 0
    """When to call `time_out`, counted from now; 0 for never."""
    may_type: bool = False
    """The answer is written, not chosen."""
    hint: bool = False
    """The answer could not be read; the text is the step's hint if it has one, else the question again."""
    update: bool = False
    """Only the ticks changed: the question that is shown already may be edited."""

    @property
    def key(self) -> str:
        """What a button of this question belongs to: `flow/step`."""
        return question_key(self.flow, self.step)


class Raise(msgspec.Struct, frozen=True, tag=True):
    """An answer that asks for attention. `why` is `flow/step=answer`, never what somebody wrote."""

    level: Level
    why: str


class FindPeer(msgspec.Struct, frozen=True, tag=True):
    """Find a peer supporter; `values` is what the flow hands along, such as the topic."""

    values: Mapping[str, Value]


class FindCounselor(msgspec.Struct, frozen=True, tag=True):
    """Bring in a counselor. `why` is `flow/step`."""

    level: Level
    why: str


class ShowResource(msgspec.Struct, frozen=True, tag=True):
    """Show an entry of the resources."""

    key: str


class Unread(msgspec.Struct, frozen=True, tag=True):
    """What somebody wrote was no answer, and was not asked for again: the question counts as skipped."""


class Wait(msgspec.Struct, frozen=True, tag=True):
    """The conversation pauses: call `resume` at `until`."""

    until: Milliseconds


class Troubled(msgspec.Struct, frozen=True, tag=True):
    """Something in the flow did not work and was passed over. For the log and the metrics, never for the person."""

    flow: str
    step: str
    what: str
    """`expression`, `too-many-steps`, or `lost` where the flow is not what it was when the conversation began."""


class Ended(msgspec.Struct, frozen=True, tag=True):
    """The conversation is over. `values` is all that its outermost flow remembers."""

    values: Mapping[str, Value]
    result: Value = None


Effect: TypeAlias = Say | Ask | Raise | FindPeer | FindCounselor | ShowResource | Unread | Wait | Troubled | Ended


class Turn(msgspec.Struct, frozen=True):
    """What one step of a conversation came to. `session` is None when it is over."""

    session: Session | None
    effects: tuple[Effect, ...] = ()


class Chosen(msgspec.Struct, frozen=True, tag=True):
    """The person pressed a button. `step_key` is the question that it hung under, `flow/step`."""

    step_key: str
    value: str


class Typed(msgspec.Struct, frozen=True, tag=True):
    """The person wrote."""

    text: str


Reply: TypeAlias = Chosen | Typed


def question_key(flow: str, step: str) -> str:
    return f"{flow}/{step}"
