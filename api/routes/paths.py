"""What stands in the routes' paths."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

from api.bodies.parts import WrittenOneWay
from ledger.values import StreamId

Complaint = Annotated[StreamId, Path(pattern=r"^complaint-[0-9a-f]{32}$")]
Office = Annotated[StreamId, Path(pattern=r"^office-[0-9a-f]{32}$")]
Election = Annotated[StreamId, Path(pattern=r"^election-[0-9a-f]{32}$")]
Official = Annotated[StreamId, Path(pattern=r"^official-[0-9a-f]{32}$")]
Nth = Annotated[int, WrittenOneWay, Path(ge=1, le=2**53 - 1)]
Position = Annotated[int, WrittenOneWay, Path(ge=0, le=2**53 - 1)]
