"""Answers that a cache may keep: bytes with a strong ETag, and 304 for who holds them already (RFC 9110, 13.1.2)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Header, Response

YEAR: Final = 31_536_000
FOR_EVER: Final = f"public, max-age={YEAR}, immutable"
FOR_EVER_TO_THE_ASKER: Final = f"private, max-age={YEAR}, immutable"
"""What is shown to auditors alone: `public` would let a shared cache hand it to anybody (RFC 9111, 3.5)."""
A_SECOND: Final = "public, max-age=1"
TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e]*")', re.ASCII)


@dataclass(frozen=True, slots=True)
class Caching:
    """What the asker holds, as If-None-Match says it."""

    held: str

    def answer(self, data: bytes, media_type: str, control: str) -> Response:
        """The bytes, or 304 where the asker holds them."""
        tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": control}
        if self.held.strip() == "*" or tag in TAG.findall(self.held):
            return Response(status_code=304, headers=headers)
        return Response(data, media_type=media_type, headers=headers)


async def caching(
    if_none_match: Annotated[
        str | None, Header(description="The ETag of what you hold: 304 if it is the same.")
    ] = None,
) -> Caching:
    """What the asker holds."""
    return Caching(if_none_match or "")


CachingDep = Annotated[Caching, Depends(caching)]
