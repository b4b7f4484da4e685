"""What the environment says: `${NAME}` inside the file, and variables that override a key.

`SEBAYA__TELEGRAM__API_BASE` overrides `telegram.api_base`. Overrides come first, so that a `${NAME}` which nobody
reads any more need not be set.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from bot.config.tree import Tree, path_text
from bot.model.source import Fault, Place

PREFIX = "SEBAYA__"
_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\}")


def apply_overrides(tree: Tree, model: type[BaseModel], environ: Mapping[str, str]) -> list[Fault]:
    """Writes every `SEBAYA__...` variable into the tree. Faults for names that are no setting."""
    known = {PREFIX + "__".join(path).upper(): path for path in leaves(model)}
    faults = []
    for name in sorted(environ):
        if not name.upper().startswith(PREFIX):
            continue
        path = known.get(name.upper())
        if path is None:
            faults.append(_unknown(name, known))
        else:
            tree.put(path, environ[name], Place(name, 0))
    return faults


def fill_references(tree: Tree, environ: Mapping[str, str]) -> list[Fault]:
    """Replaces `${NAME}` and `${NAME:-default}` in every text that comes from the file."""
    faults = []
    for path, value, place in tree.texts():
        if not place.line:
            continue
        filled, missing = _fill(value, environ)
        faults += [
            Fault(
                place,
                f"{path_text(path)} needs the environment variable {name}, which is not set",
                f"Set {name}, or write a default: ${{{name}:-...}}.",
            )
            for name in missing
        ]
        tree.put(path, filled, place)
    return faults


def leaves(model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of every setting, sections left out."""
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from leaves(inner, (*above, name))
        else:
            yield (*above, name)


def _fill(text: str, environ: Mapping[str, str]) -> tuple[str, list[str]]:
    missing: list[str] = []

    def value_of(reference: re.Match[str]) -> str:
        name, default = reference.group(1), reference.group(3)
        found = environ.get(name, "")
        if found or default is not None:
            return found or default or ""
        missing.append(name)
        return ""

    return _REFERENCE.sub(value_of, text), missing


def _unknown(name: str, known: Mapping[str, tuple[str, ...]]) -> Fault:
    near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.75)
    remedy = f"Did you mean {near[0]}?" if near else "docs/operators.md lists every setting."
    return Fault(Place(name, 0), "is set, but there is no such setting", remedy)
