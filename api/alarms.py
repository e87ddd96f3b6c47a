"""What a monitor tells: how far it has looked, and what is wrong, each with the evidence where there is some."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is wrong: rollback, fork, gap, altered, signature, unwitnessed, silence or unreachable."""

    kind: str
    said: str
    evidence: str | None = None


@dataclass(slots=True)
class Round:
    """What one round has found."""

    origin: str
    size: int = 0
    root: str = ""
    hashed: int = 0
    """How many entries (or, without the right to read them, leaf hashes) were hashed again, in all rounds."""
    entries: bool = False
    """Whether they were entries."""
    cosigned: list[str] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
