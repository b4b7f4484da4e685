"""The names under which people meet: flows/aliases.yaml, one list a role. Nobody's own name is ever shown."""

from __future__ import annotations

import re

from bot.flow.reading import Reading
from bot.model.source import Node

ROLES = ("student", "supporter", "counselor", "staff")
FEWEST = 60
"""With fewer, the same name comes back so soon that two cases could be taken for one."""
_ALIAS = re.compile(r"[A-Z][a-z]+( [A-Z][a-z]+)?")
LONGEST = 24


def read_aliases(reading: Reading, node: Node | None) -> dict[str, tuple[str, ...]]:
    """By role."""
    if node is None:
        return {}
    mapping = reading.mapping(node, "the aliases") or {}
    for role in ROLES:
        if role not in mapping:
            reading.fault(
                node.place, f"there are no aliases for `{role}`", f"Add `{role}:` with at least {FEWEST} names"
            )
    aliases = {role: _read_role(reading, role, inside, node) for role, inside in mapping.items()}
    _check_apart(reading, aliases, node)
    return aliases


def _check_apart(reading: Reading, aliases: dict[str, tuple[str, ...]], node: Node) -> None:
    """One name in two roles would make two people one in somebody's memory."""
    taken: dict[str, str] = {}
    for role, names in aliases.items():
        for name in names:
            other = taken.setdefault(name, role)
            if other != role:
                reading.fault(node.place_of(role), f"the alias `{name}` stands under `{other}` too", "Keep one of them")


def _read_role(reading: Reading, role: str, node: Node, parent: Node) -> tuple[str, ...]:
    if role not in ROLES:
        reading.fault(parent.place_of(role), f"there is no role `{role}`", f"Roles are: {', '.join(ROLES)}")
    names: list[str] = []
    for part in reading.listing(node, f"the aliases of `{role}`"):
        name = reading.word(part, "an alias")
        if name in names:
            reading.fault(part.place, f"the alias `{name}` stands twice", "Keep one of them")
        elif name and (not _ALIAS.fullmatch(name) or len(name) > LONGEST):
            reading.fault(part.place, f"`{name}` cannot be an alias", "Use one or two words with a capital each")
        elif name:
            names.append(name)
    if len(names) < FEWEST:
        reading.fault(parent.place_of(role), f"`{role}` has {len(names)} aliases", f"Write at least {FEWEST}")
    return tuple(names)
