"""Peer supporters: take most offers, answer, end talks now and then, ask for a counselor now and then, debrief."""

from __future__ import annotations

from phrases import WORDING, is_any
from players import Json, Player
from said import said_of

ENDS = (
    "talk.student_ended", "talk.you_ended", "talk.handed_over", "talk.counselor_closed", "talk.helper_lost",
    "talk.ended_quiet_supporter",
)  # fmt: skip


class Supporter(Player):
    answers = (("debrief", "heavy", "2"), ("debrief", "worry", "no"), ("debrief", "rest", "no"))
    talking = False
    escalated = False
    left = 0

    def __init__(self, *arguments: object, code: str) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._code = code

    @property
    def busy(self) -> bool:
        return self.talking

    async def begin(self) -> None:
        await self.say(f"/start {self._code}")

    async def hear(self, message: Json) -> None:
        text = message["text"]
        if is_any(text, "staff.joined_supporter"):
            await self.say("/duty on")
        elif is_any(text, "offer.new"):
            await self._offered(message)
        elif is_any(text, "talk.begun_supporter"):
            self.talking, self.escalated, self.left = True, False, self.chance.randint(4, 10)
        elif is_any(text, *ENDS, "case.none_open"):
            self.talking = False
        elif said_of(text.partition(":\n")[2]):
            self.talking = True
            if self.chance.random() < 0.4:
                await self.tell()

    async def returns(self) -> None:
        self.talking = False
        await self.say("/duty on")

    async def _offered(self, message: Json) -> None:
        await self.think()
        chance = self.chance.random()
        if chance < 0.85:
            await self.press(message, WORDING.label("offer.accept"))
        elif chance < 0.95 or self.ending:
            await self.press(message, WORDING.label("offer.decline"))

    async def moment(self) -> None:
        if not self.talking or self.escalated:
            return
        if self.left > 0 and not self.ending:
            self.left -= 1
            await self.tell()
        elif not self.ending and self.chance.random() < 0.1:
            self.escalated = True
            await self.say("/escalate")
        elif self.chance.random() < 0.3:
            await self.say("/close")
