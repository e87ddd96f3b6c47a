"""Two ways of saying the same: English, and Indonesian, which is the law's own language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages that answers come in."""

    EN = "en"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in both languages."""

    en: str
    id: str

    def in_language(self, language: Language) -> str:
        """The sentence in one of them."""
        return self.id if language is Language.ID else self.en

    def __str__(self) -> str:
        return self.en


def both(held: Said | str) -> Said:
    """A sentence in both languages; one that was said in a single language is repeated in it."""
    return Said(held, held) if isinstance(held, str) else held
