"""Whether the process lives, and whether it is ready to serve."""

from __future__ import annotations

from fastapi import APIRouter

from api.asking import HealthDep
from api.documents import BROKEN, UNREADY
from api.health import HealthOut

router = APIRouter(tags=["health"])


@router.get("/healthz", responses=BROKEN)
def alive() -> HealthOut:
    """The process answers."""
    return HealthOut(status="ok")


@router.get("/readyz", responses={**BROKEN, **UNREADY})
def ready(health: HealthDep) -> HealthOut:
    """The ledger is followed and sealed; 503 with the reason when it is not."""
    return health.ready()
