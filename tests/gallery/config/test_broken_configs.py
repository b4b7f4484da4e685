"""The gallery: every way in which config.yaml can be wrong, each with its exact message.

`NAME.yaml` is a broken file (lines `# env: NAME=value` set its environment), `NAME.txt` what the operator reads.
With `SEBAYA_REWRITE=1` the messages are written anew, to be reviewed as a diff.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bot.config import load
from bot.model.source import FaultyContent

GALLERY = sorted(Path(__file__).parent.glob("*.yaml"))


def environment(broken: Path) -> dict[str, str]:
    lines = [line.removeprefix("# env: ") for line in broken.read_text().splitlines() if line.startswith("# env: ")]
    return dict(line.split("=", 1) for line in lines)


@pytest.mark.parametrize("broken", GALLERY, ids=lambda path: path.stem)
def test_each_broken_config_is_refused_with_its_exact_message(broken: Path, tmp_path: Path) -> None:
    config = Path(shutil.copy(broken, tmp_path / "config.yaml"))
    with pytest.raises(FaultyContent) as trouble:
        load(config, environment(broken))
    said = "".join(f"{fault}\n" for fault in trouble.value.faults)
    expected = broken.with_suffix(".txt")
    if os.environ.get("SEBAYA_REWRITE"):
        expected.write_text(said)
    assert said == expected.read_text()


def test_no_message_in_the_gallery_is_without_its_broken_file() -> None:
    texts = {path.stem for path in Path(__file__).parent.glob("*.txt")}
    assert texts == {path.stem for path in GALLERY}
