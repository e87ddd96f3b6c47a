"""What the register of elections answers to what is asked of it."""

from __future__ import annotations

from datetime import datetime

from ledger.command import recorder
from ledger.election.commands import ElectionCommand
from ledger.election.facts import ElectionAnnounced, ElectionFact
from ledger.election.state import Election, NoElection
from ledger.grounds import Grounds
from ledger.office.competence import check_registry, check_role
from ledger.refusals import refused
from ledger.values import StreamId


def needs(command: ElectionCommand, election: Election) -> frozenset[StreamId]:
    """An announcement depends on no other stream."""
    del command, election
    return frozenset()


def decide(command: ElectionCommand, election: Election, *, at: datetime, grounds: Grounds) -> tuple[ElectionFact, ...]:
    """The facts that a command makes, or Refused."""
    check_role(recorder(command), command.FACT.BY)
    check_registry(command.act, recorder(command), at, grounds)
    if not isinstance(election, NoElection):
        raise refused("election.known")
    return (ElectionAnnounced(command.regime, command.kind, command.polling_on, command.regions),)
