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


def check(history: History) -> Findings:
    found = Findings()
    here: Counter[tuple[str, str]] = Counter()
    there: Counter[tuple[str, str]] = Counter()
    for chat in history.of(Role.SUPPORTER):
        _one_talk_at_a_time(history, chat, here, found)
    for chat in history.of(Role.STUDENT):
        for bubble in distinct(chat):
            if begun := filled("talk.begun_student", bubble.text):
                there[begun["own_alias"], begun["alias"]] += 1
    found.counts["talks"] = sum(here.values())
    for student, supporter in here.keys() | there.keys():
        both = here[student, supporter], there[student, supporter]
        if both[0] != both[1] and history.settled:
            found.add("effect twice", f"{student} with {supporter}: begun (here, there) {both} times")
    for alias, count in Counter(student for student, _ in there).items():
        if count > 1:
            found.add("effect twice", f"the offer of {alias} was accepted {count} times")
    return found


def _one_talk_at_a_time(history: History, chat: Chat, begun: Counter[tuple[str, str]], found: Findings) -> None:
    talking = ""
    ended = debriefs = excused = 0
    for bubble in distinct(chat):
        if bubble.mine:
            continue
        if new := filled("talk.begun_supporter", bubble.text):
            begun[new["alias"], new["own_alias"]] += 1
            if talking:
                found.add("effect twice", f"{chat.name} has {new['alias']} while {talking} is there")
            talking = new["alias"]
        elif key := is_any(bubble.text, *ENDS):
            alias = (filled(key, bubble.text) or {})["alias"]
            if alias != talking:
                found.add("effect twice", f"{key} for {alias} in {chat.name}, who is with {talking or 'nobody'}")
            talking = ""
            ended += 1
        elif WORDING.question("debrief", "heavy") in bubble.text:
            debriefs += 1
        elif is_any(bubble.text, "stale.button"):
            excused += 1
    found.counts["debriefs"] += debriefs
    if debriefs < ended and history.settled:
        found.add("debrief missing", f"{chat.name}: {ended} talks ended and {debriefs} debriefs asked")
    if debriefs > ended + excused:
        found.add("effect twice", f"{chat.name}: {ended} talks ended and {debriefs} debriefs asked")
