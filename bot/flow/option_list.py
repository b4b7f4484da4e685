"""Answers that several questions share, by name: the topics, yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.text import Text


@dataclass(frozen=True, slots=True)
class OptionList:
    """`labels` in the order in which they are shown."""

    name: str
    labels: Mapping[str, Text]
