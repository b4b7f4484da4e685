"""Sealing, and the keyed hashes that stand for people, chats and codes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.address import Address
from bot.store.sealing import FaultyKey, Keyring, Unopenable, new_code, new_key

OLD, NEW = new_key(), new_key()


@given(st.binary(), st.binary())
def test_what_is_sealed_opens_for_the_same_purpose(plain: bytes, purpose: bytes) -> None:
    keyring = Keyring.from_text(OLD)
    assert keyring.open(keyring.seal(plain, purpose), purpose) == plain


def test_what_is_sealed_opens_for_no_other_purpose() -> None:
    keyring = Keyring.from_text(OLD)
    with pytest.raises(Unopenable):
        keyring.open(keyring.seal(b"words", b"mail:p_a"), b"mail:p_b")


def test_a_damaged_value_does_not_open() -> None:
    keyring = Keyring.from_text(OLD)
    sealed = keyring.seal(b"words", b"")
    for damaged in (b"", sealed[:1], sealed[:20], sealed[:-1], sealed + b"x", bytes([sealed[0] ^ 1]) + sealed[1:]):
        with pytest.raises(Unopenable):
            keyring.open(damaged, b"")


def test_the_same_words_never_look_the_same() -> None:
    keyring = Keyring.from_text(OLD)
    assert keyring.seal(b"words", b"") != keyring.seal(b"words", b"")


def test_a_wrong_key_is_named_without_any_content() -> None:
    sealed = Keyring.from_text(OLD).seal(b"rahasia", b"purpose")
    with pytest.raises(Unopenable) as caught:
        Keyring.from_text(NEW).open(sealed, b"purpose")
    assert "SEBAYA_KEY" in str(caught.value)
    assert "rahasia" not in str(caught.value)


def test_a_new_key_in_front_seals_and_the_old_one_still_opens() -> None:
    old, both, new = Keyring.from_text(OLD), Keyring.from_text(f"{NEW}, {OLD}"), Keyring.from_text(NEW)
    assert both.open(old.seal(b"words", b""), b"") == b"words"
    assert new.open(both.seal(b"words", b""), b"") == b"words"


def test_people_and_chats_keep_their_ids_when_a_key_is_put_in_front() -> None:
    old, both = Keyring.from_text(OLD), Keyring.from_text(f"{NEW},{OLD}")
    address = Address("telegram", "student", "4711")
    assert both.person_id("telegram", "4711") == old.person_id("telegram", "4711")
    assert both.chat_key(address) == old.chat_key(address)
    assert both.invite_id("ABCDE23456") == old.invite_id("ABCDE23456")
    assert both.arrival_mark("student:1") == old.arrival_mark("student:1")


def test_an_id_says_nothing_of_the_account_and_differs_by_platform_and_key() -> None:
    keyring = Keyring.from_text(OLD)
    person = keyring.person_id("telegram", "4711")
    assert re.fullmatch(r"p_[a-z2-7]{24}", person)
    others = {
        keyring.person_id("whatsapp", "4711"),
        keyring.person_id("telegram", "4712"),
        Keyring.from_text(NEW).person_id("telegram", "4711"),
    }
    assert person not in others
    assert len(others) == 3


def test_a_chat_is_known_by_bot_and_chat_and_not_by_thread() -> None:
    keyring = Keyring.from_text(OLD)
    chat = keyring.chat_key(Address("telegram", "staff", "4711"))
    assert chat.startswith("telegram.staff.")
    assert "4711" not in chat.removeprefix("telegram.staff.")
    assert keyring.chat_key(Address("telegram", "staff", "4711", "thread 9")) == chat
    assert keyring.chat_key(Address("telegram", "student", "4711")) != chat


def test_a_code_is_the_same_however_it_is_typed() -> None:
    keyring = Keyring.from_text(OLD)
    assert keyring.invite_id("abcde-23456 ") == keyring.invite_id("ABCDE23456")


def test_codes_have_no_letters_that_are_mistaken_for_others() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"[A-HJKMNP-Z2-9]{10}", code) for code in codes)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        (" , ", "empty"),
        ("short", "key 1 .* 32 bytes"),
        (f"{OLD},räksmörgås", "key 2 .* 32 bytes"),
        (OLD[:-4], "key 1 .* 32 bytes"),
    ],
    ids=["nothing", "only commas", "too short", "no letters of base64", "cut off"],
)
def test_a_faulty_key_is_refused_with_a_remedy_and_without_the_key(text: str, message: str) -> None:
    with pytest.raises(FaultyKey, match=message) as caught:
        Keyring.from_text(text)
    assert "sebaya key new" in str(caught.value)
    assert not text.strip(" ,") or text not in str(caught.value)


def test_a_new_key_is_a_key() -> None:
    keys: list[Any] = [new_key() for _ in range(3)]
    assert len(set(keys)) == 3
    Keyring.from_text(",".join(keys))
