"""From rules that fit to a verdict: each match raised or lowered by its surroundings, the highest one counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from bot.model.level import Flag, Level
from bot.model.verdict import Match, Verdict
from bot.screening import explain, frame, person, polarity, time
from bot.screening.context import Context
from bot.screening.lattice import Lattice
from bot.screening.lists import Lists
from bot.screening.near import Near
from bot.screening.normalise.fold import Folded
from bot.screening.rule import Rule
from bot.screening.telling import Group, possible

ENOUGH_SIGNS = 2
"""Signs that together are no longer ambiguous, if at least one of them is a sign by itself."""
WEAK_REACH = 25
"""Words between an ambiguous sign and a weak one that may tell of the same."""
MOST_MATCHES = 40
"""Matches that a verdict lists, the gravest first: more tell a counselor nothing."""
THIRD_PARTY = "O"
"""The category that is added when somebody else is in danger."""
PERSONS = ("{self}", "{you}")
"""Whoever is named behind a match begins another sentence, even where no comma says so."""


Fit: TypeAlias = tuple[Rule, int, int]
"""A rule that fits, its first word, and the word after its last."""


class Weighed(NamedTuple):
    """A match with the level that its surroundings leave it."""

    rule: Rule
    start: int
    end: int
    level: Level
    subject: str
    asks: bool
    denied: bool
    past: bool
    lowered: bool
    """By anything but its being past."""
    notes: tuple[str, ...]


def judge(text: Folded, found: list[Fit], context: Context, lists: Lists) -> Verdict:
    """The verdict on a text that these rules fit, by what stands around them."""
    replacing = Near((fit[1], fit[2], fit) for fit in found if fit[0].replaces)
    whole = Near((fit[1], fit[2], fit) for fit in found if not fit[0].gapped)
    weighed = [
        _weigh(rule, start, end, _whole(rule, start, end, whole), context)
        for rule, start, end in found
        if rule.replaces or not any(_holds(*held[1:], start, end) for held in replacing.over(start, end))
    ]
    return _verdict(text, _add_up(_settle_denials(weighed)), context, lists)


def fitting(groups: list[Group[Rule]], lattice: Lattice, lists: Lists) -> list[Fit]:
    """The rules that fit, each with its first word and the word after its last; without those that idioms take."""
    fits = (
        (row.found, start, end)
        for row in possible(groups, lattice.words.carries)
        for start, end in lattice.matches(row.course)
        if (not row.found.closes or lattice.closed(end)) and (not row.found.alone or lattice.alone(start, end))
    )
    found = sorted(dict.fromkeys(fits), key=lambda fit: (fit[1], -fit[2], -fit[0].level))
    if not found:
        return []
    # An idiom is said in one breath: "mati aku" is one, "pengen mati, aku ..." is none.
    clauses = lattice.words.clauses
    idioms = Near(
        (start, end, (start, end))
        for row in lists.idioms.possible(lattice.places, lattice.words.carries)
        for start, end in lattice.matches(row.course, loose=False)
        if clauses[start] == clauses[end - 1]
    )
    return [fit for fit in found if not _is_idiom(*fit, idioms, lattice)]


def _holds(first: int, last: int, start: int, end: int) -> bool:
    """Whether the longer words hold the shorter ones."""
    return first <= start and end <= last and last - first > end - start


def _is_idiom(rule: Rule, start: int, end: int, idioms: Near[tuple[int, int]], lattice: Lattice) -> bool:
    """Whether the words of a match belong to an idiom. A phrase that is longer and names the idiom whole stands; so
    does one behind which somebody is named: "mati aku" is an idiom, "aku mau mati aku ga kuat" are two sentences.
    """
    if rule.gapped:
        return any(True for _ in idioms.over(start, end))
    return any(
        not _holds(start, end, first, last) and not (start < first < end < last and _another_begins(end, last, lattice))
        for first, last in idioms.over(start, end)
    )


def _another_begins(end: int, last: int, lattice: Lattice) -> bool:
    """Whether behind a match somebody is named of whom more is said."""
    return not lattice.closed(last) and any(end in lattice.spans(who) for who in PERSONS)


def _whole(rule: Rule, start: int, end: int, whole: Near[Fit]) -> Fit:
    """The longest phrase without gaps that holds the match: "[thoughts of [suicide]]". Who and not are asked of it."""
    longest = (rule, start, end)
    for fit in whole.over(start, end):
        if fit[2] - fit[1] > longest[2] - longest[1] and _holds(fit[1], fit[2], start, end):
            longest = fit
    return longest


def _weigh(rule: Rule, start: int, end: int, whole: Fit, context: Context) -> Weighed:
    level = rule.level
    notes: list[str] = []
    subject = person.subject_of(whole[1], end, context, bare=rule.bare)
    denied = not rule.negative and polarity.is_denied(whole[0], whole[1], context)
    asks = rule.asks and level is Level.YELLOW
    if denied:
        level = min(level, Level.BLUE)
        notes.append(explain.DENIED)
    if rule.about == "writer" and "persons" not in rule.ignores:
        left = _level_for(subject, level, start, context)
        if left != level or subject != "self":
            notes.append(explain.about(subject))
        level = left
    counts = level > Level.YELLOW or (rule.adds_up and level > Level.GREEN)
    past = counts and "time" not in rule.ignores and time.is_past(start, end, context)
    if past and level > Level.YELLOW:
        level, asks = Level.YELLOW, True
        notes.append(explain.PAST)
    found = frame.frame_of(rule, start, _told_of(rule, start, end, subject, context), context)
    if found is not None and level > found.lowers_to:
        level, asks = found.lowers_to, found.lowers_to is Level.YELLOW
        notes.append(explain.framed(found.name))
    if rule.urgent and level is Level.RED and subject in {"self", "none"} and time.is_soon(context):
        level = Level.EMERGENCY
        notes.append(explain.SOON)
    lowered = level < (Level.YELLOW if past else rule.level)
    return Weighed(rule, start, end, level, subject, asks, denied, past, lowered, tuple(notes))


def _told_of(rule: Rule, start: int, end: int, subject: str, context: Context) -> str:
    """Whom a frame must be about to hold: "he hits me" names him first, and yet tells of the writer."""
    done_to_the_writer = rule.about == "anyone" and context.between(person.SELF, start, end)
    return person.SELF if done_to_the_writer else subject


def _level_for(subject: str, level: Level, start: int, context: Context) -> Level:
    """What is left of a level when somebody else is meant, or when a supporter asks."""
    if subject in {person.PEOPLE, person.YOU}:
        return min(level, Level.BLUE)
    if context.speaker == "supporter" and (subject == person.NONE or context.is_asked(start)):
        return min(level, Level.BLUE)
    if subject == person.OTHER:
        return min(level, Level.RED)
    return level


def _settle_denials(weighed: list[Weighed]) -> list[Weighed]:
    """A denied wish within other distress is no all-clear: it stays yellow, and the question is due."""
    if not any(match.level >= Level.BLUE and not match.denied for match in weighed):
        return weighed
    return [
        match._replace(level=max(match.level, Level.YELLOW), asks=True, notes=(*match.notes, explain.STILL_DISTRESSED))
        if match.denied and match.subject in {person.SELF, person.NONE}
        else match
        for match in weighed
    ]


def _add_up(weighed: list[Weighed]) -> list[Weighed]:
    """Two ambiguous signs of the writer, or one and a weak one (blue), each in words of its own, make red. One of them
    may be past: an old attempt told beside today's despair.
    """
    signs: list[Weighed] = []
    for match in sorted(filter(_is_sign, weighed), key=lambda match: (-match.level, match.past)):
        if len(signs) < ENOUGH_SIGNS and all(_apart(match, other) for other in signs):
            signs.append(match)
    if len(signs) < ENOUGH_SIGNS or signs[0].level is not Level.YELLOW:
        return weighed
    return [
        match._replace(level=Level.RED, asks=False, notes=(*match.notes, explain.ADDED_UP)) if match in signs else match
        for match in weighed
    ]


def _is_sign(match: Weighed) -> bool:
    """Whether the match counts with others: ambiguous, or too weak to ask about alone; and not lowered by anything. A
    weak one may tell of others: "my parents divorce" is the writer's trouble too.
    """
    ambiguous = match.level is Level.YELLOW and match.asks
    weak = match.level is Level.BLUE and match.rule.level is Level.BLUE
    told_of_self = match.subject in {person.SELF, person.NONE} or weak
    return match.rule.adds_up and not match.lowered and told_of_self and (ambiguous or match.level is Level.BLUE)


def _apart(match: Weighed, other: Weighed) -> bool:
    """Whether they stand in words of their own and tell of two things, of which not both are past."""
    beside = match.start >= other.end or match.end <= other.start
    if Level.BLUE in (match.level, other.level) and max(match.start - other.end, other.start - match.end) > WEAK_REACH:
        return False
    return beside and match.rule.place != other.rule.place and not (match.past and other.past)


def _verdict(text: Folded, weighed: list[Weighed], context: Context, lists: Lists) -> Verdict:
    weighed.sort(key=lambda match: (-match.level, -(match.end - match.start), match.start))
    top = weighed[0]
    other = [match for match in weighed if match.subject == person.OTHER and match.rule.about == "writer"]
    counted = [match for match in weighed if match.level > Level.GREEN]
    categories = dict.fromkeys(match.rule.category for match in counted)
    flags = dict.fromkeys(flag for match in counted for flag in match.rule.flags)
    if any(match.level >= Level.YELLOW for match in other) or Flag.THIRD_PARTY in flags:
        categories[THIRD_PARTY] = None
        flags[Flag.THIRD_PARTY] = None
    places = text.places()
    asks = top.level is Level.YELLOW and any(match.asks for match in weighed if match.level is Level.YELLOW)
    return Verdict(
        level=top.level,
        categories=tuple(categories),
        flags=tuple(flags),
        matches=tuple(_match(text.original, places, match, context) for match in _without_covered(counted)),
        subject=person.OTHER if Flag.THIRD_PARTY in top.rule.flags else _plain(top.subject),
        ask=asks,
        lists=lists.version,
    )


def _plain(subject: str) -> str:
    return person.OTHER if subject == person.PEOPLE else subject


def _without_covered(weighed: list[Weighed]) -> list[Weighed]:
    """Each stretch of text once for each category, by its best match."""
    kept: list[Weighed] = []
    for match in weighed:
        if len(kept) == MOST_MATCHES:
            break
        covered = (
            other.rule.category == match.rule.category and other.start <= match.start and match.end <= other.end
            for other in kept
        )
        if not any(covered):
            kept.append(match)
    return kept


def _match(text: str, places: Sequence[int], match: Weighed, context: Context) -> Match:
    start = places[context.words.starts[match.start]]
    end = places[context.words.ends[match.end - 1] - 1] + 1
    return Match(
        start=start,
        end=end,
        words=text[start:end],
        rule=match.rule.name,
        category=match.rule.category,
        level=match.level,
        why=explain.sentence(match.rule, match.notes, context.words.hows[match.start : match.end]),
    )
