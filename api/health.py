"""Whether a serving process is well: its following goes on, and the read side and the seal keep up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from api.rehashing import last_rehash
from api.wiring import House
from ledger.clock import real_clock
from ledger.errors import Busy
from ledger.speech import Said
from projections.follow import FollowingThread


class HealthOut(BaseModel):
    """How the ledger is; sizes where it is ready."""

    status: str
    recorded: int | None = None
    projected: int | None = None
    sealed: int | None = None
    rehash_age: int | None = None
    """Seconds since every entry was last hashed again; None if that never was."""


@dataclass(frozen=True, slots=True)
class Health:
    """What readiness depends on."""

    house: House
    following: Sequence[FollowingThread]

    def ready(self) -> HealthOut:
        """Busy when following has stopped: then nothing more is projected or sealed until somebody looks."""
        if not self.following or any(each.failure is not None or not each.is_alive() for each in self.following):
            raise Busy(
                Said(
                    "following has stopped: the operator finds the reason in the log",
                    "pengikutan jejak berhenti: operator menemukan sebabnya dalam log",
                )
            )
        latest, rehashed = self.house.sealer.latest(), last_rehash(self.house.folder)
        return HealthOut(
            status="ready",
            recorded=self.house.store.size(),
            projected=self.house.views.known() + 1,
            sealed=0 if latest is None else latest.size,
            rehash_age=None if rehashed is None else max(0, int((real_clock() - rehashed[0]).total_seconds())),
        )
