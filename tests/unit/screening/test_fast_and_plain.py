"""What is found quickly is what is found plainly: no prefilter and no short cut drops a match or adds one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reference import Fits, Reference
from word_lists import lists_of, without_idioms

from bot.screening import Lists, screen
from bot.screening.compile import Compiler
from bot.screening.fitting import fitting
from bot.screening.lattice import Lattice, positions
from bot.screening.normalise.fold import fold
from bot.screening.normalise.tokens import cut, has_spaced, is_one, spans_of, written
from bot.screening.words import Words

NESTED = """
fillers: [just, aja]
joins: [but]
persons:
  self: [i, me]
  other: [she, my friend]
negation: [not]
slots:
  want: [mau, want to, "would {like} to"]
  like: [like, love]
  die: [mati, "{end} {life}", "{want} {gone}", "{gone}"]
  end: [akhiri, "put ... end to"]
  life: [hidup, my life]
  gone: [gone, "not here"]
categories:
  A:
    phrases:
      red:
        - "{want} {die}"
        - "{die}"
        - "i ... {die}"
        - "{want} .. {life}"
        - "i just/only {want} gone"
        - "tidak kuat ."
      yellow: ["{end} ... {end}", "mati mati"]
"""
ALIKE = """
fillers: [aja]
persons:
  self: [aku]
  other: [dia, ibu]
negation: [tidak, not]
times:
  past: [dulu]
slots:
  deny: [tidak]
  tired: [capek, lelah]
  koit: [koit]
categories:
  A:
    adds up: yes
    phrases:
      red: ["mau koit", "mau {koit}", "{deny} mau hidup", "tidak mau hidup", "koit", "mau ... koit"]
      yellow:
        - "capek hidup"
        - "{tired} hidup"
        - "lelah hidup"
        - "{tired} aja hidup"
  E:
    about: anyone
    phrases:
      red: ["mau {koit}", "koit dia"]
"""
"""Phrases that fit the same words and differ in little."""
BETWEEN = st.sampled_from([" ", " ", " ", " ", ", ", ". ", "? ", "\n", " - "])


def texts_of(words: list[str], longest: int = 14) -> st.SearchStrategy[str]:
    pairs = st.lists(st.tuples(st.sampled_from(words), BETWEEN), max_size=longest)
    return pairs.map(lambda found: "".join(word + between for word, between in found))


def vocabulary(lists: Lists) -> list[str]:
    return sorted(lists.lexicon.vocabulary)


def found_quickly(text: str, lists: Lists) -> Fits:
    words = Words(fold(text).text, lists.lexicon)
    return {(rule.name, start, end) for rule, start, end in fitting(words.rules(), Lattice(words, lists))}


PLAIN = without_idioms()
PLAINLY = Reference(PLAIN)
NESTED_LISTS = lists_of(NESTED)
NESTED_PLAINLY = Reference(NESTED_LISTS)
ALIKE_LISTS = lists_of(ALIKE)
WATCHED = sorted(PLAIN.lexicon.watched)
EXAMPLES = [e.text for source in PLAIN.sources for category in source.categories for e in category.examples]


@settings(max_examples=300, deadline=None)
@given(texts_of([*vocabulary(NESTED_LISTS), "tidak kuat", "lamp", "aja", "aja", "just"]))
def test_nested_slots_are_found_wherever_they_stand(text: str) -> None:
    assert found_quickly(text, NESTED_LISTS) == NESTED_PLAINLY.fits(text)


@pytest.mark.parametrize("text", ["not here", "would love to be not here", "put it all end to my life", "mau gone"])
def test_slots_within_slots_are_found(text: str) -> None:
    assert found_quickly(text, NESTED_LISTS) == NESTED_PLAINLY.fits(text) != set()


@pytest.mark.parametrize("passed", range(8))
@pytest.mark.parametrize(
    ("word", "phrase"),
    [("aja", "{} mau {} mati"), ("lamp", "{} i {} mati"), ("aja", "{} mau {}. mati"), ("aja", "{} mau aja. {} mati")],
)
def test_words_are_passed_up_to_a_limit(passed: int, word: str, phrase: str) -> None:
    text = phrase.format("just just", " ".join([word] * passed))
    assert found_quickly(text, NESTED_LISTS) == NESTED_PLAINLY.fits(text)


@settings(max_examples=40, deadline=None)
@given(
    st.one_of(texts_of(vocabulary(PLAIN)), st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=2).map(" ".join))
)
def test_all_phrases_of_the_project_are_found_wherever_they_stand(text: str) -> None:
    assert found_quickly(text, PLAIN) == PLAINLY.fits(text)


class Unlike(dict[object, int]):
    """Gives every rule a kind of its own."""

    def setdefault(self, *_: object) -> int:
        self[len(self)] = 0
        return len(self)


def each_rule_weighed(lists: Lists) -> Lists:
    compiler = Compiler(lists.sources)
    compiler._kinds = Unlike()  # type: ignore[assignment]
    return compiler.compile(lists.version)


ALIKE_WEIGHED = each_rule_weighed(ALIKE_LISTS)


@settings(max_examples=400, deadline=None)
@given(texts_of([*vocabulary(ALIKE_LISTS), "dia", "aku", "dulu", "not"], longest=8))
def test_rules_that_are_weighed_alike_say_what_each_would_say(text: str) -> None:
    assert screen(text, ALIKE_LISTS) == screen(text, ALIKE_WEIGHED)


@pytest.mark.parametrize(
    "text", ["not tidak mau hidup", "dia tidak mau hidup", "capek hidup, capek hidup", "mau koit dia"]
)
def test_rules_that_fit_the_same_words_are_told_apart_where_they_differ(text: str) -> None:
    assert screen(text, ALIKE_LISTS) == screen(text, ALIKE_WEIGHED)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from([*WATCHED, "my", "to", "xy", "'"]), min_size=1, max_size=4).map("".join))
@example("todie")
@example("bu'nuhdiri")
def test_no_word_that_was_run_together_is_dropped_unseen(written: str) -> None:
    lexicon = PLAIN.lexicon
    quick = lexicon._split(written)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "_may_stand_out", lambda _: True)
        assert quick == lexicon._split(written)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["a", "b1", " ", " - ", "-", *".,!?()\n\u2026\u2014'*"]), max_size=12).map("".join))
def test_a_text_that_looks_like_one_sentence_is_one(text: str) -> None:
    if is_one(text):
        pieces = cut(text)
        assert set(pieces.sentences()) <= {0}
        assert set(pieces.clauses()) <= {0}


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from(list("ab1.,!?-() \n'*$")), max_size=40))
def test_words_of_a_plain_text_stand_where_they_are_cut(text: str) -> None:
    if not has_spaced(written(text)):
        assert spans_of(text) == cut(text).spans()


@given(st.sets(st.integers(0, 200)))
def test_places_are_the_bits_of_a_number(places: set[int]) -> None:
    assert positions(sum(1 << place for place in places)) == sorted(places)
