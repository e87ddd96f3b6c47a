"""Why a person is erased from a stream; shared by every concept that names persons."""

from __future__ import annotations

from enum import StrEnum


class ErasureReason(StrEnum):
    """The ground on which the keys of a person's sealed values are destroyed (UU 27/2022)."""

    REQUEST = "request"
    RETENTION_ENDED = "retention_ended"
    UNLAWFUL = "unlawful"
    COURT = "court"
