"""A text for people in every language of the program."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

Language = str
"""A BCP 47 primary subtag: `id`, `en`."""


class Text(msgspec.Struct, frozen=True):
    """The same words in each language. Placeholders stand in braces: `{alias}`."""

    by_language: Mapping[Language, str]

    def in_(self, language: Language) -> str:
        """The text in `language`; in the program's first language where that is missing (checked content has all)."""
        found = self.by_language.get(language)
        return found if found is not None else next(iter(self.by_language.values()))
