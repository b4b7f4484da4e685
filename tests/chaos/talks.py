"""Effects happen once: an offer is accepted once, a talk begins for both and ends once, each has its debrief."""

from __future__ import annotations

from collections import Counter

from crises import distinct
from history import Chat, History, Role
from phrases import WORDING, filled, is_any
from verdict import Findings

ENDS = (
    "talk.student_ended", "talk.you_ended", "talk.handed_over", "talk.counselor_closed", "talk.ended_quiet_supporter",
)  # fmt: skip
AROUND_MS = 30_000
"""So far apart the two of a talk may hear that it has begun, outages included."""


def check(history: History) -> Findings:
    found = Findings()
    here: dict[tuple[str, str], list[int]] = {}
    there: dict[tuple[str, str], list[int]] = {}
    lost: Counter[str] = Counter()
    for chat in history.of(Role.SUPPORTER):
        _one_talk_at_a_time(history, chat, here, found)
    for chat in history.of(Role.STUDENT):
        alias = ""
        for bubble in distinct(chat):
            if begun := filled("talk.begun_student", bubble.text):
                alias = begun["own_alias"]
                there.setdefault((alias, begun["alias"]), []).append(bubble.at)
            # Who has lost a helper may get another one, and may have missed being told.
            lost[alias] += bool(is_any(bubble.text, "talk.helper_lost"))
        lost[alias] += len(chat.absences)
    found.counts["talks"] = sum(len(times) for times in here.values())
    for pair in here.keys() | there.keys():
        _began_for_both(history, pair, here.get(pair, []), there.get(pair, []), found)
    for alias, count in Counter(student for student, _ in there).items():
        if count > 1 + lost[alias]:
            found.add("effect twice", f"the offer of {alias} was accepted {count} times")
    return found


def _began_for_both(
    history: History, pair: tuple[str, str], here: list[int], there: list[int], found: Findings
) -> None:
    """The one who was away may not have heard of it."""
    if len(here) == len(there) or not history.settled:
        return
    missing = history.of(Role.SUPPORTER if len(here) < len(there) else Role.STUDENT)
    seen = max(here + there)
    if not any(chat.was_away(seen - AROUND_MS, seen + AROUND_MS) for chat in missing):
        student, supporter = pair
        both = len(here), len(there)
        found.add("effect twice", f"{student} with {supporter}: begun (here, there) {both} times")


def _one_talk_at_a_time(history: History, chat: Chat, begun: dict[tuple[str, str], list[int]], found: Findings) -> None:
    talking = ""
    before = 0
    seen: Counter[str] = Counter()
    for bubble in distinct(chat):
        if any(before < absence.began <= bubble.at for absence in chat.absences):
            talking = ""  # the student has been given to somebody else
        before = bubble.at
        if bubble.mine:
            continue
        if new := filled("talk.begun_supporter", bubble.text):
            begun.setdefault((new["alias"], new["own_alias"]), []).append(bubble.at)
            if talking:
                found.add("effect twice", f"{chat.name} has {new['alias']} while {talking} is there")
            talking = new["alias"]
        elif key := is_any(bubble.text, *ENDS):
            alias = (filled(key, bubble.text) or {})["alias"]
            if alias != talking and not chat.was_away(0, bubble.at):
                found.add("effect twice", f"{key} for {alias} in {chat.name}, who is with {talking or 'nobody'}")
            talking = ""
            seen["ended"] += 1
        else:
            seen["debriefs"] += WORDING.question("debrief", "heavy") in bubble.text
            seen["excused"] += bool(is_any(bubble.text, "stale.button"))
    found.counts["debriefs"] += seen["debriefs"]
    if not chat.absences:
        _debriefed(history, chat, seen, found)


def _debriefed(history: History, chat: Chat, seen: Counter[str], found: Findings) -> None:
    """Once after each talk. A stale button shows the open question again."""
    told = f"{chat.name}: {seen['ended']} talks ended and {seen['debriefs']} debriefs asked"
    if seen["debriefs"] < seen["ended"] and history.settled:
        found.add("debrief missing", told)
    if seen["debriefs"] > seen["ended"] + seen["excused"]:
        found.add("effect twice", told)
