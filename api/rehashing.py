"""The scheduled full re-hash of a ledger that is served, and when one last succeeded."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from api.wiring import House
from ledger.clock import real_clock
from ledger.shape import instant_of, instant_text
from ledger.trail import durable
from ledger.trail.rehash import rehash
from ledger.values import Clock

LAST: Final = "rehash.last"
"""In the ledger's folder: when every entry was hashed again last, and how many there were."""
LOG = logging.getLogger("netral.rehash")


@dataclass(frozen=True, slots=True)
class Rehashing:
    """Hashes one ledger again whenever the last time is longer ago than `every` seconds, by this machine's clock."""

    house: House
    every: float
    clock: Clock = real_clock

    def tend(self, ending: Callable[[], bool] = lambda: False) -> None:
        """Hash everything again if it is time; Diverged when the trail is not what was sealed."""
        last, begun = last_rehash(self.house.folder), self.clock()
        if last is not None and timedelta(0) <= begun - last[0] < timedelta(seconds=self.every):
            return
        published = self.house.sealer.latest()
        if published is not None and rehash(self.house.store, self.house.trail, published, ending):
            # Dated from its beginning: a row that was changed behind it is the next one's to find.
            durable.replace(self.house.folder / LAST, f"{instant_text(begun)} {published.size}\n".encode())
            LOG.info("every one of %d entries was hashed again", published.size)


def last_rehash(folder: Path) -> tuple[datetime, int] | None:
    """When a ledger was hashed again last, and how many entries it had then; None if it never was."""
    try:
        at, size = (folder / LAST).read_text("ascii").split()
        return instant_of(at), int(size)
    except (OSError, ValueError):
        return None
