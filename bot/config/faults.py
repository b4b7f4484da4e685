"""Turns what pydantic found wrong into faults with a place, one plain sentence and a remedy."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.config.environment import leaves
from bot.config.tree import Path, Tree, path_text
from bot.config.values import FAULT
from bot.model.source import Fault

SECRETS = ("token", "url", "secret", "password")
"""Keys whose value is never repeated in a message."""


def faults_of(trouble: ValidationError, tree: Tree, model: type[BaseModel]) -> list[Fault]:
    return [_fault(error, tree, model) for error in trouble.errors()]


def _fault(error: ErrorDetails, tree: Tree, model: type[BaseModel]) -> Fault:
    path: Path = error["loc"]
    context: Mapping[str, object] = error.get("ctx", {})
    if error["type"] == "extra_forbidden":
        return _unknown_key(path, tree, model)
    if error["type"] == FAULT:
        key = str(context["key"])
        path = (*path, key) if key else path
        return Fault(tree.place_of(path), f"{path_text(path)} {context['message']}", str(context["remedy"]))
    message, remedy = _told(error, path, context)
    return Fault(tree.place_of(path), f"{path_text(path)} {message}", remedy)


def _told(error: ErrorDetails, path: Path, context: Mapping[str, object]) -> tuple[str, str]:
    value = _shown(error["input"], path)
    match error["type"]:
        case "int_parsing" | "int_type" | "int_from_float":
            return f"must be a whole number, not {value}", "Write digits, without quotes or units."
        case "greater_than_equal":
            return f"must be {context['ge']} or more, not {value}", "Write a larger number."
        case "less_than_equal":
            return f"must be {context['le']} or less, not {value}", "Write a smaller number."
        case "string_type" | "path_type" if isinstance(error["input"], dict | list):
            return f"must be text, not {value}", "Write one value after the colon."
        case "string_type" | "path_type":
            return f"must be text, not {value}", "Put it in quotes."
        case "string_too_short" | "too_short":
            return "must not be empty", "Write a value, or leave the key out."
        case "tuple_type" | "list_type":
            return f"must be a list, not {value}", "Write the items in brackets: [a, b]."
        case "model_type" | "model_attributes_type" | "dict_type":
            return f"must hold keys of its own, not {value}", "Write its keys below it, set in by two spaces."
        case "literal_error" | "enum":
            expected = str(context["expected"]).replace("'", "")
            return f"must be {expected}, not {value}", _near(
                str(error["input"]), expected.replace(" or ", ", ").split(", ")
            )
        case other:
            return f"is not right ({other})", "docs/operators.md says what this setting takes."


def _unknown_key(path: Path, tree: Tree, model: type[BaseModel]) -> Fault:
    siblings = _keys_at(model, path[:-1])
    near = difflib.get_close_matches(str(path[-1]), siblings, n=1, cutoff=0.6)
    if not near:
        last = str(path[-1])
        elsewhere = [path_text(leaf) for leaf in leaves(model) if leaf[-1] == last]
        remedy = f"It belongs at {elsewhere[0]}." if elsewhere else f"Known here: {', '.join(siblings)}."
    else:
        remedy = f"Did you mean {near[0]}?"
    return Fault(tree.place_of(path), f"{path_text(path)} is no setting", remedy)


def _keys_at(model: type[BaseModel], path: Path) -> list[str]:
    inner: type[BaseModel] = model
    for part in path:
        found = inner.model_fields[str(part)].annotation
        if not (isinstance(found, type) and issubclass(found, BaseModel)):
            return []
        inner = found
    return list(inner.model_fields)


def _near(value: str, choices: list[str]) -> str:
    near = difflib.get_close_matches(value, choices, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else "Write one of these."


def _shown(value: object, path: Path) -> str:
    if path and path[-1] in SECRETS:
        return "a number" if isinstance(value, int | float) else "this"
    if isinstance(value, dict):
        return "a section"
    if isinstance(value, list | tuple):
        return "a list"
    return f'"{value}"' if isinstance(value, str) else str(value)
