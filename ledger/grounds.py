"""What a decision may know of other streams: their evolved states, loaded by the registrar and guarded by version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ledger.complaint.codes import ConflictSource
from ledger.election.state import Election, KnownElection, NoElection
from ledger.itself.state import Ledger, Unopened
from ledger.office.state import KnownOffice, NoOffice, Office
from ledger.official.facts import RelationKind
from ledger.refusals import refused
from ledger.rulebook.state import Rulebook
from ledger.values import Handle, StreamId


@dataclass(frozen=True, slots=True)
class Related:
    """A relation of the register of officials, in the handles of the complaint that is decided on.

    The other side is a member of staff who has a handle there, or one of the offices that the decision reads.
    """

    respondent: Handle
    kind: RelationKind
    source: ConflictSource
    said_by: StreamId
    """The office that declared or established it."""
    actor: Handle | None = None
    office: StreamId | None = None
    until: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether it still stands on a day."""
        return self.until is None or day < self.until


@dataclass(frozen=True, slots=True)
class Grounds:
    """The states of exactly the streams that `needs` named, and of the ledger itself."""

    ledger: Ledger = field(default_factory=Unopened)
    offices: Mapping[StreamId, Office] = field(default_factory=dict)
    elections: Mapping[StreamId, Election] = field(default_factory=dict)
    rulebook: Rulebook = field(default_factory=Rulebook)
    """The law that the ledger adopted; known to the decisions of cases."""
    last: datetime | None = None
    """The last recorded instant; known to the ledger's own decisions only."""
    relations: tuple[Related, ...] = ()
    """What the respondents of a complaint are to those who act in it."""

    def office(self, stream: StreamId) -> KnownOffice:
        """An office of the register; refused when there is none."""
        office = self.offices.get(stream, NoOffice())
        if isinstance(office, NoOffice):
            raise refused("office.unknown", office=stream)
        return office

    def name_of(self, stream: StreamId) -> str:
        """What a person calls an office; its stream, where the register has no such office."""
        office = self.offices.get(stream, NoOffice())
        return stream if isinstance(office, NoOffice) else office.name

    def election(self, stream: StreamId) -> KnownElection:
        """An announced election; refused when there is none."""
        election = self.elections.get(stream, NoElection())
        if isinstance(election, NoElection):
            raise refused("election.unknown", election=stream)
        return election
