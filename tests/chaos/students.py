"""Students: the welcome, the check-in, a talk with a peer, sometimes a cry for help, and again from the start."""

from __future__ import annotations

from phrases import ANSWERS, WORDING, is_any
from players import Json, Player

STUCK_S = 12.0
"""Somebody whose bot says nothing for so long types /start."""


class Student(Player):
    """`state`: home, asking (flows), waiting (for a peer), talking, crisis (queued), helped (by a counselor)."""

    answers = (
        ("welcome", "adult", "yes"), ("welcome", "consent", "yes"),
        ("check-in", "mood", "🙁"), ("check-in", "weight", "6"), ("check-in", "topic", "family"),
        ("check-in", "safety", "no"), ("check-in", "words", "skip"), ("check-in", "want", "peer"),
        ("closing", "mood", "skip"), ("closing", "weight", "skip"), ("closing", "heard", "skip"),
        ("closing", "again", "skip"),
    )  # fmt: skip
    state = "home"
    left = 0
    """Texts to write before the talk may end."""

    @property
    def busy(self) -> bool:
        return self.state != "home"

    async def begin(self) -> None:
        await self.think()
        await self.say("/start")

    async def hear(self, message: Json) -> None:
        text = message["text"]
        if is_any(text, *ANSWERS):
            self.state, self.left = "crisis", self.chance.randint(0, 2)
        elif is_any(text, "crisis.taken"):
            self.state, self.left = "helped", self.chance.randint(1, 4)
        elif is_any(text, "crisis.back_in_queue"):
            self.state = "crisis"
        elif is_any(text, "talk.begun_student"):
            self.state, self.left = "talking", self.chance.randint(3, 9)
        elif is_any(text, "request.being_asked", "waiting.begun", "waiting.nobody_on_duty") and not self._in_crisis:
            self.state, self.left = "waiting", self.chance.randint(0, 2)
        elif is_any(text, "start.case_open", "talk.helper_lost") and not self._in_crisis:
            self.state, self.left = "talking", self.chance.randint(0, 2)
        elif is_any(text, "stop.counselor_stays", "stop.still_queued"):
            self.state = "crisis"
        elif is_any(text, "crisis.closed", "talk.supporter_ended", "waiting.left", "talk.ended_quiet_student"):
            self.state = "home"
        elif is_any(text, "start.menu") and not self.ending:
            await self.think()
            await self.press(message, WORDING.label("start.check_in"))

    @property
    def _in_crisis(self) -> bool:
        return self.state in {"crisis", "helped"}

    async def returns(self) -> None:
        self.state = "home"
        await self.say("/start")

    async def moment(self) -> None:
        if self.state == "home":
            await self._at_home()
        elif self.left > 0 and not self.ending:
            self.left -= 1
            # One cry for help, then it is the counselors' case.
            await self.tell(crisis=not self._in_crisis and self.chance.random() < 0.08)
        elif self.state == "talking" and (self.ending or self.chance.random() < 0.2):
            self.state = "home"
            await self.say("/stop")
        elif self.state == "waiting" and self.ending and self.idle_s > 2:
            await self.say("/stop")

    async def _at_home(self) -> None:
        if self.ending or self.idle_s < STUCK_S / 4:
            return
        if self.chance.random() < 0.04:
            await self.tell(crisis=True)
        elif self.idle_s > STUCK_S:
            await self.say("/start")
