"""The program's own word lists: every example, and promises that no edit may break."""

from __future__ import annotations

import pytest
from word_lists import project_lists

from bot.model.level import Flag, Level
from bot.screening import check_lists, screen
from bot.screening.check import fits

LISTS = project_lists()
EXAMPLES = [
    (source.language, category.name, example)
    for source in LISTS.sources
    for category in source.categories
    for example in category.examples
]
CATEGORIES = "ABCDEFGHIJKLMNOP"


def test_the_lists_have_no_faults() -> None:
    assert check_lists(LISTS) == ()


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_category_is_in_every_language(language: str) -> None:
    (source,) = (source for source in LISTS.sources if source.language == language)
    assert "".join(category.name for category in source.categories) == CATEGORIES


@pytest.mark.parametrize("language", ["id", "en"])
def test_there_are_hundreds_of_examples_in_every_language(language: str) -> None:
    levels = [example.level for spoken, _, example in EXAMPLES if spoken == language]
    assert sum(level >= Level.RED for level in levels) >= 120
    assert sum(level <= Level.BLUE for level in levels) >= 120


def test_every_example_gets_its_level() -> None:
    wrong = [example.text for _, _, example in EXAMPLES if not fits(example, screen(example.text, LISTS).level)]
    assert wrong == []


@pytest.mark.parametrize(
    "statement",
    [
        "aku mau mati",
        "aku ingin mati",
        "saya ingin bunuh diri",
        "gue pengen bundir",
        "saya mau mengakhiri hidup saya",
        "aku mau akhirin hidup",
        "udahin aja idup gue",
        "pengen banget mati",
        "aku ga mau hidup lagi",
        "nyerah sama hidup",
        "i want to die",
        "i want to kill myself",
        "i'm going to kill myself",
        "i am suicidal",
        "i don't want to live anymore",
        "i want to end my life",
        "kms",
        "wanna d1e",
        "sucide",
    ],
)
def test_a_plain_statement_of_the_writer_is_never_missed(statement: str) -> None:
    verdict = screen(statement, LISTS)
    assert verdict.level >= Level.RED
    assert verdict.subject in {"self", "none"}


@pytest.mark.parametrize(
    "around", ["{} ", "kak, {}", "maaf ganggu. {}. makasih", "ok\n\n{}\n\nbye", "{} 😭😭", "“{}”", "*{}*"]
)
@pytest.mark.parametrize("statement", ["aku mau mati", "i want to die", "pengen bunuh diri"])
def test_what_stands_around_a_plain_statement_does_not_hide_it(statement: str, around: str) -> None:
    assert screen(around.format(statement), LISTS).level >= Level.RED


@pytest.mark.parametrize("loss", ["temanku bunuh diri minggu lalu", "my brother killed himself last year"])
def test_a_loss_by_suicide_is_grief_and_says_so(loss: str) -> None:
    verdict = screen(loss, LISTS)
    assert verdict.level is Level.YELLOW
    assert Flag.BEREAVED_BY_SUICIDE in verdict.flags


@pytest.mark.parametrize("worry", ["temenku bilang mau bunuh diri", "my friend wants to kill herself"])
def test_somebody_else_in_danger_takes_the_third_persons_path(worry: str) -> None:
    verdict = screen(worry, LISTS)
    assert verdict.level >= Level.RED
    assert Flag.THIRD_PARTY in verdict.flags
    assert verdict.subject == "other"
