"""What a decision may know of other streams: their evolved states, loaded by the registrar and guarded by version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger.election.state import Election, KnownElection, NoElection
from ledger.errors import Refused
from ledger.itself.state import Ledger, Unopened
from ledger.office.state import KnownOffice, NoOffice, Office
from ledger.values import StreamId


@dataclass(frozen=True, slots=True)
class Grounds:
    """The states of exactly the streams that `needs` named, and of the ledger itself."""

    ledger: Ledger = field(default_factory=Unopened)
    offices: Mapping[StreamId, Office] = field(default_factory=dict)
    elections: Mapping[StreamId, Election] = field(default_factory=dict)

    def office(self, stream: StreamId) -> KnownOffice:
        """An office of the register; refused when there is none."""
        office = self.offices.get(stream, NoOffice())
        if isinstance(office, NoOffice):
            raise Refused(
                "office.unknown", f"no office {stream} was ever established", "name an office of the register"
            )
        return office

    def election(self, stream: StreamId) -> KnownElection:
        """An announced election; refused when there is none."""
        election = self.elections.get(stream, NoElection())
        if isinstance(election, NoElection):
            raise Refused("election.unknown", f"no election {stream} was announced", "name an announced election")
        return election
