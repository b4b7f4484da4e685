"""Each guard is still where the proof takes it out; a change of the product that moves one is told here."""

from __future__ import annotations

import subprocess
import sys

from stage import BREAKING, ROOT

ALL = "import guardless\nfor without in guardless.GUARDS.values(): without()"


def test_every_guard_is_where_the_proof_takes_it_out() -> None:
    environ = {"PYTHONPATH": f"{BREAKING.parent}:{ROOT}"}
    done = subprocess.run([sys.executable, "-c", ALL], env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
