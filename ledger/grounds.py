"""What a decision may know of other streams: their evolved states, loaded by the registrar and guarded by version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ledger.election.state import Election, KnownElection, NoElection
from ledger.itself.state import Ledger, Unopened
from ledger.office.state import KnownOffice, NoOffice, Office
from ledger.refusals import refused
from ledger.rulebook.state import Rulebook
from ledger.values import StreamId


@dataclass(frozen=True, slots=True)
class Grounds:
    """The states of exactly the streams that `needs` named, and of the ledger itself."""

    ledger: Ledger = field(default_factory=Unopened)
    offices: Mapping[StreamId, Office] = field(default_factory=dict)
    elections: Mapping[StreamId, Election] = field(default_factory=dict)
    rulebook: Rulebook = field(default_factory=Rulebook)
    """The law in force, for the commands that `reads_law` names; of a ledger that adopted none it says nothing."""
    last: datetime | None = None
    """The last recorded instant; known to the ledger's own decisions only."""

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
