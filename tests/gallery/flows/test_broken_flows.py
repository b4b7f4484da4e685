"""The gallery: every way in which a flow can be wrong, each with its exact message.

`NAME.yaml` is a broken flow, read as flows/broken.yaml; `NAME.txt` is what its author reads. With `SEBAYA_REWRITE=1`
the messages are written anew, to be reviewed as a diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.content.reader import node_of
from bot.flow import OptionList, compile_flows
from bot.model.text import Text

GALLERY = sorted(Path(__file__).parent.glob("*.yaml"))
OTHERS = {
    "other": """
flow: other
about: {id: Lain, en: Another}
takes: [mood]
steps:
  - say: {id: Halo, en: Hello}
""",
    "caller": """
flow: caller
about: {id: Pemanggil, en: It calls}
steps:
  - call: broken
""",
}
LISTS = {
    "topics": OptionList(
        "topics", {"study": Text({"id": "Kuliah", "en": "Study"}), "info": Text({"id": "Info", "en": "Info"})}
    ),
    "yes-no": OptionList("yes-no", {"yes": Text({"id": "Ya", "en": "Yes"}), "no": Text({"id": "Tidak", "en": "No"})}),
}


def said_of(broken: Path) -> str:
    files = {"broken": broken.read_text()}
    for name, text in OTHERS.items():
        if f"call: {name}" in files["broken"]:
            files[name] = text
    nodes = {name: node_of(text, f"flows/{name}.yaml") for name, text in files.items()}
    _, faults = compile_flows(nodes, ("id", "en"), LISTS, ("minors",))
    return "".join(f"{fault}\n" for fault in faults)


@pytest.mark.parametrize("broken", GALLERY, ids=lambda path: path.stem)
def test_each_broken_flow_is_refused_with_its_exact_message(broken: Path) -> None:
    said = said_of(broken)
    expected = broken.with_suffix(".txt")
    if os.environ.get("SEBAYA_REWRITE"):
        expected.write_text(said)
    assert said
    assert said == expected.read_text()


def test_no_message_in_the_gallery_of_flows_is_without_its_broken_file() -> None:
    assert {path.stem for path in Path(__file__).parent.glob("*.txt")} == {path.stem for path in GALLERY}
