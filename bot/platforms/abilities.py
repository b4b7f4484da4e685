"""What a platform can show, as its driver says it, and how a message becomes plainer where it cannot.

Pure, and the same for every driver: content and handlers never ask what a platform can do. Words are never dropped;
only what decorates them is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from bot.model.outgoing import (
    AnswerPress,
    Button,
    DeleteMessage,
    EditText,
    Keyboard,
    SendMedia,
    SendText,
    ShowMark,
    ShowTyping,
    What,
)


@dataclass(frozen=True, slots=True)
class Abilities:
    """A driver states what its platform has; what it does not state, its platform has not."""

    buttons: int = 0
    """Under one message."""
    edits: bool = False
    deletions: bool = False
    replies: bool = False
    marks: bool = False
    """Something small on a person's own message, such as a reaction."""
    typing: bool = False
    press_answers: bool = False


def plainer(what: What, abilities: Abilities) -> What | None:
    """The message as this platform can show it, unchanged where it can; None where nothing is left to show."""
    match what:
        case EditText() if not abilities.edits:
            return plainer(what.as_new(), abilities)
        case SendText(reply_to=answered) | SendMedia(reply_to=answered) if answered and not abilities.replies:
            return plainer(msgspec.structs.replace(what, reply_to=""), abilities)
        case SendText() | EditText():
            return _spelled_out(what, abilities)
        case DeleteMessage():
            return what if abilities.deletions else None
        case ShowMark():
            return what if abilities.marks else None
        case ShowTyping():
            return what if abilities.typing else None
        case AnswerPress():
            return what if abilities.press_answers else None
        case _:
            return what


def pressed(typed: str, keyboard: Keyboard) -> str:
    """The token of the button that somebody means who types its label or its number; empty if none is meant."""
    said = typed.strip().casefold()
    buttons = [button for button in _all(keyboard) if button.token]
    by_label = {button.label.strip().casefold(): button.token for button in buttons}
    by_number = {} if _counts_itself(buttons) else {str(at): one.token for at, one in enumerate(buttons, start=1)}
    return by_label.get(said) or by_number.get(said, "")


def _spelled_out(what: SendText | EditText, abilities: Abilities) -> SendText | EditText:
    """Buttons as lines under the text, where there are more than the platform can show."""
    if sum(1 for _ in _all(what.keyboard)) <= abilities.buttons:
        return what
    lines = "\n".join(_lines(what.keyboard))
    return msgspec.structs.replace(what, text=f"{what.text}\n\n{lines}", keyboard=())


def _lines(keyboard: Keyboard) -> Iterator[str]:
    buttons = [button for button in _all(keyboard) if button.token]
    bare = _counts_itself(buttons)
    for number, button in enumerate(buttons, start=1):
        yield button.label if bare else f"{number}. {button.label}"
    for button in _all(keyboard):
        if button.url:
            yield f"{button.label}: {button.url}"


def _counts_itself(buttons: list[Button]) -> bool:
    """Labels that are numbers themselves would be mistaken for the numbers before them."""
    return any(button.label.strip().isdecimal() for button in buttons)


def _all(keyboard: Keyboard) -> Iterator[Button]:
    return (button for row in keyboard for button in row)
