"""The gallery: every way in which the content's other files can be wrong, each with its exact message.

`NAME.yaml` holds the broken files, each after a line `### its/path.yaml`; what it does not hold is sound. `NAME.txt` is
what the author reads. With `SEBAYA_REWRITE=1` the messages are written anew, to be reviewed as a diff.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.content import load_sources
from bot.model.source import FaultyContent

GALLERY = sorted(Path(__file__).parent.glob("*.yaml"))
SOUND = {
    "flows/hello.yaml": "flow: hello\nabout: {id: Halo, en: Hello}\nsteps:\n  - say: {id: Halo, en: Hello}\n",
    "flows/topics.yaml": "study:\n  label: {id: Kuliah, en: Study}\n  self_help: hello\n",
}


def files_of(broken: Path) -> dict[str, str]:
    parts = re.split(r"^### (.+)\n", broken.read_text(), flags=re.MULTILINE)[1:]
    return {f"flows/{name}": text for name, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("broken", GALLERY, ids=lambda path: path.stem)
def test_each_broken_content_is_refused_with_its_exact_message(broken: Path) -> None:
    with pytest.raises(FaultyContent) as trouble:
        load_sources(SOUND | files_of(broken), ("id", "en"))
    said = "".join(f"{fault}\n" for fault in trouble.value.faults)
    expected = broken.with_suffix(".txt")
    if os.environ.get("SEBAYA_REWRITE"):
        expected.write_text(said)
    assert said == expected.read_text()


def test_what_the_gallery_calls_sound_is_sound() -> None:
    assert load_sources(SOUND, ("id", "en")).flows["hello"].name == "hello"


def test_no_message_in_the_gallery_of_content_is_without_its_broken_file() -> None:
    assert {path.stem for path in Path(__file__).parent.glob("*.txt")} == {path.stem for path in GALLERY}
