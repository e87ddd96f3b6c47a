"""What stands in the routes' paths."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import Path
from pydantic import BeforeValidator

from ledger.values import StreamId


def _digits(value: Any) -> Any:
    """Numbers in a path are written one way: "1.0" and "+1" are none."""
    if isinstance(value, str) and not re.fullmatch(r"0|[1-9][0-9]{0,15}", value, re.ASCII):
        raise ValueError("a whole number without sign or leading zero is expected")
    return value


Complaint = Annotated[StreamId, Path(pattern=r"^complaint-[0-9a-f]{32}$")]
Office = Annotated[StreamId, Path(pattern=r"^office-[0-9a-f]{32}$")]
Official = Annotated[StreamId, Path(pattern=r"^official-[0-9a-f]{32}$")]
Nth = Annotated[int, BeforeValidator(_digits), Path(ge=1, le=2**53 - 1)]
Position = Annotated[int, BeforeValidator(_digits), Path(ge=0, le=2**53 - 1)]
