"""What the register of elections answers to what is asked of it."""

from __future__ import annotations

from datetime import datetime

from ledger.command import recorder
from ledger.election.commands import ElectionCommand
from ledger.election.facts import ElectionAnnounced, ElectionFact
from ledger.election.state import Election, NoElection
from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.itself.state import OpenLedger
from ledger.office.competence import check_registry, check_role
from ledger.scopes import WHOLE, Scope
from ledger.values import StreamId


def needs(command: ElectionCommand, election: Election) -> frozenset[StreamId]:
    """An announcement depends on no other stream."""
    del command, election
    return frozenset()


def decide(command: ElectionCommand, election: Election, *, at: datetime, grounds: Grounds) -> tuple[ElectionFact, ...]:
    """The facts that a command makes, or Refused."""
    if not isinstance(grounds.ledger, OpenLedger):
        raise Refused("ledger.unopened", "the ledger is not open", "open it first")
    check_role(recorder(command), command.ROLES)
    check_registry(command.act, recorder(command), at, StreamId(f"ledger-{grounds.ledger.ledger}"))
    if not isinstance(election, NoElection):
        raise Refused("election.known", "this election is in the register already", "announce another one")
    return (ElectionAnnounced(command.regime, command.kind, command.polling_on, command.regions),)


def touches(fact: ElectionFact) -> Scope:
    """Every fact of an election touches the whole of it."""
    del fact
    return WHOLE
