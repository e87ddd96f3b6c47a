"""Whether a serving process is well: its following goes on, and the read side and the seal keep up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from api.wiring import House
from ledger.errors import Busy
from ledger.speech import Said
from projections.follow import FollowingThread


class HealthOut(BaseModel):
    """How the ledger is; sizes where it is ready."""

    status: str
    recorded: int | None = None
    projected: int | None = None
    sealed: int | None = None


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
        latest = self.house.sealer.latest()
        return HealthOut(
            status="ready",
            recorded=self.house.store.size(),
            projected=self.house.views.known() + 1,
            sealed=0 if latest is None else latest.size,
        )
