"""One event in, everything that it changes told to the transaction: the only place that knows all roles.

Text is screened first; then commands, buttons and words go to the module of the role and side that they are for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace

from bot.casework import drills, mending
from bot.casework.settings import Settings
from bot.casework.visit import Visit
from bot.casework.words import Purpose, Timer
from bot.casework.work import Contents, Watched, Work
from bot.model.address import Side
from bot.model.event import (
    ButtonPressed,
    CommandGiven,
    MediaSent,
    Nudge,
    PersonId,
    ReachChanged,
    Receipt,
    TextSaid,
    TimerRang,
)
from bot.runtime.transaction import Transaction
from handlers import coordinator, counselor, crisis, judging, speech, staff, student, supporter
from handlers.arriving import arrive
from handlers.commands import run_command
from handlers.pressing import press
from handlers.reachability import reach_changed
from handlers.registry import Handles, merged
from handlers.speech import judge
from handlers.staff import talk as staff_talk
from handlers.student import says as student_says

ALL = (
    student.HANDLES,
    staff.HANDLES,
    supporter.HANDLES,
    counselor.HANDLES,
    coordinator.HANDLES,
    crisis.HANDLES,
    judging.HANDLES,
    speech.HANDLES,
)


NUDGED: Mapping[str, Callable[[Work, PersonId, Nudge], Awaitable[None]]] = {
    word.value: act for word, act in (*drills.NUDGED.items(), *mending.NUDGED.items())
}
"""What the program asks itself for, by the nudge's name."""


class Dispatcher:
    """The handler that the worker calls. Raises IncompleteHandlers when it is made, not when a student writes."""

    def __init__(
        self, contents: Contents, settings: Settings, on_trouble: Callable[[str, str], None],
        judging: Watched = nullcontext,
    ) -> None:  # fmt: skip
        """`on_trouble` is told an event's id and what content could not do; neither holds anybody's words. Each
        screening happens within `judging`.
        """
        self._contents = contents
        self._settings = settings
        self._on_trouble = on_trouble
        self._judging = judging
        self._handles: Handles = merged(ALL)

    async def __call__(self, tx: Transaction) -> None:
        work = Work(tx, self._contents, self._settings, self._judging)
        await self._route(work)
        await self._act_on_ended_flows(work)
        for trouble in work.troubles:
            self._on_trouble(tx.event.id, trouble)

    async def _route(self, work: Work) -> None:
        event = work.tx.event
        match event.body:
            case TimerRang() as ring:
                await self._handles.timers[Timer(ring.name)](work, event.person, ring)
            case Receipt() as receipt:
                await self._handles.receipts[Purpose(receipt.purpose)](work, event.person, receipt)
            case Nudge() as nudge:
                await NUDGED[nudge.name](work, event.person, nudge)
            case ReachChanged(reachable):
                await reach_changed(work, event, reachable)
            case TextSaid() as said:
                await self._text(work, said)
            case MediaSent() as media:
                await self._media(work, media)
            case CommandGiven() as given:
                await self._command(work, given)
            case ButtonPressed() as pressed:
                visit = await arrive(work, event, pressed.message, "")
                if visit is not None:
                    await press(visit, pressed, self._handles)

    async def _text(self, work: Work, said: TextSaid) -> None:
        visit = await arrive(work, work.tx.event, said.message, said.reply_to)
        if visit is None:
            return
        judged = await judge(visit, said.text)
        answered = await crisis.screened(visit, judged)
        await self._says(visit, said, urgent=answered or judged.verdict.level.is_crisis)

    async def _says(self, visit: Visit, said: TextSaid, *, urgent: bool) -> None:
        if visit.side is Side.STUDENT:
            await student_says.says(visit, said, urgent=urgent)
        elif urgent:
            await staff_talk.says_for_themselves(visit, said)
        elif not await counselor.answers_consult(visit, said.text):
            await staff_talk.says(visit, said)

    async def _media(self, work: Work, media: MediaSent) -> None:
        """A caption is screened like a text; what cannot be read is said to be so."""
        visit = await arrive(work, work.tx.event, media.message, media.reply_to)
        if visit is None:
            return
        urgent = False
        if media.caption.strip():
            judged = await judge(visit, media.caption)
            urgent = await crisis.screened(visit, judged) or judged.verdict.level.is_crisis
        if visit.side is Side.STUDENT:
            await student_says.sends_media(visit, media, urgent=urgent)
        else:
            await staff_talk.sends_media(visit, media)

    async def _command(self, work: Work, given: CommandGiven) -> None:
        visit = await arrive(work, work.tx.event, given.message, given.reply_to)
        if visit is None:
            return
        visit = await self._where_invited(visit, given)
        if given.words and await self._is_danger(visit, given.words):
            return
        await run_command(visit, given, self._handles)

    async def _where_invited(self, visit: Visit, given: CommandGiven) -> Visit:
        """Where one bot serves both sides, an invitation is taken up on the staff side, wherever it was opened."""
        asks = given.name == "start" and bool(given.words) and self._settings.shared_bot
        if not asks or await visit.work.tx.invite(given.words) is None:
            return visit
        return replace(visit, to=replace(visit.to, side=Side.STAFF))

    async def _is_danger(self, visit: Visit, words: str) -> bool:
        """Words behind a command are screened as well, and danger in them goes before the command. Not those of staff,
        who write notes and questions about others there.
        """
        if visit.side is Side.STAFF and (await visit.person()).is_staff:
            return False
        judged = await judge(visit, words)
        return judged.verdict.level.is_crisis and await crisis.screened(visit, judged)

    async def _act_on_ended_flows(self, work: Work) -> None:
        while work.ended:
            ended = work.ended.pop(0)
            await self._handles.flow_ends[ended.purpose](work, ended)
