"""What screening a message costs, against other ways of looking for the same phrases, in one run on one machine.

    python benchmarks/screening.py [FILE.jsonl ...]

Without files the messages are a mix as a chat may have it: everyday sentences, calm ones that look dangerous, and a few
cries for help, the last two from the lists' own examples. The others search for the
plain phrases that the lists' simplest readings give; unlike ours they know no slots, disguises, persons or frames.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ahocorasick_rs
from rapidfuzz import fuzz, process

from bot.content.reader import node_of
from bot.screening import Lists, compile_lists, pattern, screen

ROOT = Path(__file__).parents[1]
MOST_PHRASES = 2_000
MESSAGES = 2_000
SCANNED = 200
"""Messages for the slow scan, so that a run takes seconds."""
FUZZY_CUTOFF = 85
PASSES = 5
"""Of each message the fastest pass counts, so that what else the machine does is not measured."""
OF_A_HUNDRED = (84, 14, 2)
"""Everyday sentences, difficult calm ones (the lists' calm examples), and cries for help, as a chat may have them."""
BEGIN = [
    "kak maaf ganggu,", "eh btw", "hari ini", "jadi gini,", "tadi siang", "halo kak,", "menurut kakak", "minggu depan",
    "hi, sorry to bother you,", "so today", "last week", "honestly", "my roommate says", "can i ask,", "this morning",
]  # fmt: skip
MIDDLE = [
    "aku bingung milih jurusan", "temenku pinjem catatan terus ilang", "dosennya minta revisi bab dua lagi",
    "aku lupa bawa laptop ke kampus", "ada rapat himpunan sampe malem", "nilai kalkulus keluar dan lumayan",
    "i could not finish the lab report", "we have to present in front of everybody", "i missed the bus and got soaked",
    "the professor moved the deadline", "i am not sure which course to take", "my sister is visiting for the weekend",
]  # fmt: skip
END = [
    "", "wkwk", "jadi agak capek", "tapi gapapa lah", "menurut kamu gimana ya?", "padahal udah belajar dari kemarin",
    "and i have no idea what to do about it", "but it went okay in the end", "do you have any tips?", "lol",
]  # fmt: skip


def compiled() -> tuple[Lists, float]:
    texts = {path.stem: (path.read_text(encoding="utf-8"), path.name) for path in ROOT.glob("flows/screening/*.yaml")}
    nodes = {language: node_of(*text) for language, text in texts.items()}
    begin = time.perf_counter()
    lists, _ = compile_lists(nodes)
    return lists, time.perf_counter() - begin


def plain_phrases(lists: Lists) -> list[str]:
    """Each phrase with the first entry in each of its slots, and every entry of the slots that stand alone."""
    slots: dict[str, list[str]] = {}
    for source in lists.sources:
        for name, entries in source.slots.items():
            slots.setdefault("{" + name + "}", []).extend(entry.text for entry in entries)

    def worded(symbol: str) -> str:
        symbol = symbol.split("/", maxsplit=1)[0].replace("_", " ") if symbol[0] != "{" else symbol
        for _ in range(5):
            symbol = re.sub(r"\{[^{}]*\}", lambda found: (slots.get(found[0]) or [""])[0], symbol)
        return symbol.replace("~", "")

    phrases: dict[str, None] = {}
    for source in lists.sources:
        for category in source.categories:
            for phrase in category.phrases:
                for reading in pattern.sequences(phrase.text)[:4]:
                    words = [worded(symbol) for symbol in reading if symbol not in pattern.GAPS]
                    phrases[" ".join(" ".join(words).split())] = None
    return [phrase for phrase in phrases if phrase][:MOST_PHRASES]


def messages(files: list[str], lists: Lists) -> list[str]:
    if files:
        lines = (line for name in files for line in Path(name).read_text(encoding="utf-8").splitlines())
        return [json.loads(line)["text"] for line in lines]
    examples = [e for s in lists.sources for c in s.categories for e in c.examples]
    everyday = [f"{begin} {middle} {end}".strip() for begin in BEGIN for middle in MIDDLE for end in END]
    kinds = (
        everyday,
        [e.text for e in examples if not e.level.is_crisis],
        [e.text for e in examples if e.level.is_crisis],
    )
    chosen = []
    for texts, share in zip(kinds, OF_A_HUNDRED, strict=True):
        wanted = share * MESSAGES // 100
        chosen += [texts[number * len(texts) // wanted] for number in range(wanted)]
    return chosen


def microseconds(look: Callable[[str], object], texts: list[str]) -> list[float]:
    """The fastest of some warm passes, message by message."""
    for text in texts:
        look(text)
    best = [float("inf")] * len(texts)
    for _ in range(PASSES):
        for place, text in enumerate(texts):
            begin = time.perf_counter_ns()
            look(text)
            best[place] = min(best[place], (time.perf_counter_ns() - begin) / 1000)
    return sorted(best)


def first_time(lists: Lists, texts: list[str]) -> list[float]:
    """One pass over messages whose words no reading is remembered of."""
    spent = []
    for text in texts:
        begin = time.perf_counter_ns()
        screen(text, lists)
        spent.append((time.perf_counter_ns() - begin) / 1000)
    return sorted(spent)


def row(name: str, spent: list[float], ours: float) -> None:
    median, high = statistics.median(spent), spent[int(len(spent) * 0.99)]
    print(f"{name:34}{median:>10.1f}{high:>10.1f}{high / median:>10.1f}{median / ours:>12.3f}")


def main() -> None:
    lists, seconds = compiled()
    phrases = plain_phrases(lists)
    texts = messages(sys.argv[1:], lists)
    length = statistics.median(map(len, texts))
    print(f"{len(texts)} messages, median {length:.0f} characters, {len(phrases)} plain phrases")
    print(f"compiling both lists: {seconds:.3f} s\n")
    print(f"{'microseconds a message':34}{'median':>10}{'p99':>10}{'p99/med':>10}{'times ours':>12}")
    first = first_time(lists, texts)
    spent = microseconds(lambda text: screen(text, lists), texts)
    ours = statistics.median(spent)
    row("ours, with all its rules", spent, ours)
    row("ours, words never met before", first, ours)
    expression = re.compile("|".join(rf"\b{re.escape(phrase)}\b" for phrase in phrases), re.IGNORECASE)
    row("one compiled regular expression", microseconds(expression.search, texts), ours)
    automaton = ahocorasick_rs.AhoCorasick(phrases)
    row("Aho-Corasick pass alone", microseconds(lambda t: automaton.find_matches_as_indexes(t.lower()), texts), ours)
    few = texts[:: max(1, len(texts) // SCANNED)]
    scan = microseconds(
        lambda text: process.extractOne(text.lower(), phrases, scorer=fuzz.partial_ratio, score_cutoff=FUZZY_CUTOFF),
        few,
    )
    row("plain scan with rapidfuzz", scan, ours)


if __name__ == "__main__":
    main()
