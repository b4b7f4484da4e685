"""Every text that somebody wrote to somebody: arrived, or its writer was told, or it waits with nobody there; in order;
and repeated only as the one message in flight of a crash.
"""

from __future__ import annotations

from history import Bubble, Chat, Copy, Disturbance, History
from phrases import hint, is_any
from said import NOTE, Said, said_of
from verdict import Findings

DELIVERED, WAITING, FAILED = "👌", "👀", "💔"
TELLS = (
    "talk.failed_blocked", "talk.failed_gone", "talk.failed_refused", "talk.failed_expired", "talk.not_passed_on",
    "talk.not_passed_on_staff", "case.not_yours", "case.none_open", "case.which", "start.menu", "trouble.sorry",
    "media.cannot_read",
)  # fmt: skip
"""After one of these its writer knows that a text went to nobody. A mark alone says too little."""
OUTCOME = hint("outcome", "outcome")
"""It says how to write to the student while the outcome is asked for."""
COMES = ("talk.begun_student", "crisis.taken")
GOES = ("talk.supporter_ended", "talk.ended_quiet_student", "crisis.closed", "waiting.left", "stop.stopped")
REPEATING = ("kill sender", "freeze sender", "replace sender", "kill store", "failover", "fault drop-after")
"""Troubles after which nobody can know whether a message has gone out. A dead gateway, worker or clock repeats none."""
SLACK_MS = 1_500
"""Between the platform's clock and the moment when a trouble was noted, on a busy machine."""


def check(history: History) -> Findings:
    found = Findings()
    copies = history.copies()
    for chat in history.chats.values():
        _accounted(history, chat, copies, found)
    for chat in history.chats.values():
        _in_order(chat, copies, found)
        _repeats(history, chat, found)
        _notes_stay_inside(chat, found)
    return found


def _accounted(history: History, chat: Chat, copies: dict[str, list[Copy]], found: Findings) -> None:
    explained: set[int] = set()
    # Those last that need no explanation: they must not use up what was said of the others.
    for said, bubble in sorted(chat.said(), key=lambda each: chat.was_away(each[1].at)):
        found.counts["texts sent"] += 1
        arrived = [copy for copy in copies.get(said.text, []) if _may_read(history, chat, copy)]
        if len(arrived) < len(copies.get(said.text, [])):
            found.add("strayed", f"{said.text} of {chat.name} is in {[c.chat for c in copies[said.text]]}")
        if arrived:
            found.counts["texts delivered"] += 1
            if FAILED in bubble.marks:
                _told(chat, bubble, explained)  # it reached one of two
        elif DELIVERED in bubble.marks:
            found.add("false tick", f"{said.text} of {chat.name} is marked as delivered and is nowhere")
        elif _told(chat, bubble, explained):
            found.counts["texts whose writer was told"] += 1
        elif _nobody_came(chat, bubble):
            found.counts["texts kept, nobody came"] += 1
        elif chat.was_away(bubble.at):
            found.counts["texts whose writer went"] += 1
        else:
            found.add("lost", f"{said.text} of {chat.name}, marks {bubble.marks}, followed by {_after(chat, bubble)}")
        if arrived and not bubble.marks and history.settled and not chat.was_away(bubble.at):
            found.add("no mark", f"{said.text} of {chat.name} came to {arrived[0].chat}, and its writer never saw it")


def _may_read(history: History, sender: Chat, copy: Copy) -> bool:
    """A student's texts go to staff, and the other way round."""
    return history.chats[copy.chat].role.is_staff is not sender.role.is_staff


def _told(chat: Chat, bubble: Bubble, explained: set[int]) -> bool:
    """Each telling sentence explains one text."""
    for later in chat.bots:
        if later.id > bubble.id and later.id not in explained and _tells(later.text):
            explained.add(later.id)
            return True
    return False


def _tells(text: str) -> bool:
    return bool(is_any(text, *TELLS)) or OUTCOME in text


def _nobody_came(chat: Chat, bubble: Bubble) -> bool:
    """Nobody held the case from this text to the case's end: it was kept, and the student went."""
    for before in reversed([one for one in chat.bots if one.id < bubble.id]):
        if is_any(before.text, *COMES):
            return False
        if is_any(before.text, *GOES, "request.being_asked", "waiting.begun", "waiting.nobody_on_duty"):
            break
    for later in chat.bots:
        if later.id > bubble.id:
            if is_any(later.text, *COMES):
                return False
            if is_any(later.text, *GOES):
                return True
    return False


def _after(chat: Chat, bubble: Bubble) -> list[str]:
    return [one.text[:40] for one in chat.bubbles if one.id > bubble.id][:6]


def _in_order(chat: Chat, copies: dict[str, list[Copy]], found: Findings) -> None:
    newest: dict[str, Said] = {}
    for said, copy in _read_in(chat, copies):
        before = newest.get(said.who)
        if before and said.number < before.number:
            found.add("out of order", f"{said.text} came to {chat.name} after {before.text} (message {copy.bubble.id})")
        newest[said.who] = said


def _read_in(chat: Chat, copies: dict[str, list[Copy]]) -> list[tuple[Said, Copy]]:
    mine = [copy for each in copies.values() for copy in each if copy.chat == chat.name]
    pairs = [(said_of(copy.bubble.text.partition(":\n")[2]), copy) for copy in mine]
    return [(said, copy) for said, copy in sorted(pairs, key=lambda pair: pair[1].bubble.id) if said]


def _repeats(history: History, chat: Chat, found: Findings) -> None:
    """A relayed text twice in a chat: at once after itself, and a crash for each."""
    bots = chat.bots
    blamed: set[Disturbance] = set()
    seen: dict[str, int] = {}
    for place, bubble in enumerate(bots):
        if not _is_relayed(bubble.text):
            continue
        before = seen.get(bubble.text)
        seen[bubble.text] = place
        if before is None:
            continue
        found.counts["texts repeated"] += 1
        first = bots[before]
        cause = _cause(history, chat, first, bubble, blamed)
        if place != before + 1:
            found.add("doubled", f"{bubble.text!r} in {chat.name}: messages {first.id} and {bubble.id}, others between")
        elif cause is None:
            found.add("doubled", f"{bubble.text!r} in {chat.name}: {first.id}, {bubble.id} at {bubble.at}, no crash")
        else:
            blamed.add(cause)
            found.counts[f"repeated by a {cause.kind.split(' ')[0]}"] += 1


def _is_relayed(text: str) -> bool:
    return said_of(text.partition(":\n")[2]) is not None


def _cause(history: History, chat: Chat, first: Bubble, again: Bubble, blamed: set[Disturbance]) -> Disturbance | None:
    for one in history.disturbances:
        fits = one.chat in (0, chat.number) and one.kind.startswith(REPEATING)
        overlaps = one.began <= again.at + SLACK_MS and one.ended >= first.at - SLACK_MS
        if fits and overlaps and one not in blamed:
            return one
    return None


def _notes_stay_inside(chat: Chat, found: Findings) -> None:
    if chat.role.is_staff:
        return
    for bubble in chat.bots:
        if NOTE in bubble.text:
            found.add("note leaked", f"{bubble.text!r} in {chat.name}")
