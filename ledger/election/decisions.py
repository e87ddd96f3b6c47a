"""What the register of elections answers to what is asked of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_never

from ledger.command import recorder
from ledger.election.commands import AnnounceElection, ElectionCommand, FixPair, OrderRevote, RecordStage
from ledger.election.facts import ElectionAnnounced, ElectionFact, PairFixed, RevoteOrdered, StageRecorded
from ledger.election.state import Election, KnownElection, NoElection
from ledger.grounds import Grounds
from ledger.office.competence import check_registry, check_role
from ledger.refusals import refused
from ledger.values import Act, Region, StreamId, day_of


def needs(command: ElectionCommand, election: Election) -> frozenset[StreamId]:
    """The register of elections depends on no other stream."""
    del command, election
    return frozenset()


def decide(command: ElectionCommand, election: Election, *, at: datetime, grounds: Grounds) -> tuple[ElectionFact, ...]:
    """The facts that a command makes, or Refused."""
    check_role(recorder(command), command.FACT.BY)
    check_registry(command.act, recorder(command), at, grounds)
    match command:
        case AnnounceElection():
            if not isinstance(election, NoElection):
                raise refused("election.known")
            return (ElectionAnnounced(command.regime, command.kind, command.polling_on, command.regions),)
        case RecordStage():
            return (_record_stage(command, _announced(election, command)),)
        case FixPair():
            return (_fix_pair(command, _announced(election, command)),)
        case OrderRevote():
            return (_order_revote(command, _announced(election, command)),)
        case _:
            assert_never(command)


def _announced(election: Election, command: ElectionCommand) -> KnownElection:
    if isinstance(election, NoElection):
        raise refused("election.unknown", election=command.stream)
    return election


def _record_stage(command: RecordStage, election: KnownElection) -> StageRecorded:
    """A schedule is made in advance, so a stage may lie in the future."""
    if command.until < command.from_:
        raise refused("election.stage_order", stage=command.stage, from_=command.from_)
    known = election.stages.get(command.stage)
    if known is not None and (known.from_, known.until) == (command.from_, command.until):
        raise refused("election.stage_same", stage=command.stage, from_=known.from_, until=known.until)
    return StageRecorded(command.stage, command.from_, command.until)


def _fix_pair(command: FixPair, election: KnownElection) -> PairFixed:
    _check_happened(command.on, command.act)
    _check_held(command.region, election)
    if election.pairs.get(command.region) == command.on:
        raise refused("election.pair_same", region=command.region, on=command.on)
    return PairFixed(command.region, command.on)


def _order_revote(command: OrderRevote, election: KnownElection) -> RevoteOrdered:
    _check_happened(command.on, command.act)
    if not command.regions:
        raise refused("revote.nowhere")
    for region in sorted(command.regions):
        _check_held(region, election)
    if both := command.regions & command.border:
        raise refused("revote.border", region=min(both))
    if command.deadline is not None and command.deadline < command.on:
        raise refused("revote.deadline", on=command.on, deadline=command.deadline)
    ordered = RevoteOrdered(
        command.regions, command.on, command.ordered_by, command.basis, command.deadline, command.border
    )
    if ordered in election.revotes:
        raise refused("revote.known", on=command.on)
    return ordered


def _check_happened(day: date, act: Act) -> None:
    """Whoever records it cannot have known it before it happened."""
    if day_of(act) < day:
        raise refused("election.future", on=day, day=day_of(act))


def _check_held(region: Region, election: KnownElection) -> None:
    if not election.covers(region):
        raise refused("election.region", region=region)
