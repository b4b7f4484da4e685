"""What the bot says has happened, has happened: an alert that was delivered, a counselor whose first words arrived."""

from __future__ import annotations

from alarms import alerts
from history import Bubble, Chat, Copy, History, Role
from phrases import filled, is_any
from said import said_of
from verdict import Findings


def check(history: History) -> Findings:
    found = Findings()
    copies = history.copies()
    for chat in history.of(Role.STUDENT):
        _alerted(history, chat, copies, found)
    for chat in history.of(Role.SUPPORTER):
        for bubble in chat.bots:
            if over := filled("talk.handed_over", bubble.text):
                found.counts["hand-overs"] += 1
                _counselor_is_there(history, chat, over["alias"], bubble, found)
    return found


def _alerted(history: History, chat: Chat, copies: dict[str, list[Copy]], found: Findings) -> None:
    """ "Somebody has been alerted" comes after an alert for one of this student's cases had arrived."""
    aliases = {copy.alias for said, _ in chat.said() for copy in copies.get(said.text, [])}
    times = [at for alias, came in alerts(history).items() if alias in aliases for at in came]
    for bubble in chat.bots:
        if aliases and is_any(bubble.text, "crisis.alerted") and not any(at <= bubble.at for at in times):
            found.add("said too soon", f"{chat.name} hears of an alert (message {bubble.id}), and none had arrived")


def _counselor_is_there(history: History, chat: Chat, alias: str, told: Bubble, found: Findings) -> None:
    """A peer may go once the counselor's first words are on the student's phone."""
    for student in history.of(Role.STUDENT):
        if not any((filled("talk.begun_student", one.text) or {}).get("own_alias") == alias for one in student.bots):
            continue
        counselors = {taken["alias"] for one in student.bots if (taken := filled("crisis.taken", one.text))}
        words = [one.at for one in student.bots if _is_from(counselors, one.text)]
        if not any(at <= told.at for at in words) and not student.absences:
            found.add("left alone", f"{chat.name} was let go from {alias} (message {told.id}) before a counselor wrote")


def _is_from(aliases: set[str], text: str) -> bool:
    alias, _, words = text.partition(":\n")
    return alias in aliases and said_of(words) is not None
