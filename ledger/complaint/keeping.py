"""The end of a case and its reopening; corrections, erasures and disclosures of what was recorded."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from typing import Any, assert_never

from ledger.command import recorder
from ledger.complaint.allegations import Final
from ledger.complaint.codes import Announcement, ClosingReason, Irregularity, Stage
from ledger.complaint.commands import (
    CloseComplaint,
    CorrectClosedValue,
    CorrectValue,
    DiscloseValue,
    ErasePerson,
    KeepingCommand,
    ReopenComplaint,
)
from ledger.complaint.facts import (
    ClosedValueCorrected,
    ComplaintClosed,
    ComplaintFact,
    ComplaintPersonErased,
    ComplaintReopened,
    Present,
    ValueCorrected,
    ValueDisclosed,
)
from ledger.complaint.file import File, grown
from ledger.complaint.standing import allegation_of, check_dates, check_order, file_of, listed
from ledger.complaint.state import Closed, Complaint, Decided, NotRegistered, Withdrawn
from ledger.refusals import refused
from ledger.values import MemberPath, PublicValue, SealedRef, Subject, day_of, handle_of, optional_reference

INDEXED = re.compile(r"([a-z_]+)(?:\[([0-9]+)\]\.([a-z_]+))?", re.ASCII)


def decide_keeping(command: KeepingCommand, complaint: Complaint) -> tuple[ComplaintFact, ...]:
    """The facts that such a command makes, or Refused."""
    match command:
        case CloseComplaint():
            return (_close(command, complaint),)
        case ReopenComplaint():
            return (_reopen(command, complaint),)
        case CorrectValue():
            return (_correct(command, file_of(complaint)),)
        case ErasePerson():
            return (_erase(command, file_of(complaint)),)
        case DiscloseValue():
            return (_disclose(command, file_of(complaint)),)
        case _:
            assert_never(command)


def _close(command: CloseComplaint, complaint: Complaint) -> ComplaintClosed:
    file = file_of(complaint)
    check_order(command.act, file.since, "last_step")
    right = {NotRegistered: ClosingReason.NOT_REGISTERED, Withdrawn: ClosingReason.WITHDRAWN}.get(
        type(complaint),
        ClosingReason.SETTLED,
    )
    if command.reason is not right:
        raise refused("closing.reason", reason=right)
    waiting = [each.number for each in file.allegations.values() if not isinstance(each.standing, Final)]
    if isinstance(complaint, Decided) and waiting:
        raise refused("closing.open", waiting=listed(waiting))
    for allegation in file.allegations.values():
        check_order(command.act, allegation.since, "allegation")
    told = file.announced & {Announcement.NOT_REGISTERED, Announcement.DECIDED, Announcement.OUTCOME}
    return ComplaintClosed(
        reason=command.reason,
        allegations=frozenset(each.number for each in file.allegations.values()),  # type: ignore[misc]
        irregular=frozenset() if told else frozenset({Irregularity.NO_STATUS_NOTICE}),
        text=optional_reference(command.text),
    )


def _reopen(command: ReopenComplaint, complaint: Complaint) -> ComplaintReopened:
    file = file_of(complaint)
    check_order(command.act, file.since, "last_step")
    for number in sorted(command.allegations):
        if not isinstance(allegation_of(file, number).standing, Final):
            raise refused("reopening.open", number=number)
    if isinstance(complaint, Closed) and complaint.before is Stage.DECIDED and not command.allegations:
        raise refused("reopening.empty", known=listed(file.allegations))
    return ComplaintReopened(
        reason=command.reason, allegations=command.allegations, text=optional_reference(command.text)
    )


def _correct(command: CorrectValue, file: File) -> ValueCorrected | ClosedValueCorrected:
    fact = _fact_at(file, command.version)
    correctable: frozenset[str] = getattr(fact, "CORRECTABLE", frozenset())
    held = _held(fact, command.member)
    if re.sub(r"\[[0-9]+\]", "", command.member) not in correctable:
        raise refused("correction.member", member=command.member, topic=fact.TOPIC, known=listed(sorted(correctable)))
    if held is None:
        raise refused("correction.absent", member=command.member, version=command.version)
    sealed = isinstance(held, SealedRef)
    if sealed != (command.replacement is not None) or sealed == (command.value is not None):
        raise refused("correction.value", member=command.member, wanted="replacement" if sealed else "value")
    if command.value is not None and isinstance(held, date) != _is_date(command.value):
        raise refused("correction.type", member=command.member, held=held)
    if command.value == str(held):
        raise refused("correction.same", member=command.member)
    if sealed and command.subject != _subject(file, fact, command.member):
        raise refused("correction.subject", member=command.member, subject=_subject(file, fact, command.member))
    made = ClosedValueCorrected if isinstance(command, CorrectClosedValue) else ValueCorrected
    if made.OPEN is not fact.OPEN:
        raise refused("correction.mark", topic=fact.TOPIC, mark="open" if fact.OPEN else "closed")
    corrected = made(
        version=command.version,
        member=command.member,
        reason=command.reason,
        value=command.value,
        replacement=optional_reference(command.replacement),
        text=optional_reference(command.text),
    )
    if corrected.value is not None:
        after = grown(file, corrected, command.act)
        check_dates(after.occurred_from, after.occurred_until, after.known_on, day_of(command.act))
    return corrected


def _erase(command: ErasePerson, file: File) -> ComplaintPersonErased:
    if command.of in _erased(file):
        raise refused("erasure.done", of=command.of)
    second = handle_of(command.second.handle)
    if second == recorder(command).actor:
        raise refused("erasure.alone")
    return ComplaintPersonErased(
        of=command.of,
        reason=command.reason,
        basis=command.basis,
        backups_expire_on=command.backups_expire_on,
        second=Present(second, optional_reference(command.second.who)),
    )


def _disclose(command: DiscloseValue, file: File) -> ValueDisclosed:
    fact = _fact_at(file, command.version)
    if not isinstance(_held(fact, command.member), SealedRef):
        raise refused("disclosure.member", member=command.member, version=command.version)
    if _subject(file, fact, command.member) in _erased(file):
        raise refused("disclosure.erased", member=command.member)
    return ValueDisclosed(command.version, command.member, command.to, command.basis)


def _is_date(value: PublicValue) -> bool:
    """Whether it is a day of the calendar; 2024-02-31 has its form, and would break every reading."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _erased(file: File) -> frozenset[Subject]:
    return frozenset(each.fact.of for each in file.entered if isinstance(each.fact, ComplaintPersonErased))


