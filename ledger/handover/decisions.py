"""What a hand-over answers to what is asked of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_never

from ledger.command import recorder
from ledger.grounds import Grounds
from ledger.handover.commands import HandoverCommand, OfferHandover, TallyHandover
from ledger.handover.facts import MOST, HandoverFact, HandoverOffered, HandoverTallied, Side, in_order
from ledger.handover.state import Handover, KnownHandover, NoHandover
from ledger.office.competence import check_act, check_exists, check_order, check_role, legal_day, stands_for
from ledger.refusals import refused
from ledger.values import Number, Source, StreamId


def needs(command: HandoverCommand, handover: Handover) -> frozenset[StreamId]:
    """The offices that act, record, give and take."""
    streams = {command.act.office, recorder(command).office}
    if isinstance(command, OfferHandover):
        streams |= {command.from_, command.to}
    if isinstance(handover, KnownHandover):
        streams |= {handover.sender, handover.to}
    return frozenset(streams)


def decide(command: HandoverCommand, handover: Handover, *, at: datetime, grounds: Grounds) -> tuple[HandoverFact, ...]:
    """The facts that a command makes, or Refused."""
    check_role(recorder(command), command.FACT.BY)
    acting = check_act(command.act, recorder(command), at, grounds)
    if command.act.source is not Source.OWN:
        raise refused("handover.source")
    day = legal_day(command.act, acting.zone)
    match command:
        case OfferHandover():
            return (_offer(command, handover, day, grounds),)
        case TallyHandover():
            return (_tally(command, handover, day, grounds),)
        case _:
            assert_never(command)


def _offer(command: OfferHandover, handover: Handover, day: date, grounds: Grounds) -> HandoverOffered:
    if not isinstance(handover, NoHandover):
        raise refused("handover.known")
    if not 0 < len(command.items) <= MOST:
        raise refused("handover.items", most=MOST, items=len(command.items))
    if len({(each.complaint, each.allegation) for each in command.items}) != len(command.items):
        raise refused("handover.twice")
    if command.digest is None or command.items != in_order(command.items):
        raise TypeError("a manifest without its digest, or not in its order, reached decide")
    giving, taking = grounds.office(command.from_), grounds.office(command.to)
    if command.from_ == command.to:
        raise refused("handover.self", office=giving.name)
    if not stands_for(command.act.office, command.from_, day, grounds):
        raise refused("handover.sender", office=giving.name, acting=grounds.name_of(command.act.office))
    check_exists(taking, day, grounds)
    return HandoverOffered(
        from_=command.from_,
        to=command.to,
        count=Number(len(command.items)),
        items=command.items,
        digest=command.digest,
        legal_basis=command.legal_basis,
    )


def _tally(command: TallyHandover, handover: Handover, day: date, grounds: Grounds) -> HandoverTallied:
    if isinstance(handover, NoHandover):
        raise refused("handover.unknown")
    counts_for = handover.sender if command.side is Side.GIVING else handover.to
    if not stands_for(command.act.office, counts_for, day, grounds):
        raise refused(
            "handover.side",
            office=grounds.name_of(command.act.office),
            giving=grounds.name_of(handover.sender),
            taking=grounds.name_of(handover.to),
            side=command.side,
        )
    check_order(command.act, handover.offered_on, "handover")
    return HandoverTallied(command.side, command.count, command.digest)
