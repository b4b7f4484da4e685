"""Every sentence that somebody in danger may read keeps to what the field knows, reached by a test or not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.content import Content, load_sources, sources

FOLDER = Path(__file__).parents[3] / "flows"
LANGUAGES = ("id", "en")
ALERTED = {"id": r"sudah (diberi tahu|dipanggil|dihubungi)", "en": r"(has|have) been (alerted|told|called)"}
PROMISES = {
    "id": r"(?<!nggak bisa )\bdatang\b(?!i)|segera tiba|pasti baik|jangan khawatir|selamanya",
    "en": r"on (its|their|the) way|is coming|will be (fine|okay)|don't worry|forever",
}
WAYS_ON = {
    "id": r"[Tt]ulis|/crisis|[Aa]ku (masih|tetap|terus)|nomor|IGD|\bnanti\b|konselor",
    "en": r"[Ww]rite|/crisis|I'm still|keep|number|emergency|counselor",
}
ANSWERS = tuple(
    f"answer{whom}" for whom in ("", "_asked", "_third_party", "_adviser", "_peer", "_gently", "_emergency")
)
NOT_SAID_ALONE = ("button", "contact", "by_chat", "not_passed_on")


@pytest.fixture(scope="module")
def content() -> Content:
    files = {name: text for name, text in sources(FOLDER).items() if "/screening/" not in name}
    return load_sources(files, LANGUAGES)


def crisis_texts(content: Content) -> list[tuple[str, str, str]]:
    """Key, language and words of all that is said to somebody in danger."""
    return [
        (key, language, " ".join(text.in_(language) for text in content.sentences.by_key[key]))
        for key in sorted(content.keys)
        if key.startswith("crisis.") and key.partition(".")[2] not in NOT_SAID_ALONE
        for language in LANGUAGES
    ]


def test_every_first_answer_says_that_it_is_a_bot_and_that_a_human_is_being_asked(content: Content) -> None:
    for key, language, words in crisis_texts(content):
        if key.partition(".")[2] in ANSWERS:
            assert re.search(r"\b[Bb]ot\b", words), (key, language)
            assert re.search("konselor" if language == "id" else "counselor", words), (key, language)


def test_only_one_sentence_says_that_somebody_was_alerted(content: Content) -> None:
    found = {key for key, language, words in crisis_texts(content) if re.search(ALERTED[language], words)}
    assert found == {"crisis.alerted"}


def test_no_sentence_promises_that_help_comes(content: Content) -> None:
    found = [(key, words) for key, language, words in crisis_texts(content) if re.search(PROMISES[language], words)]
    assert found == []


def test_no_sentence_leaves_somebody_without_a_way_on(content: Content) -> None:
    found = [key for key, language, words in crisis_texts(content) if not re.search(WAYS_ON[language], words)]
    assert found == []


def test_bubbles_are_short_enough_to_be_read_in_distress(content: Content) -> None:
    long = [
        key
        for key in content.keys
        if key.startswith("crisis.")
        for text in content.sentences.by_key[key]
        for words in text.by_language.values()
        if len(words) > 300
    ]
    assert long == []


def test_what_is_shown_in_a_crisis_can_be_reached_by_writing_too(content: Content) -> None:
    usable = [contact for contact in content.contacts.values() if contact.crisis and not contact.region]
    assert any({"chat", "whatsapp"} & set(contact.channels) for contact in usable)
    assert any(contact.kind == "emergency" for contact in usable)
