"""A review of what screening judged wrongly: the effect is seen before, and nothing wrong is ever written."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.reviewing import Desk, ListChanged, open_desk
from bot.model.candidate import Candidate, CandidateKind
from bot.model.level import Level
from bot.model.source import FaultyContent

LIST = """\
# a counselor's remark
categories:
  A:
    phrases: {red: [mau mati, pengen mati]}
    examples:
      red: [aku mau mati]
      calm: [halo, mau makan]
"""
WITH_IDIOM = LIST.replace("categories:", "idioms: [mau mati ketawa]\ncategories:")
WITH_PHRASE = LIST.replace("pengen mati]", "pengen mati, pengen hilang]")
WORSE = LIST.replace("mau mati, pengen mati", "pengen mati, mau makan")

FALSE_ALARM = Candidate("c1", CandidateKind.FALSE_ALARM, "id", "mau mati ketawa", Level.RED, ("A/mau mati",), "v", 0)
MISSED = Candidate("c2", CandidateKind.MISSED, "id", "pengen hilang", Level.GREEN, (), "v", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "flows" / "screening").mkdir(parents=True)
    (tmp_path / "flows" / "screening" / "id.yaml").write_text(LIST)
    return tmp_path / "flows"


def desk_of(folder: Path, tried: str = "", *candidates: Candidate) -> Desk:
    path = folder.parent / "id-new.yaml"
    path.write_text(tried)
    return open_desk(folder, candidates or (FALSE_ALARM, MISSED), path if tried else None)


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (folder / "screening").iterdir()}


def test_a_text_that_the_lists_judge_wrongly_still_is_not_accepted(folder: Path) -> None:
    desk = desk_of(folder)
    assert not desk.accept(FALSE_ALARM, "A", "calm")
    assert not desk.accept(MISSED, "A", "red")
    assert desk.done == ()
    assert desk.finish() == ()
    assert files(folder) == {"id.yaml": LIST}


def test_a_changed_copy_shows_what_it_makes_right(folder: Path) -> None:
    effect = desk_of(folder, WITH_IDIOM).effect()
    assert effect.candidates_right == ("mau mati ketawa",)
    assert (effect.right, effect.wrong, effect.candidates_wrong, effect.faults) == ((), (), (), ())
    assert effect.examples == 3


def test_a_changed_copy_shows_what_it_makes_wrong(folder: Path) -> None:
    effect = desk_of(folder, WORSE).effect()
    assert set(effect.wrong) == {"aku mau mati", "mau makan"}
    assert len(effect.faults) == 2


def test_examples_that_a_copy_leaves_out_are_told(folder: Path) -> None:
    assert desk_of(folder, LIST.replace("[halo, mau makan]", "[halo]")).effect().taken_out == ("mau makan",)


def test_an_accepted_text_goes_live_with_the_list_that_made_it_right(folder: Path) -> None:
    desk = desk_of(folder, WITH_PHRASE)
    assert desk.accept(MISSED, "A", "red")
    assert desk.finish() == ()
    written = files(folder)
    assert written["id.yaml"] == WITH_PHRASE
    assert '"pengen hilang"' in written["reviewed.yaml"]
    assert desk.done == (MISSED,)
    assert set(written) == {"id.yaml", "reviewed.yaml"}


def test_later_reviews_keep_what_earlier_ones_accepted(folder: Path) -> None:
    for tried, candidate, level in (
        (WITH_PHRASE, MISSED, "red"),
        (WITH_PHRASE.replace("categories:", "idioms: [mau mati ketawa]\ncategories:"), FALSE_ALARM, "calm"),
    ):
        desk = desk_of(folder, tried)
        assert desk.accept(candidate, "A", level)
        assert desk.finish() == ()
    assert '"pengen hilang"' in files(folder)["reviewed.yaml"]
    assert '"mau mati ketawa"' in files(folder)["reviewed.yaml"]


def test_an_accepted_example_guards_the_lists_from_then_on(folder: Path) -> None:
    desk = desk_of(folder, WITH_PHRASE)
    desk.accept(MISSED, "A", "red")
    desk.finish()
    again = desk_of(folder, WITH_IDIOM)
    assert again.effect().wrong == ("pengen hilang",)
    assert again.accept(FALSE_ALARM, "A", "calm")
    assert len(again.finish()) == 1
    assert files(folder)["id.yaml"] == WITH_PHRASE


def test_lists_that_would_lose_an_example_are_not_written(folder: Path) -> None:
    desk = desk_of(folder, WORSE)
    assert len(desk.finish()) == 2
    assert files(folder) == {"id.yaml": LIST}


def test_a_list_that_somebody_else_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    desk = desk_of(folder, WITH_IDIOM)
    (folder / "screening" / "id.yaml").write_text(WITH_PHRASE)
    with pytest.raises(ListChanged):
        desk.finish()
    assert files(folder) == {"id.yaml": WITH_PHRASE}


def test_a_copy_with_broken_yaml_is_refused_with_its_line(folder: Path) -> None:
    with pytest.raises(FaultyContent, match=r"id\.yaml:"):
        desk_of(folder, "categories: [")


def test_a_file_that_is_a_copy_of_no_list_is_refused_with_the_known_ones(folder: Path) -> None:
    path = folder.parent / "jawa.yaml"
    path.write_text(LIST)
    with pytest.raises(FaultyContent, match=r"`id\.yaml`"):
        open_desk(folder, (), path)


def test_a_discarded_text_is_done_and_changes_no_file(folder: Path) -> None:
    desk = desk_of(folder)
    desk.discarded.add(FALSE_ALARM.id)
    assert desk.finish() == ()
    assert desk.done == (FALSE_ALARM,)
    assert files(folder) == {"id.yaml": LIST}
