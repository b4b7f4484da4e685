"""Counselors: race for alerts, write, close with an outcome and a note; some hand back, some fall asleep."""

from __future__ import annotations

from phrases import WORDING, is_any
from players import Json, Player
from said import NOTE, said_of

LOOK_EVERY_S = 4.0
"""Whoever holds nothing and hears nothing for so long looks at the queue."""
PAUSE_S = 2.0
"""Whoever has typed /close types it again after so long, and then after twice as long."""


class Counselor(Player):
    """Holds one case at a time (`crisis.claims` is 1), so it is always clear whom a text is for."""

    answers = (("outcome", "outcome", "safe"),)
    holds = False
    asleep = False
    left = 0
    _pause_s = PAUSE_S

    def __init__(self, *arguments: object, code: str) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._code = code
        self._notes = 0

    @property
    def busy(self) -> bool:
        return self.holds

    async def begin(self) -> None:
        await self.say(f"/start {self._code}")

    async def hear(self, message: Json) -> None:
        text = message["text"]
        if is_any(text, "staff.joined_counselor"):
            await self.say("/duty on")
        elif is_any(text, "alert.new", "queue.line"):
            await self._called(message)
        elif is_any(text, "claim.yours"):
            self.holds, self.left = True, self.chance.randint(1, 4)
            self._pause_s = PAUSE_S
            self.asleep = self.chance.random() < 0.1 and not self.ending
        elif is_any(
            text, "claim.closed", "claim.lease_ran_out", "claim.handed_back", "claim.not_yours_now", "case.none_open"
        ):
            self.holds = self.asleep = False
        elif is_any(text, "claim.hands_full", "claim.yours_already"):
            self.holds = True
        elif is_any(text, "claim.warning") and not self.asleep:
            await self.press(message, WORDING.label("claim.keep"))
        elif WORDING.question("outcome", "note") in text:
            self._notes += 1
            await self.say(f"{NOTE} {self.name}-{self._notes}")

        elif said_of(text.partition(":\n")[2]):
            self.holds = True

    async def returns(self) -> None:
        self.holds = self.asleep = False
        await self.say("/duty on")

    async def _called(self, message: Json) -> None:
        if not self.holds and (self.ending or self.chance.random() < 0.8):
            if self.chance.random() < 0.5:
                await self.think()
            await self.press(message, WORDING.label("alert.take"))

    async def moment(self) -> None:
        if not self.holds:
            if self.idle_s > LOOK_EVERY_S:
                await self.say("/queue")
        elif self.asleep and not self.ending:
            return
        elif self.left > 0:
            self.left -= 1
            await self.tell()
        elif self.idle_s > self._pause_s:
            self._pause_s *= 2
            # Again and again: an outcome flow that came to nothing is begun anew.
            await self.say("/transfer" if self.chance.random() < 0.1 and not self.ending else "/close")


class Coordinator(Player):
    """Is called when no counselor can be."""

    busy = False

    def __init__(self, *arguments: object, code: str) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self._code = code

    async def begin(self) -> None:
        await self.say(f"/start {self._code}")
