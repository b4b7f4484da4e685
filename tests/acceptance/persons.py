"""People with phones, in the words of the content's keys; and what they do more than once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wording import Wording

from bot.sandbox.client import Phone, Seen

WAIT_S = 15.0
"""For an answer of the bot. It takes milliseconds; the machine may be busy with other things."""


class Person:
    """`wait_s` grows where the bot is killed again and again."""

    def __init__(self, phone: Phone, language: str) -> None:
        self.phone = phone
        self.wording = Wording(language)
        self.wait_s = WAIT_S
        self.press_wait_s = WAIT_S

    async def says(self, text: str, **how: Any) -> Seen:
        return await self.phone.say(text, **how)

    async def sees(self, key: str, bubble: int = 0, *, also: str = "") -> Seen:
        """Waits for a sentence of the bot's."""
        part = self.wording.part(key, bubble)
        return await self.phone.wait_for(part, where=lambda seen: also in seen.text, timeout=self.wait_s)

    async def reads(self, text: str) -> Seen:
        """Waits for a relayed message: an alias, and then exactly these words."""
        return await self.phone.wait_for(where=lambda seen: seen.text.endswith(f":\n{text}"), timeout=self.wait_s)

    async def taps(self, label: str, seen: Seen | None = None) -> Seen:
        """Waits for a button and presses it; on `seen` where that is given."""
        found = seen or await self.phone.wait_for(button=label, timeout=self.wait_s)
        await self.phone.press(found.token_of(label), found, wait=self.press_wait_s)
        return found

    async def chooses(self, flow: str, step: str, key: str) -> None:
        """Answers a question of a flow by its button."""
        question = self.wording.question(flow, step)
        seen = await self.phone.wait_for(question, where=lambda one: bool(one.buttons), timeout=self.wait_s)
        label = key if key in seen.labels else self.wording.option(flow, step, key)
        await self.taps(label, seen)

    async def takes(self, alert: Seen) -> None:
        """Takes a crisis case from its alert."""
        await self.taps(self.wording.label("alert.take"), alert)
        await self.sees("claim.yours", 1)

    async def has(self, text: str) -> list[Seen]:
        """Every message of the bot's that holds these words."""
        return [one for one in await self.phone.messages() if one.by == "bot" and text in one.text]

    async def finds(self, where: Callable[[Seen], bool]) -> Seen:
        """A message that is there or comes."""
        return await self.phone.wait_until(where, timeout=self.wait_s)

    async def gets_a_mark(self, said: Seen) -> None:
        """Waits until the bot marks an own message: delivered, waiting or failed."""
        await self.phone.wait_for_mark(said, timeout=self.wait_s)

    async def is_told(self, *keys: str) -> Seen:
        """Waits for any of these sentences, as an answer to what comes after now."""
        parts = [self.wording.part(key) for key in keys]
        return await self.phone.wait_for(where=lambda one: any(part in one.text for part in parts), timeout=self.wait_s)


async def consents(student: Person) -> None:
    """From /start to the check-in."""
    await student.says("/start")
    await student.chooses("welcome", "adult", "yes")
    await student.chooses("welcome", "consent", "yes")


async def checks_in(student: Person, *, safety: str = "no", words: str = "") -> None:
    """Answers the check-in up to the point where it is clear who should help."""
    await student.chooses("check-in", "mood", "🙁")
    await student.chooses("check-in", "weight", "6")
    await student.chooses("check-in", "topic", "family")
    await student.chooses("check-in", "safety", safety)
    if safety in ("now", "lately"):
        return
    if words:
        await student.phone.wait_for(student.wording.question("check-in", "words"), timeout=student.wait_s)
        await student.says(words)
    else:
        await student.chooses("check-in", "words", "skip")
    await student.chooses("check-in", "want", "peer")


async def are_matched(student: Person, supporter: Person) -> None:
    """The supporter takes the offer, and both hear that they can talk."""
    await supporter.sees("offer.new")
    offers = await supporter.has(supporter.wording.part("offer.new"))
    await supporter.taps(supporter.wording.label("offer.accept"), offers[-1])
    await supporter.sees("talk.begun_supporter", 1)
    await student.sees("talk.begun_student")


async def begins_a_talk(student: Person, supporter: Person, *, words: str = "") -> None:
    await consents(student)
    await checks_in(student, words=words)
    await are_matched(student, supporter)


async def debriefs(supporter: Person) -> None:
    for step, answer in (("heavy", "2"), ("worry", "no"), ("rest", "no")):
        await supporter.chooses("debrief", step, answer)


async def closes_with_an_outcome(counselor: Person, note: str) -> None:
    await counselor.says("/close")
    await counselor.chooses("outcome", "outcome", "safe")
    await counselor.phone.wait_for(counselor.wording.question("outcome", "note"), timeout=counselor.wait_s)
    await counselor.says(note)
    await counselor.sees("claim.closed")
