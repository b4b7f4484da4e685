"""Content never has to know what a platform can show: the way into a talk, on one that shows nothing but words."""

from __future__ import annotations

import msgspec
from golden_world import Phone, World

from bot.model.address import Side
from bot.model.event import ButtonPressed, TextSaid
from bot.model.outgoing import EditText, Keyboard, Outgoing, SendText
from bot.model.person import Role
from bot.platforms.abilities import Abilities, plainer, pressed
from bot.runtime.store import Parcel
from bot.store import RedisStore

WORDS_ONLY = Abilities()


class WordsOnly(World):
    """As a driver does: makes messages plainer, and takes a number or a label for a press of the newest buttons."""

    def __init__(self, store: RedisStore) -> None:
        super().__init__(store)
        self._offered: dict[str, tuple[str, Keyboard]] = {}

    async def _show(self, phone: Phone, outgoing: Outgoing, parcel: Parcel) -> tuple[str, ...]:
        what = outgoing.what
        shown = plainer(what, WORDS_ONLY)
        if shown is None:
            return ()
        numbers = await super()._show(phone, msgspec.structs.replace(outgoing, what=shown), parcel)
        if isinstance(what, SendText | EditText) and what.keyboard:
            self._offered[phone.name] = (numbers[-1], what.keyboard)
        return numbers

    async def types(self, name: str, text: str) -> None:
        message, keyboard = self._offered.get(name, ("", ()))
        token = "" if text.startswith("/") else pressed(text, keyboard)
        if token:
            await self.act(name, ButtonPressed(token, "press", message))
        elif text.startswith("/"):
            await self.act(name, self.command(name, text))
        else:
            await self.act(name, TextSaid(text, self.new_message(name, text)))


async def test_a_student_and_a_supporter_meet_by_typing_numbers_and_labels(store: RedisStore) -> None:
    world = WordsOnly(store)
    world.add_phone("siti", Side.STUDENT, "id")
    await world.add_staff("budi", Role.SUPPORTER, "id")
    for text in ("/start", "1", "ya, aku setuju", "2", "6", "🏠 keluarga", "1", "1", "1"):
        await world.types("siti", text)
    await world.types("budi", "1")
    await world.types("siti", "halo kak")
    await world.types("budi", "halo juga")
    assert world.troubles == []
    assert world.phones["budi"].bubbles[-1].text.endswith(":\nhalo kak")
    assert world.phones["siti"].bubbles[-1].text.endswith(":\nhalo juga")
    for phone in world.phones.values():
        assert not any(bubble.keyboard for bubble in phone.bubbles)
        assert any("\n1. " in bubble.text for bubble in phone.bubbles)
