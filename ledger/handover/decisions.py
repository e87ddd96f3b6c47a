"""What a hand-over answers to what is asked of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_never

from ledger.command import recorder
from ledger.grounds import Grounds
from ledger.handover.commands import HandoverCommand, OfferHandover, TallyHandover
from ledger.handover.facts import MOST, HandoverFact, HandoverOffered, HandoverTallied
from ledger.handover.state import Handover, KnownHandover, NoHandover
from ledger.office.competence import check_act, check_exists, check_role, legal_day
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
    match command:
        case OfferHandover():
            return (_offer(command, handover, legal_day(command.act, acting.zone), grounds),)
        case TallyHandover():
            return (_tally(command, handover, legal_day(command.act, acting.zone), grounds),)
        case _:
            assert_never(command)


def _offer(command: OfferHandover, handover: Handover, day: date, grounds: Grounds) -> HandoverOffered:
    if not isinstance(handover, NoHandover):
        raise refused("handover.known")
    if not command.items or len(command.items) > MOST:
        raise refused("handover.items", most=MOST, items=len(command.items))
    if len({(each.complaint, each.allegation) for each in command.items}) != len(command.items):
        raise refused("handover.twice")
    if command.from_ == command.to:
        raise refused("referral.self")
    if not _is(command.act.office, command.from_, day, grounds):
        raise refused("handover.sender", office=grounds.name_of(command.from_))
    check_exists(grounds.office(command.to), day)
    if command.digest is None:
        raise TypeError("a manifest without a digest reached decide: the registrar makes it first")
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
    office = command.act.office
    if not (_is(office, handover.sender, day, grounds) or _is(office, handover.to, day, grounds)):
        raise refused("handover.side", office=grounds.name_of(office))
    return HandoverTallied(command.count, command.digest)


def _is(office: StreamId, other: StreamId, day: date, grounds: Grounds) -> bool:
    """Whether an office is the other, or the successor of it after it ended."""
    if office == other:
        return True
    known = grounds.office(other)
    return known.successor == office and known.ended_on is not None and known.ended_on <= day