def _fact_at(file: File, version: int) -> Any:
    if version > file.version:
        raise refused("version.unknown", version=version, last=file.version)
    return file.entered[version - 1].fact


def _held(fact: Any, member: MemberPath) -> Any:
    """The value that stands at a member's path, or None."""
    name, index, inner = _parts(member)
    held = getattr(fact, name, None) if name in {each.name for each in fields(fact)} else None
    if index is None or inner is None:
        return held
    if not isinstance(held, tuple) or index >= len(held):
        return None
    return getattr(held[index], inner, None)


def _subject(file: File, fact: Any, member: MemberPath) -> Subject:
    """Whom the value at a member's path is about, as its declaration says; a replacement, as what it replaces."""
    if isinstance(fact, ValueCorrected | ClosedValueCorrected) and member == "replacement":
        return _subject(file, _fact_at(file, fact.version), fact.member)
    name, index, inner = _parts(member)
    owner = fact if index is None else getattr(fact, name)[index]
    of = {each.name: each.metadata.get("about") for each in fields(owner)}[inner or name]
    return Subject("case" if of is None else str(getattr(owner, of)))


def _parts(member: MemberPath) -> tuple[str, int | None, str | None]:
    found = INDEXED.fullmatch(member)
    if found is None:
        raise refused("correction.path", member=member)
    name, index, inner = found.groups()
    return name, None if index is None else int(index), inner
