"""From rules that fit to a verdict: each match raised or lowered by its surroundings, the highest one counts."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from bot.model.level import Flag, Level
from bot.model.verdict import Match, Verdict
from bot.screening import explain, frame, person, polarity, time
from bot.screening.context import Context
from bot.screening.fitting import Fit, holds
from bot.screening.near import Near
from bot.screening.normalise.fold import Folded
from bot.screening.rule import Rule
from bot.screening.words import Words

ENOUGH_SIGNS = 2
"""Signs that together are no longer ambiguous, if at least one of them is a sign by itself."""
WEAK_REACH = 25
"""Words between an ambiguous sign and a weak one that may tell of the same."""
MOST_MATCHES = 40
"""Matches that a verdict lists, the gravest first: more tell a counselor nothing."""
OTHER_IN_DANGER = "O"
"""The category that is added when somebody else is in danger."""
GREEN, BLUE, YELLOW, RED, EMERGENCY = Level
THIRD_PARTY = Flag.THIRD_PARTY
"""Named here because to look up a member in its enumeration takes ten times as long."""
WRITER = frozenset({person.SELF, person.NONE})
"""Subjects that count as the writer."""


class Weighed(msgspec.Struct, frozen=True, eq=False):
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


def judge(text: Folded, found: list[Fit], context: Context) -> Verdict:
    """The verdict on a text that these rules fit, by what stands around them."""
    return _verdict(text, _add_up(_settle_denials(_weigh_all(found, context))), context)


def _weigh_all(found: list[Fit], context: Context) -> list[Weighed]:
    """Each match that nothing replaces. Of rules that are weighed alike only as many are kept at one place as can add
    up: the others would say the same again.
    """
    replacing = Near({(start, end): None for rule, start, end in found if rule.replaces})
    whole = Near({(start, end): rule for rule, start, end in reversed(found) if not rule.gapped})
    weighed: list[Weighed] = []
    alike: dict[tuple[int, int, int], list[Weighed]] = {}
    for rule, start, end in found:
        same = alike.get((rule.kind, start, end))
        if same is None:
            replaced = replacing and not rule.replaces and _replaced(start, end, replacing)
            same = [] if replaced else [_weigh(rule, start, end, _whole(rule, start, end, whole), context)]
            alike[rule.kind, start, end] = same
            weighed += same
        elif 0 < len(same) < ENOUGH_SIGNS and rule.place != same[0].rule.place:
            same.append(replace(same[0], rule=rule))
            weighed.append(same[-1])
    return weighed


def _replaced(start: int, end: int, replacing: Near[None]) -> bool:
    return any(holds(first, last, start, end) for first, last, _ in replacing.over(start, end))


def _whole(rule: Rule, start: int, end: int, whole: Near[Rule]) -> Fit:
    """The longest phrase without gaps that holds the match: "[thoughts of [suicide]]". Who and not are asked of it."""
    longest = (rule, start, end)
    if rule.gapped or len(whole) > 1:
        for first, last, other in whole.over(start, end):
            if last - first > longest[2] - longest[1] and holds(first, last, start, end):
                longest = (other, first, last)
    return longest


def _weigh(rule: Rule, start: int, end: int, whole: Fit, context: Context) -> Weighed:
    level = rule.level
    notes: tuple[str, ...] = ()
    subject = person.subject_of(whole[1], end, context, bare=rule.bare)
    denied = not rule.negative and polarity.is_denied(whole[0], whole[1], context)
    asks = rule.asks and level is YELLOW
    if denied:
        level = min(level, BLUE)
        notes = (explain.DENIED,)
    if rule.about == "writer" and "persons" not in rule.ignores:
        left = _level_for(subject, level, start, context)
        if left != level or subject != person.SELF:
            notes += (explain.SUBJECTS[subject],)
        level = left
    counts = level > YELLOW or (rule.adds_up and level > GREEN)
    past = counts and "time" not in rule.ignores and time.is_past(start, end, context)
    if past and level > YELLOW:
        level, asks = YELLOW, True
        notes += (explain.PAST,)
    told_of = _told_of(rule, start, end, subject, context)
    found = frame.frame_of(rule, start, told_of, context) if context.frames else None
    if found is not None and level > found.lowers_to:
        level, asks = found.lowers_to, found.lowers_to is YELLOW
        notes += (explain.framed(found.name),)
    if rule.urgent and level is RED and subject in WRITER and time.is_soon(context):
        level = EMERGENCY
        notes += (explain.SOON,)
    lowered = level < (YELLOW if past else rule.level)
    return Weighed(rule, start, end, level, subject, asks, denied, past, lowered, notes)


def _told_of(rule: Rule, start: int, end: int, subject: str, context: Context) -> str:
    """Whom a frame must be about to hold: "he hits me" names him first, and yet tells of the writer."""
    done_to_the_writer = rule.about == "anyone" and context.between(person.SELF, start, end)
    return person.SELF if done_to_the_writer else subject


def _level_for(subject: str, level: Level, start: int, context: Context) -> Level:
    """What is left of a level when somebody else is meant, or when a supporter asks."""
    if subject in {person.PEOPLE, person.YOU}:
        return min(level, BLUE)
    if context.speaker == "supporter" and (subject == person.NONE or context.is_asked(start)):
        return min(level, BLUE)
    if subject == person.OTHER:
        return min(level, RED)
    return level


def _settle_denials(weighed: list[Weighed]) -> list[Weighed]:
    """A denied wish within other distress is no all-clear: it stays yellow, and the question is due."""
    denied = [match for match in weighed if match.denied]
    if not denied or not any(match.level >= BLUE and not match.denied for match in weighed):
        return weighed
    return [
        replace(match, level=max(match.level, YELLOW), asks=True, notes=(*match.notes, explain.STILL_DISTRESSED))
        if match.denied and match.subject in WRITER
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
    if len(signs) < ENOUGH_SIGNS or signs[0].level is not YELLOW:
        return weighed
    return [
        replace(match, level=RED, asks=False, notes=(*match.notes, explain.ADDED_UP)) if match in signs else match
        for match in weighed
    ]


def _is_sign(match: Weighed) -> bool:
    """Whether the match counts with others: ambiguous, or too weak to ask about alone; and not lowered by anything. A
    weak one may tell of others: "my parents divorce" is the writer's trouble too.
    """
    if match.lowered or not match.rule.adds_up:
        return False
    if match.level is BLUE:
        return match.rule.level is BLUE or match.subject in WRITER
    return match.level is YELLOW and match.asks and match.subject in WRITER


def _apart(match: Weighed, other: Weighed) -> bool:
    """Whether they stand in words of their own and tell of two things, of which not both are past."""
    beside = match.start >= other.end or match.end <= other.start
    if BLUE in (match.level, other.level) and max(match.start - other.end, other.start - match.end) > WEAK_REACH:
        return False
    return beside and match.rule.place != other.rule.place and not (match.past and other.past)


def _verdict(text: Folded, weighed: list[Weighed], context: Context) -> Verdict:
    weighed.sort(key=_gravity)
    top = weighed[0]
    counted = [match for match in weighed if match.level is not GREEN]
    categories = dict.fromkeys([match.rule.category for match in counted])
    flags = dict.fromkeys([flag for match in counted for flag in match.rule.flags])
    if THIRD_PARTY in flags or any(_endangers_another(match) for match in counted):
        categories[OTHER_IN_DANGER] = None
        flags[THIRD_PARTY] = None
    return Verdict(
        level=top.level,
        categories=tuple(categories),
        flags=tuple(flags),
        matches=_matches(text, _without_covered(counted), context.words),
        subject=person.OTHER if THIRD_PARTY in top.rule.flags or top.subject == person.PEOPLE else top.subject,
        ask=top.level is YELLOW and any(match.asks for match in weighed if match.level is YELLOW),
        lists=context.version,
    )


def _gravity(match: Weighed) -> tuple[int, int, int]:
    """The gravest first, and the longest of them."""
    return -match.level, match.start - match.end, match.start


def _endangers_another(match: Weighed) -> bool:
    return match.subject == person.OTHER and match.level >= YELLOW and match.rule.about == "writer"


def _without_covered(weighed: list[Weighed]) -> list[Weighed]:
    """Each stretch of text once for each category, by its best match."""
    kept: list[Weighed] = []
    for match in weighed:
        if len(kept) == MOST_MATCHES:
            break
        for other in kept:
            if other.start <= match.start and match.end <= other.end and other.rule.category == match.rule.category:
                break
        else:
            kept.append(match)
    return kept


def _matches(text: Folded, weighed: list[Weighed], words: Words) -> tuple[Match, ...]:
    places, spans, of_pieces = text.places(), words.spans(), words.of_pieces()
    matches = []
    for match in weighed:
        rule, pieces = match.rule, of_pieces[match.start : match.end]
        start, end = places[spans[pieces[0]][0]], places[spans[pieces[-1]][1] - 1] + 1
        why = explain.sentence(rule.level, match.notes, tuple(map(words.how, pieces)))
        matches.append(Match(start, end, text.original[start:end], rule.name, rule.category, match.level, why))
    return tuple(matches)
