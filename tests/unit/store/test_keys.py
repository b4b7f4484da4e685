"""Keys: all in the program's slot, all documented, none with a stranger's letters."""

from __future__ import annotations

import ast
import inspect
import re

import pytest

from bot.model.address import Side
from bot.model.index import Index
from bot.store import keys as module
from bot.store.keys import FaultyProgramName, Keys
from bot.store.scripts import FOLDER, SCRIPTS


def every_key() -> list[str]:
    keys = Keys("sekolah-1")
    chat = "telegram.student.abc"
    made = [
        keys.mailbox("p_a"), keys.outbox(chat), keys.index(Index.QUEUE), keys.person("p_a"), keys.case("case_a"),
        keys.conversation("p_a", Side.STAFF), keys.invite("inv_a"), keys.candidate("candidate_a"),
        keys.refs(chat, 7), keys.pause(chat),
        keys.lease("x"),
    ]  # fmt: skip
    for value in vars(keys).values():
        made += [value] if isinstance(value, str) else list(value)
    return [key for key in made if key != "sb:{sekolah-1}:"]


def test_every_key_lies_in_the_programs_slot_and_none_twice() -> None:
    made = every_key()
    assert all(key.startswith("sb:{sekolah-1}:") for key in made)
    assert len(set(made)) == len(made)


def test_no_other_module_spells_a_key() -> None:
    folder = FOLDER.parent
    spelled = [path.name for path in folder.glob("*.py") if "sb:" in path.read_text(encoding="utf-8")]
    assert spelled == ["keys.py"]


def test_every_key_says_its_type_owner_and_expiry() -> None:
    source = inspect.getsource(module)
    documents = [node.value.value for node in ast.walk(ast.parse(source))
                 if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
                 and isinstance(node.value.value, str)]  # fmt: skip
    kinds = [text for text in documents if re.match(r"(String|Hash|List|Stream|Streams|Sets|Sorted set)\b", text)]
    assert len(kinds) >= 20
    for text in kinds:
        assert "as above" in text or "the same" in text.lower() or "owner" in text or "a document" in text, text
        assert re.search(r"expir|gone|newest|as above|the same", text), text


@pytest.mark.parametrize("program", ["", "a b", "{a}", "a}b", "-a", "a" * 64, "ä"])
def test_a_program_name_that_would_break_a_key_is_refused(program: str) -> None:
    with pytest.raises(FaultyProgramName, match="Letters, digits"):
        Keys(program)


def test_every_script_is_refused_as_a_whole_by_a_full_or_read_only_server() -> None:
    """That is what the first line does; without it a server runs a script up to the first write that it refuses."""
    assert SCRIPTS
    assert all(script.source.startswith("#!lua") for script in SCRIPTS.values())


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_says_its_keys_arguments_and_reply(name: str) -> None:
    header = (FOLDER / f"{name}.lua").read_text(encoding="utf-8")
    for part in ("-- KEYS ", "-- ARGV ", "-- reply "):
        assert part in header
    assert "'sb:" not in header
