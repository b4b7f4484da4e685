"""Every cry for help: queued once, alerted, held by at most one counselor at a time, and brought to an end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import alarms
from history import LASTING, Bubble, Chat, History, Role
from phrases import ANSWERS, filled, is_any
from verdict import Findings

TOLD = ("crisis.alerted", "crisis.nobody_yet", "crisis.still_waiting", "crisis.nobody", "crisis.taken")
RELEASES = ("claim.closed", "claim.lease_ran_out", "claim.handed_back")


@dataclass(slots=True)
class Episode:
    """From the first answer to a cry for help to the words with which a counselor closes it, in the student's chat."""

    chat: Chat
    answered: Bubble
    told: bool = False
    holder: str = ""
    closed: Bubble | None = None
    crying: list[Bubble] = field(default_factory=list)
    blurred: bool = False
    """The student was away meanwhile and has missed some of it: the counselors' chats must tell the rest."""

    def __str__(self) -> str:
        return f"{self.chat.name} from message {self.answered.id}"


def check(history: History) -> Findings:
    found = Findings()
    episodes = [one for chat in history.of(Role.STUDENT) for one in _episodes(chat, found)]
    found.counts["crises"] = len(episodes)
    for episode in episodes:
        _ends_well(history, episode, found)
    found.take_in(alarms.check(history, episodes))
    _claims(history, found)
    return found


def _episodes(chat: Chat, found: Findings) -> list[Episode]:
    """Walks through one student's chat, where everything stands in the order in which it was committed."""
    episodes: list[Episode] = []
    current: Episode | None = None
    unanswered: list[Bubble] = []
    cries = {bubble.id for said, bubble in chat.said() if said.crisis}
    before = 0
    for bubble in distinct(chat):
        if any(before < absence.began <= bubble.at for absence in chat.absences):
            found.counts["crises whose student went"] += len(unanswered) + (current is not None)
            unanswered = []
            if current:
                current.blurred = True
        before = bubble.at
        if bubble.id in cries:
            (current.crying if current else unanswered).append(bubble)
        elif is_any(bubble.text, *ANSWERS):
            if current and not current.blurred:
                found.add("queued twice", f"{current} is answered again by message {bubble.id}")
                continue
            current = Episode(chat, bubble, crying=unanswered)
            unanswered = []
            episodes.append(current)
        elif current:
            current = _goes_on(current, bubble, found)
    if current and chat.was_away(before):
        current.blurred = True
    for bubble in unanswered:
        if chat.was_away(bubble.at):
            found.counts["crises whose student went"] += 1
        else:
            found.add("crisis without an answer", f"message {bubble.id} of {chat.name}: {bubble.text}")
    return episodes


def _goes_on(episode: Episode, bubble: Bubble, found: Findings) -> Episode | None:
    """The episode after one more message of the bot's; None after its end."""
    if episode.blurred:
        return None if is_any(bubble.text, "crisis.closed") else episode
    episode.told = episode.told or bool(is_any(bubble.text, *TOLD))
    if taken := filled("crisis.taken", bubble.text):
        if episode.holder:
            found.add("two holders", f"{episode}: {taken['alias']} while {episode.holder} is there")
        episode.holder = taken["alias"]
    elif back := filled("crisis.back_in_queue", bubble.text):
        if back["alias"] != episode.holder:
            found.add("two holders", f"{episode}: {back['alias']} goes, and {episode.holder or 'nobody'} held it")
        episode.holder = ""
    elif closed := filled("crisis.closed", bubble.text):
        if closed["alias"] != episode.holder:
            found.add("two holders", f"{episode}: {closed['alias']} closes, and {episode.holder or 'nobody'} held it")
        episode.closed = bubble
        return None
    return episode


def distinct(chat: Chat) -> list[Bubble]:
    """Without what a crash has sent twice: the same words twice in a row from the bot."""
    kept: list[Bubble] = []
    last = ""
    for bubble in chat.bubbles:
        if not bubble.mine:
            if bubble.text == last:
                continue
            last = bubble.text
        kept.append(bubble)
    return kept


def _ends_well(history: History, episode: Episode, found: Findings) -> None:
    if episode.blurred:
        return
    if not episode.told:
        found.add("crisis in silence", f"{episode}: neither alerted nor told that nobody could be")
    if episode.closed is None and history.settled:
        found.add("crisis left open", f"{episode}: nobody has closed it in the end")


def _claims(history: History, found: Findings) -> None:
    """Each claim ends once, and every case is closed by one counselor."""
    taken: Counter[str] = Counter()
    released: Counter[str] = Counter()
    for chat in history.of(Role.COUNSELOR):
        held: set[str] = set()
        before = 0
        for bubble in (*distinct(chat), Bubble(0, mine=True, at=LASTING, text="")):
            if any(before < absence.began <= bubble.at for absence in chat.absences):
                released.update(held)  # whoever is away loses what they hold, and hears nothing of it
                held.clear()
            before = bubble.at
            if claim := filled("claim.yours", bubble.text):
                found.counts["claims"] += 1
                taken[claim["alias"]] += 1
                held.add(claim["alias"])
            elif key := is_any(bubble.text, *RELEASES):
                alias = (filled(key, bubble.text) or {})["alias"]
                released[alias] += 1
                if alias not in held and not chat.was_away(0, bubble.at):
                    found.add("effect twice", f"{key} for {alias} in {chat.name}, who does not hold it")
                held.discard(alias)
    for alias, count in taken.items():
        if count > released[alias] and history.settled:
            found.add("two holders", f"{alias} was taken {count} times and let go {released[alias]} times")
    for alias in alarms.alerts(history):
        if alias not in {*taken, *released} and history.settled:
            found.add("crisis left open", f"{alias}: counselors were called, and none has taken it in the end")
