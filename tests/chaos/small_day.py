"""A history made by hand: one student, one supporter, two counselors, and all that goes well in a day."""

from __future__ import annotations

from history import BLOCKED, LASTING, Absence, Bubble, Chat, Disturbance, History, Role
from phrases import WORDING, put
from relayed_texts import DELIVERED
from said import Said

CASE, PEER, HELPER = "Teratai 11", "Jalak 22", "Waru 33"
STEP_MS = 100


class SmallDay:
    """Each deed is a moment later than the one before."""

    def __init__(self) -> None:
        self.history = History(
            {
                name: Chat(name, role, number)
                for number, (name, role) in enumerate(
                    (
                        ("s1", Role.STUDENT), ("d1", Role.SUPPORTER), ("k1", Role.COUNSELOR), ("k2", Role.COUNSELOR),
                        ("h1", Role.COORDINATOR),
                    ), start=1,
                )
            }
        )  # fmt: skip
        self._messages = 0

    @property
    def now(self) -> int:
        return self._messages * STEP_MS

    def bot(self, chat: str, text: str) -> Bubble:
        return self._add(chat, text, mine=False)

    def says(self, chat: str, number: int, *, crisis: bool = False, marks: tuple[str, ...] = (DELIVERED,)) -> str:
        """Somebody writes; returns the words."""
        text = Said(chat, number, crisis).text
        self.writes(chat, text).marks = marks
        return text

    def writes(self, chat: str, text: str) -> Bubble:
        """A command, or other words that are passed on to nobody."""
        return self._add(chat, text, mine=True)

    def relayed(self, chat: str, alias: str, text: str) -> Bubble:
        return self.bot(chat, put("talk.said", alias=alias, text=text))

    def trouble(self, kind: str) -> None:
        """A moment in which something breaks."""
        self._messages += 1
        self.history.disturbances.append(Disturbance(kind, self.now, self.now))

    def goes(self, *chats: str, kind: str = BLOCKED) -> None:
        """Nothing comes to these people any more."""
        self._messages += 1
        for chat in chats:
            self.history.chats[chat].absences.append(Absence(kind, self.now))

    def returns(self, *chats: str) -> None:
        self._messages += 1
        for absence in (one for chat in chats for one in self.history.chats[chat].absences if one.ended == LASTING):
            absence.ended = self.now

    def time_passes(self, ms: int) -> None:
        self._messages += ms // STEP_MS

    def begins(self) -> None:
        self.bot("s1", put("request.being_asked"))
        self.bot("d1", put("talk.begun_supporter", alias=CASE, own_alias=PEER))
        self.bot("s1", put("talk.begun_student", alias=PEER, own_alias=CASE))

    def talks(self, *numbers: int) -> None:
        for number in numbers:
            self.relayed("d1", CASE, self.says("s1", number))

    def ends(self) -> None:
        self.bot("d1", put("talk.student_ended", alias=CASE))
        self.bot("d1", WORDING.question("debrief", "heavy"))

    def cries(self, number: int) -> str:
        """And is answered; what follows is another's deed."""
        text = self.says("s1", number, crisis=True)
        self.bot("s1", put("crisis.answer"))
        return text

    def alerted(self, alias: str = CASE) -> None:
        for counselor in ("k1", "k2"):
            self.bot(counselor, put("alert.new", alias=alias))
        self.bot("s1", put("crisis.alerted"))

    def taken(self, counselor: str, alias: str = HELPER) -> None:
        self.bot(counselor, put("claim.yours", alias=CASE, own_alias=alias))
        self.bot("s1", put("crisis.taken", alias=alias))

    def closed(self, counselor: str, alias: str = HELPER) -> None:
        self.bot(counselor, put("claim.closed", alias=CASE))
        self.bot("s1", put("crisis.closed", alias=alias))

    def is_helped(self, number: int) -> None:
        """A whole crisis as it should be."""
        self.is_taken(number)
        self.closed("k1")

    def is_taken(self, number: int) -> None:
        """The same up to where the first counselor has the case, and has read why."""
        text = self.cries(number)
        self.alerted()
        self.taken("k1")
        self.relayed("k1", CASE, text)

    def _add(self, chat: str, text: str, *, mine: bool) -> Bubble:
        self._messages += 1
        bubble = Bubble(self._messages, mine, self.now, text)
        self.history.chats[chat].bubbles.append(bubble)
        return bubble
