"""Somebody blocks the bot in the middle: whoever was with them is told so, and nobody goes on waiting for them.

An end of their talk takes the place of those words only while it may have been committed before the block was: what
ends a talk later than that (a lease, a /stop after coming back) heals it, and has told nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from history import BLOCKED, Absence, Bubble, Chat, History, Role
from phrases import filled, is_any
from verdict import Findings

SLACK_MS = 5_000
"""What is told may have been on its way when the block came."""
PROMPT_MS = 3_000
"""Within this time a block has been worked and told where nothing is broken."""
HEALED_MS = 10_000
"""After so long nothing of a trouble is left: longer than the lease of whoever died in it, and what piled up."""
OF_PEERS = ("talk.student_ended", "talk.you_ended", "talk.handed_over", "talk.counselor_closed",
            "talk.ended_quiet_supporter")  # fmt: skip
OF_COUNSELORS = ("claim.closed", "claim.lease_ran_out", "claim.handed_back")
LOST_A_HELPER = ("talk.helper_lost", "crisis.back_in_queue")
OF_STUDENTS = ("talk.supporter_ended", "talk.ended_quiet_student", "talk.peer_left", "crisis.closed", "waiting.left",
               *LOST_A_HELPER)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Helping:
    """A helper's chat, the helper's alias in it, and the case's."""

    helper: Chat
    own: str
    alias: str
    at: int


def check(history: History) -> Findings:
    found = Findings()
    helping = list(_helping(history))
    for chat in history.of(Role.STUDENT):
        for absence in chat.absences:
            found.counts["absences"] += 1
            if absence.kind == BLOCKED:
                for one in _with(chat, helping, absence.began):
                    _helper_knows(history, chat, absence, one, found)
    for chat in history.of(Role.SUPPORTER, Role.COUNSELOR):
        for absence in chat.absences:
            found.counts["absences"] += 1
            if absence.kind == BLOCKED:
                for one in [one for one in helping if one.helper is chat and _is_on(one, absence.began)]:
                    _student_knows(history, absence, one, found)
    return found


def _helping(history: History) -> Iterator[Helping]:
    for chat in history.of(Role.SUPPORTER, Role.COUNSELOR):
        for bubble in chat.bots:
            if begun := filled("talk.begun_supporter", bubble.text) or filled("claim.yours", bubble.text):
                yield Helping(chat, begun["own_alias"], begun["alias"], bubble.at)


def _is_on(one: Helping, at: int) -> bool:
    """Whoever was away has lost what they held."""
    if one.at >= at or any(one.at <= absence.ended and absence.began < at for absence in one.helper.absences):
        return False
    return not any(_ends(one, bubble) for bubble in one.helper.bots if one.at <= bubble.at < at)


def _ends(one: Helping, bubble: Bubble) -> bool:
    keys = OF_PEERS if one.helper.role is Role.SUPPORTER else OF_COUNSELORS
    return any(_names(one, key, bubble) for key in keys)


def _names(one: Helping, key: str, bubble: Bubble) -> bool:
    """Whether this is the sentence about the case that the helper has."""
    found = filled(key, bubble.text)
    return found is not None and found["alias"] == one.alias


def _with(student: Chat, helping: list[Helping], at: int) -> Iterator[Helping]:
    """Who is with the student just now, as both of them know."""
    for one in helping:
        if not _is_on(one, at):
            continue
        known = False
        for bubble in student.bots:
            if bubble.at >= at:
                break
            if come := filled("talk.begun_student", bubble.text) or filled("crisis.taken", bubble.text):
                known = known or come["alias"] == one.own
            elif bubble.text.startswith(f"{one.own}:\n"):
                known = True  # the words that they had come were missed
            elif is_any(bubble.text, *OF_STUDENTS):
                known = False
        if known:
            yield one


def _helper_knows(history: History, student: Chat, absence: Absence, one: Helping, found: Findings) -> None:
    since, due = absence.began - SLACK_MS, _due(history, absence.began, one.helper)
    if one.helper.was_away(since, due):
        return
    after = [bubble for bubble in one.helper.bots if bubble.at >= since]
    if any(_names(one, "talk.student_unreachable", bubble) for bubble in after):
        found.counts["helpers told of an absence"] += 1
    elif not any(_ends(one, bubble) for bubble in after if bubble.at <= due):
        found.add("left unknowing", f"{student.name} blocked the bot, and {one.helper.name} never heard of it")


def _student_knows(history: History, absence: Absence, one: Helping, found: Findings) -> None:
    for student in history.of(Role.STUDENT):
        since, due = absence.began - SLACK_MS, _due(history, absence.began, student)
        if one not in _with(student, [one], absence.began) or student.was_away(since, due):
            continue
        after = [bubble for bubble in student.bubbles if bubble.at >= since]
        if any(is_any(bubble.text, *LOST_A_HELPER) for bubble in after if not bubble.mine):
            found.counts["students told of an absence"] += 1
        elif not any(_is_over(bubble) for bubble in after if bubble.at <= due):
            found.add("left unknowing", f"{one.helper.name} blocked the bot, and {student.name} never heard of it")


def _is_over(bubble: Bubble) -> bool:
    """For the student, by whoever's wish."""
    return bubble.text == "/stop" if bubble.mine else bool(is_any(bubble.text, *OF_STUDENTS))


def _due(history: History, at: int, to: Chat) -> int:
    """When a block must have been told to this chat: later, while something is broken that may hold it up."""
    due = at + PROMPT_MS
    for one in sorted(history.disturbances, key=lambda one: one.began):
        if one.chat in (0, to.number) and one.began <= due and one.ended + HEALED_MS >= at:
            due = max(due, one.ended + HEALED_MS)
    return due
