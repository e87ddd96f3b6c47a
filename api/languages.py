"""Which language an answer comes in: what Accept-Language asks for, of those we speak (RFC 9110, section 12.5.4)."""

from __future__ import annotations

import re
from typing import Final

from ledger.speech import Language

DEFAULT: Final = Language.EN
"""What the API speaks to whoever does not say."""
SPOKEN: Final = (DEFAULT, *(each for each in Language if each is not DEFAULT))
RANGE = re.compile(
    r"(?P<primary>\*|[a-z]{1,8})(-[a-z0-9]{1,8})*([ \t]*;[ \t]*q=(?P<quality>0(\.[0-9]{0,3})?|1(\.0{0,3})?))?",
    re.ASCII | re.IGNORECASE,
)
OLD_CODES: Final = {"in": "id"}
"""ISO 639 called Indonesian `in` until 1989, and some clients still do."""


def preferred(header: str | None) -> Language:
    """The language that a header prefers; among equals the one that it names first, and any name before `*`.

    A range stands for its language whatever the region: `id-ID` is Indonesian. What cannot be read is passed over.
    Where nothing that we speak is acceptable an answer comes all the same, as the section allows: in a language that
    was not ruled out, if there is one.
    """
    asked = _qualities(header or "")
    named = list(asked)

    def quality(language: Language) -> float:
        return asked.get(language, asked.get("*", 0.0))

    def place(language: Language) -> int:
        return named.index(language) if language in asked else len(named)

    best = min(SPOKEN, key=lambda each: (-quality(each), place(each)))
    if quality(best):
        return best
    return next((each for each in SPOKEN if each not in asked), DEFAULT)


def _qualities(header: str) -> dict[str, float]:
    """The languages of a header in its order, each with the best quality that it is given in any region."""
    asked: dict[str, float] = {}
    for item in header.split(","):
        if found := RANGE.fullmatch(item.strip(" \t")):
            primary = found["primary"].lower()
            primary = OLD_CODES.get(primary, primary)
            asked[primary] = max(float(found["quality"] or 1), asked.get(primary, 0.0))
    return asked
