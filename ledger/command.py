"""What is asked. A command names its stream, the act that it records and, once the registrar has it, who records it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from ledger.values import Act, By, StreamId


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """The members that every command has; `stream` is absent where the command begins one."""

    KIND: ClassVar[str]
    """The kind of stream that it writes to."""
    FACT: ClassVar[type[Any]]
    """The fact whose members its own secrets become; who may ask follows from the fact."""
    BEGINS: ClassVar[bool] = False
    """Whether it begins a stream."""
    NEEDS_MATCH: ClassVar[bool] = False
    """Whether the asker must name the version that they decided on (If-Match)."""

    act: Act
    stream: StreamId | None = None
    by: By | None = None


def official_of(member: str) -> dict[str, Any]:
    """Says of a secret that the registrar makes it: the stream of the official whom the sibling `member` names."""
    return {"official_of": member}


def digest_of(member: str) -> dict[str, Any]:
    """Says of a digest that the registrar makes it, whatever was asked: that of the content of the sibling `member`."""
    return {"digest_of": member}


def recorder(command: Command) -> By:
    """Who records; a TypeError here means that a command came past the registrar."""
    if command.by is None:
        raise TypeError("a command without a recorder reached decide")
    return command.by
