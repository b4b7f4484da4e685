"""Every cry for help: queued once, alerted, held by at most one counselor at a time, and brought to an end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from history import Bubble, Chat, History, Role
from phrases import filled, is_any
from verdict import Findings

ANSWERS = ("crisis.answer", "crisis.answer_emergency", "crisis.answer_peer", "crisis.answer_gently")
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

    def __str__(self) -> str:
        return f"{self.chat.name} from message {self.answered.id}"


def check(history: History) -> Findings:
    found = Findings()
    episodes = [one for chat in history.of(Role.STUDENT) for one in _episodes(chat, found)]
    found.counts["crises"] = len(episodes)
    for episode in episodes:
        _ends_well(history, episode, found)
    _alerts(history, episodes, found)
    _claims(history, found)
    return found


def _episodes(chat: Chat, found: Findings) -> list[Episode]:
    """Walks through one student's chat, where everything stands in the order in which it was committed."""
    episodes: list[Episode] = []
    current: Episode | None = None
    unanswered: list[Bubble] = []
    for bubble in distinct(chat):
        if bubble.mine:
            if any(said_bubble is bubble and said.crisis for said, said_bubble in chat.said()):
                (current.crying if current else unanswered).append(bubble)
        elif is_any(bubble.text, *ANSWERS):
            if current:
                found.add("queued twice", f"{current} is answered again by message {bubble.id}")
            else:
                current = Episode(chat, bubble, crying=unanswered)
                unanswered = []
                episodes.append(current)
        elif current:
            current = _goes_on(current, bubble, found)
    for bubble in unanswered:
        found.add("crisis without an answer", f"message {bubble.id} of {chat.name}: {bubble.text}")
    return episodes


def _goes_on(episode: Episode, bubble: Bubble, found: Findings) -> Episode | None:
    """The episode after one more message of the bot's; None after its end."""
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
    if not episode.told:
        found.add("crisis in silence", f"{episode}: neither alerted nor told that nobody could be")
    if episode.closed is None and history.settled:
        found.add("crisis left open", f"{episode}: nobody has closed it in the end")


def _alerts(history: History, episodes: list[Episode], found: Findings) -> None:
    """An alert for each case, and no case that nobody cried for. A case is known by the alias that its texts bear."""
    alerted: dict[str, list[int]] = {}
    for chat in history.of(Role.COUNSELOR):
        for bubble in chat.bots:
            if alert := filled("alert.new", bubble.text):
                alerted.setdefault(alert["alias"], []).append(bubble.at)
    copies = history.copies()
    called: set[str] = set()
    silent = 0
    for episode in episodes:
        aliases = {copy.alias for cry in episode.crying for copy in copies.get(cry.text, [])}
        called |= aliases
        silent += not aliases
        if len(aliases) > 1:
            found.add("queued twice", f"{episode}: its texts came under {sorted(aliases)}")
        since = min((cry.at for cry in episode.crying), default=episode.answered.at)
        times = sorted(at for alias in aliases for at in alerted.get(alias, []) if at >= since)
        if aliases and not times:
            found.add("crisis without an alert", f"{episode}: {sorted(aliases)} never came to a counselor")
        elif times and episode.crying:
            found.spans_ms.append(times[0] - since)
    unknown = set(alerted) - called
    found.counts["cases alerted"] = len(alerted)
    if len(unknown) > silent:
        found.add("queued twice", f"alerts for {sorted(unknown)}, and only {silent} crises of unknown alias")


def _claims(history: History, found: Findings) -> None:
    """Each claim ends once, and every case is closed by one counselor."""
    taken: Counter[str] = Counter()
    released: Counter[str] = Counter()
    for chat in history.of(Role.COUNSELOR):
        held: set[str] = set()
        for bubble in distinct(chat):
            if claim := filled("claim.yours", bubble.text):
                found.counts["claims"] += 1
                taken[claim["alias"]] += 1
                held.add(claim["alias"])
            elif key := is_any(bubble.text, *RELEASES):
                alias = (filled(key, bubble.text) or {})["alias"]
                released[alias] += 1
                if alias not in held:
                    found.add("effect twice", f"{key} for {alias} in {chat.name}, who does not hold it")
                held.discard(alias)
    for alias, count in taken.items():
        if count > released[alias] and history.settled:
            found.add("two holders", f"{alias} was taken {count} times and let go {released[alias]} times")
