"""`Prefer: wait=SECONDS` (RFC 7240): a command's receipt may wait for its seal, within bounds."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Header, Response

from api.proving import Prover
from api.tiling import Tiles
from api.wiring import House

WAIT = re.compile(r'[ \t]*wait[ \t]*=[ \t]*"?([0-9]{1,9})"?[ \t]*(;.*)?', re.ASCII | re.IGNORECASE)
MAX_WAIT: Final = 10
"""Seconds."""
STEP: Final = 0.02
WAITING: Final = threading.BoundedSemaphore(16)
"""Who waits holds one of the threads that serve everybody: more than these are answered at once."""


@dataclass(frozen=True, slots=True)
class Preference:
    """How long an asker would wait for the seal of what they recorded; None where they did not say."""

    seconds: int | None

    def proof(self, house: House, position: int, response: Response) -> str | None:
        """The proof file of a position, if it is sealed in time; says so in Preference-Applied.

        What is recorded stays so whatever comes of waiting: the receipt is a claim ticket without it.
        """
        if self.seconds is None or not WAITING.acquire(blocking=False):
            return None
        try:
            response.headers["Preference-Applied"] = f"wait={self.seconds}"
            until = time.monotonic() + self.seconds
            while Tiles(house).published().size <= position:
                if time.monotonic() >= until:
                    return None
                time.sleep(STEP)
            return Prover(house).proof_file(position).decode()
        finally:
            WAITING.release()


async def preference(
    prefer: Annotated[
        list[str] | None,
        Header(
            description=f"`wait=SECONDS`, at most {MAX_WAIT}: answer once the facts are sealed, with the proof of the "
            "last one in the receipt."
        ),
    ] = None,
) -> Preference:
    """What the asker prefers; what cannot be read is passed over, as the RFC says."""
    for each in ",".join(prefer or []).split(","):
        if found := WAIT.fullmatch(each):
            return Preference(min(int(found[1]), MAX_WAIT))
    return Preference(None)


PreferenceDep = Annotated[Preference, Depends(preference)]
