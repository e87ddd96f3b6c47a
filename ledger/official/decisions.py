"""What the register of officials answers to what is asked of it."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from ledger.command import recorder
from ledger.complaint.facts import Present
from ledger.grounds import Grounds
from ledger.office.competence import check_act, check_own_act, check_role
from ledger.official.commands import (
    ChangeOfficialClass,
    EraseOfficial,
    OfficialCommand,
    RecordOfficial,
    RecordRelation,
)
from ledger.official.facts import OFFICIAL, OfficialClassChanged, OfficialErased, OfficialFact, OfficialRecorded
from ledger.official.relations import decide_relation
from ledger.official.state import KnownOfficial, NoOfficial, Official
from ledger.refusals import refused
from ledger.values import Source, StreamId, Subject, handle_of, optional_reference


def needs(command: OfficialCommand, official: Official) -> frozenset[StreamId]:
    """The offices that act and record, and the one that a relation names."""
    del official
    named = {command.office} if isinstance(command, RecordRelation) and command.office is not None else set()
    return frozenset({command.act.office, recorder(command).office, *named})


def decide(command: OfficialCommand, official: Official, *, at: datetime, grounds: Grounds) -> tuple[OfficialFact, ...]:
    """The facts that a command makes, or Refused."""
    check_role(recorder(command), command.FACT.BY)
    if isinstance(command, EraseOfficial):
        check_own_act(command.act, recorder(command), at, grounds)
    else:
        check_act(command.act, recorder(command), at, grounds)
    if command.act.source is not Source.OWN and not isinstance(command, RecordRelation):
        raise refused("official.source")
    match command:
        case RecordOfficial():
            return (_record(command, official),)
        case ChangeOfficialClass():
            return (_change(command, official),)
        case RecordRelation():
            return (decide_relation(command, _known(official), grounds),)
        case EraseOfficial():
            return (_erase(command, official),)
        case _:
            assert_never(command)


def _record(command: RecordOfficial, official: Official) -> OfficialRecorded:
    if not isinstance(official, NoOfficial) or command.already is not None:
        raise refused("official.known")
    if handle_of(command.official) != OFFICIAL:
        raise TypeError("the first person of an official's stream is not the official")
    return OfficialRecorded(
        class_=command.class_,
        since=command.since,
        name=optional_reference(command.name),
        nip=optional_reference(command.nip),
        nik=optional_reference(command.nik),
        position=optional_reference(command.position),
        unit=optional_reference(command.unit),
    )


def _known(official: Official) -> KnownOfficial:
    if isinstance(official, NoOfficial):
        raise refused("official.unknown")
    return official


def _change(command: ChangeOfficialClass, official: Official) -> OfficialClassChanged:
    known = _known(official)
    if Subject(OFFICIAL) in known.erased:
        raise refused("official.erased")
    if command.since < known.since:
        raise refused("official.order", since=known.since)
    if command.class_ is known.class_:
        raise refused("official.same_class", class_=known.class_)
    return OfficialClassChanged(command.class_, command.since)


def _erase(command: EraseOfficial, official: Official) -> OfficialErased:
    if command.of in _known(official).erased:
        raise refused("erasure.done", of=command.of)
    second = handle_of(command.second.handle)
    if second == recorder(command).actor:
        raise refused("erasure.alone")
    return OfficialErased(
        of=command.of,
        reason=command.reason,
        basis=command.basis,
        backups_expire_on=command.backups_expire_on,
        second=Present(second, optional_reference(command.second.who)),
    )
