"""Who writes danger and everyday things in one breath is heard: neither may hide the other."""

from __future__ import annotations

import pytest
from word_lists import project_lists

from bot.model.level import Level
from bot.screening import screen

LISTS = project_lists()
MOST_HIDDEN = 0.02
"""The share of examples that a sentence beside them may hide. What stays hidden reads as one sentence with it."""
CRISIS = {
    source.language: [e.text for c in source.categories for e in c.examples if e.level >= Level.RED]
    for source in LISTS.sources
}
PLAIN = [
    ("id", "aku mau mati"), ("id", "saya ingin bunuh diri"), ("id", "gue pengen bundir"),
    ("id", "aku mau akhirin hidup"), ("id", "aku ga mau hidup lagi"),
    ("en", "i want to die"), ("en", "i want to kill myself"), ("en", "i am suicidal"),
    ("en", "i want to end my life"), ("en", "i don't want to live anymore"),
]  # fmt: skip
EVERYDAY = {
    "id": ["tadi aku makan siang di kantin", "dosennya ga masuk", "kak boleh cerita ga", "aku ga apa apa"],
    "en": ["i had lunch today", "the exam was so hard", "can i ask you something", "i have a test on monday"],
}
LOWERING = {
    "id": ["tahun lalu aku pindah sekolah", "adikku main game", "film yang tadi bagus banget", "temanku lagi sibuk"],
    "en": ["last year i moved schools", "my brother plays games all day", "that movie was great", "people go home now"],
}
"""What lowers danger that is told in it: long ago, in a game, of other people. Beside it, it may not."""
JOINED = [", ", ". ", "\n"]
BY_WORDS = {"id": [" terus ", " tapi "], "en": [" but ", " then "]}


def hidden(beside: str, between: str, crisis: list[str]) -> list[str]:
    texts = [text for one in crisis for text in (beside + between + one, one + between + beside)]
    return [text for text in texts if screen(text, LISTS).level < Level.RED]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("beside", [EVERYDAY, LOWERING], ids=["everyday", "lowering"])
@pytest.mark.parametrize("between", range(5), ids=["comma", "full stop", "line", "first word", "second word"])
def test_what_stands_beside_an_example_hides_hardly_any(
    language: str, beside: dict[str, list[str]], between: int
) -> None:
    joined = [*JOINED, *BY_WORDS[language]][between]
    crisis = CRISIS[language]
    found = [text for one in beside[language] for text in hidden(one, joined, crisis)]
    assert len(found) <= MOST_HIDDEN * 2 * len(crisis) * len(beside[language]), found


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("number", [0, 1, 3])
def test_what_stands_beside_an_example_without_any_sign_hides_hardly_any(language: str, number: int) -> None:
    found = hidden(EVERYDAY[language][number], " ", CRISIS[language])
    assert len(found) <= MOST_HIDDEN * 2 * len(CRISIS[language]), found


@pytest.mark.parametrize(("language", "statement"), PLAIN)
def test_a_plain_statement_of_the_writer_is_never_hidden(language: str, statement: str) -> None:
    for beside in (*EVERYDAY[language], *LOWERING[language]):
        for between in (*JOINED, *BY_WORDS[language]):
            assert hidden(beside, between, [statement]) == []
    for beside in EVERYDAY[language]:
        assert hidden(beside, " ", [statement]) == []
