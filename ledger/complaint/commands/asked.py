"""What several commands are made of: the complaint that they name, and people as somebody tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from ledger.command import Command
from ledger.complaint.codes import Stage
from ledger.values import Secret, Somebody, Subject

CASE: Final = Subject("case")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCommand(Command):
    """A command to one complaint."""

    KIND: ClassVar = "complaint"
    FROM: ClassVar[frozenset[Stage] | None] = None
    """The stages from which it may be asked, where they are fewer than its fact's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplainantTold:
    """A complainant as the intake form names them."""

    handle: Somebody
    name: Secret | None = None
    id_number: Secret | None = None
    address: Secret | None = None
    phone: Secret | None = None
    email: Secret | None = None
    capacity: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessTold:
    """A witness as the intake form names them."""

    handle: Somebody
    name: Secret | None = None
    address: Secret | None = None
    phone: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """A member at a plenary."""

    handle: Somebody
    who: Secret | None = None
