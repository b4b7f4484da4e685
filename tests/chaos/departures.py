"""Somebody blocks the bot in the middle: whoever was with them is told, and nobody goes on waiting for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from history import BLOCKED, Absence, Bubble, Chat, History, Role
from phrases import filled, is_any
from verdict import Findings

SLACK_MS = 5_000
"""What is told may have been on its way when the block came."""
OF_PEERS = ("talk.student_ended", "talk.you_ended", "talk.handed_over", "talk.counselor_closed",
            "talk.ended_quiet_supporter")  # fmt: skip
OF_COUNSELORS = ("claim.closed", "claim.lease_ran_out", "claim.handed_back")
OF_STUDENTS = ("talk.supporter_ended", "talk.ended_quiet_student", "talk.peer_left", "talk.helper_lost",
               "crisis.closed", "crisis.back_in_queue", "waiting.left")  # fmt: skip


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
                    _helper_knows(chat, absence, one, found)
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
    return one.at < at and not any(_ends(one, bubble) for bubble in one.helper.bots if one.at <= bubble.at < at)


def _ends(one: Helping, bubble: Bubble) -> bool:
    key = is_any(bubble.text, *(OF_PEERS if one.helper.role is Role.SUPPORTER else OF_COUNSELORS))
    return bool(key) and (filled(key, bubble.text) or {})["alias"] == one.alias


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
            elif is_any(bubble.text, *OF_STUDENTS):
                known = False
        if known:
            yield one


def _helper_knows(student: Chat, absence: Absence, one: Helping, found: Findings) -> None:
    since = absence.began - SLACK_MS
    if one.helper.was_away(since):
        return
    for bubble in one.helper.bots:
        gone = filled("talk.student_unreachable", bubble.text)
        if bubble.at >= since and gone and gone["alias"] == one.alias:
            found.counts["helpers told of an absence"] += 1
            return
        if bubble.at >= since and _ends(one, bubble):
            return
    found.add("left unknowing", f"{student.name} blocked the bot, and {one.helper.name} never heard of it")


def _student_knows(history: History, absence: Absence, one: Helping, found: Findings) -> None:
    since = absence.began - SLACK_MS
    for student in history.of(Role.STUDENT):
        if one not in _with(student, [one], absence.began) or student.was_away(since):
            continue
        after = [bubble for bubble in student.bubbles if bubble.at >= since]
        if any(is_any(bubble.text, *OF_STUDENTS) for bubble in after if not bubble.mine):
            found.counts["students told of an absence"] += 1
        elif not any(bubble.mine and bubble.text == "/stop" for bubble in after):
            found.add("left unknowing", f"{one.helper.name} blocked the bot, and {student.name} never heard of it")
