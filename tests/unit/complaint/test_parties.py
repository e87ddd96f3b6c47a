"""Who may record: every command, where it fits, by every role of every office; the allowed are listed by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import pytest

from ledger.complaint import codes
from ledger.complaint.commands import AnyComplaintCommand
from ledger.complaint.state import Complaint, Nothing
from ledger.values import By, Handle, Role, Source, StreamId, Subject
from tests.builders import (
    ALLEGED,
    AUTHORITY,
    BAWASLU,
    BAWASLU_BUNGO,
    BKN,
    DECIDED,
    DKPP,
    KASN,
    KPU,
    LEDGER,
    OFFERED,
    REGISTERED,
    RETURNED,
    accept_referral,
    after,
    announce_status,
    by,
    call_hearing,
    complete_study,
    file_complaint,
    filed,
    heard,
    hold_hearing,
    hold_plenary,
    make_allegation,
    name_respondent,
    offer_referral,
    receive_referral,
    register_complaint,
    return_referral,
    review_complaint,
    sealed,
)
from tests.builders_asked import (
    add_evidence,
    close_complaint,
    continue_as_finding,
    correct_closed_value,
    correct_value,
    disclose_value,
    erase_person,
    establish_conflict,
    fix_finding,
    miss_hearing,
    note_preliminary,
    recategorise_allegation,
    receive_completion,
    record_conflict,
    record_outcome,
    record_tracing,
    refuse_registration,
    reopen_complaint,
    retain_allegation,
    withdraw_complaint,
)
from tests.builders_wide import (
    ABOVE,
    AWAITING,
    CLOSED,
    MINISTRY,
    NOT_REGISTERED,
    ON_TRACK,
    RETAINED,
    REVIEWED,
    SETTLED,
    TRACING,
    WIDE,
    WITHDRAWN,
    refusal,
)

OFFICES = (*WIDE.offices, LEDGER)
Recorder = tuple[StreamId, Role]


@dataclass(frozen=True)
class Case:
    """A command that fits, and everybody who may record it as an act of their own office."""

    command: AnyComplaintCommand
    complaint: Complaint
    allowed: frozenset[Recorder]


def may(*recorders: tuple[StreamId, str]) -> frozenset[Recorder]:
    """Offices with the roles in which they may record, in one line of words."""
    return frozenset((office, Role(role)) for office, roles in recorders for role in roles.split())


INTAKE, EXAMINER, PLENARY = (may((BAWASLU, role)) for role in ("intake", "examiner", "plenary"))
OWNER = may((BAWASLU, "examiner plenary"))
WATCHING = may((BKN, "supervisor"), (MINISTRY, "supervisor"))
ADDRESSEE = may((KASN, "intake holder"))
RECORDING = may((BAWASLU, "intake examiner plenary holder"))
ANYBODY = frozenset((office, role) for office in WIDE.offices for _, role in RECORDING)
OFFICERS = frozenset((office, Role.PROTECTION_OFFICER) for office in OFFICES)
CALLED = after(*REGISTERED, heard()[0])

CASES = {
    "file": Case(file_complaint(), Nothing(), may((BAWASLU, "intake"), (ABOVE, "intake"))),
    "note preliminary": Case(note_preliminary(), Nothing(), may((BAWASLU, "intake"), (ABOVE, "intake"))),
    "fix a finding": Case(fix_finding(), Nothing(), may((BAWASLU, "plenary"), (ABOVE, "plenary"))),
    "trace": Case(record_tracing(), after(*TRACING), EXAMINER),
    "continue as a finding": Case(continue_as_finding(), after(*WITHDRAWN), PLENARY),
    "name": Case(name_respondent(), after(filed()), INTAKE | EXAMINER),
    "allege": Case(make_allegation(), after(*ALLEGED), INTAKE | EXAMINER),
    "recategorise": Case(recategorise_allegation(), after(*REGISTERED), EXAMINER | PLENARY),
    "review": Case(review_complaint(), after(*ALLEGED), EXAMINER),
    "receive completion": Case(receive_completion(), after(*AWAITING), INTAKE),
    "refuse registration": Case(refuse_registration(), after(*AWAITING), EXAMINER),
    "register": Case(register_complaint(), after(*REVIEWED), EXAMINER),
    "withdraw": Case(withdraw_complaint(), after(*ALLEGED), INTAKE),
    "call a hearing": Case(call_hearing(), after(*REGISTERED), EXAMINER),
    "hold a hearing": Case(hold_hearing(), CALLED, EXAMINER),
    "miss a hearing": Case(miss_hearing(), CALLED, EXAMINER),
    "study": Case(complete_study(), after(*RETURNED), EXAMINER),
    "study on the ASN track": Case(complete_study(), after(*ON_TRACK), WATCHING),
    "hold a plenary": Case(hold_plenary(), after(*REGISTERED), PLENARY),
    "announce": Case(announce_status(), after(*DECIDED), EXAMINER),
    "add evidence": Case(add_evidence(), after(*DECIDED), INTAKE | EXAMINER | may((BAWASLU, "holder"))),
    "add evidence on a track": Case(add_evidence(), after(*ON_TRACK), INTAKE | EXAMINER | may((KASN, "holder"))),
    "declare a conflict": Case(record_conflict(), after(*REGISTERED), ANYBODY),
    "establish a conflict": Case(establish_conflict(), after(*REGISTERED), may((ABOVE, "examiner plenary"))),
    "offer": Case(offer_referral(), after(*DECIDED), OWNER | may((BAWASLU, "holder"))),
    "receive": Case(receive_referral(), after(*OFFERED), ADDRESSEE),
    "accept": Case(accept_referral(), after(*OFFERED), ADDRESSEE),
    "return": Case(return_referral(), after(*OFFERED), ADDRESSEE),
    "retain": Case(retain_allegation(), after(*DECIDED), OWNER),
    "say an outcome": Case(record_outcome(), after(*ON_TRACK), may((KASN, "holder")) | WATCHING),
    "say another outcome": Case(record_outcome(), after(*SETTLED), may((KASN, "holder")) | WATCHING),
    "say an outcome of what was kept": Case(record_outcome(), after(*RETAINED), may((BAWASLU, "holder"))),
    "correct": Case(correct_value(1, "region", "15.08"), after(*CLOSED), RECORDING),
    "correct another's": Case(
        correct_value(len(SETTLED), "decree_number", replacement=sealed("text")),
        after(*SETTLED),
        OWNER | may((KASN, "intake examiner plenary holder")),
    ),
    "correct a closed fact": Case(
        correct_closed_value(2, "name", replacement=sealed("name"), subject=Subject("r1")), after(*ALLEGED), RECORDING
    ),
    "close": Case(close_complaint(), after(*SETTLED), OWNER),
    "reopen": Case(reopen_complaint(codes.ReopeningReason.ERROR), after(*NOT_REGISTERED), OWNER),
    "erase": Case(erase_person(), after(*ALLEGED), OFFICERS),
    "disclose": Case(disclose_value(), after(*ALLEGED), OWNER),
}
BY_LETTER = {"receive", "accept", "return", "say an outcome", "say another outcome"}


def own(command: AnyComplaintCommand, office: StreamId, role: Role) -> Any:
    """The command as an act of an office that records it itself; who declares a conflict, declares their own."""
    by_them = by(role, office, command.by.actor if command.by else "a1")
    return replace(command, act=replace(command.act, office=office, source=Source.OWN), by=by_them)


@pytest.mark.parametrize("name", CASES)
def test_a_command_is_accepted_from_those_whom_the_catalogue_allows_and_nobody_else(name: str) -> None:
    """Every role of every office, each recording an act of its own."""
    case = CASES[name]
    accepted = {
        (office, role)
        for office, role in product(OFFICES, Role)
        if refusal(own(case.command, office, role), case.complaint) is None
    }
    assert accepted == case.allowed


@pytest.mark.parametrize("name", CASES)
def test_an_office_records_for_another_only_what_bodies_off_the_system_do(name: str) -> None:
    """From a letter of KASN: its receipt with a proof, its answer, its outcome, by the owner that referred; else no."""
    case = CASES[name]
    command: Any = case.command
    if name == "receive":
        command = replace(command, shown_by=codes.ShownBy.DELIVERY_PROOF, proof=sealed("proof"))
    letter = replace(command.act, office=KASN, source=Source.LETTER)
    accepted = {
        (office, role)
        for office, role in product([each for each in OFFICES if each != KASN], Role)
        if refusal(replace(command, act=letter, by=by(role, office)), case.complaint) is None
    }
    assert accepted == (may((BAWASLU, "examiner holder")) if name in BY_LETTER else frozenset())


@pytest.mark.parametrize("office", [DKPP, KPU, AUTHORITY, BAWASLU_BUNGO])
def test_attack_a_stranger_speaks_for_the_holder(office: StreamId) -> None:
    """The first outcome on a track is the holder's: the owner cannot put another body's word in its place."""
    command = record_outcome()
    letter = replace(command.act, office=office, source=Source.LETTER)
    assert refusal(replace(command, act=letter, by=by(Role.EXAMINER)), after(*ON_TRACK)) == "party"


def test_attack_somebody_declares_the_conflict_of_another() -> None:
    """A colleague's conflict is established by the office above, not declared by oneself."""
    for source in codes.ConflictSource:
        command = record_conflict(source=source, by=by(Role.EXAMINER, actor="a3"))
        assert refusal(command, after(*REGISTERED)) == "party"


@pytest.mark.parametrize("by_them", [By(ABOVE, Role.PLENARY, Handle("a2")), By(BAWASLU, Role.PLENARY, Handle("a2"))])
def test_a_conflict_of_ones_own_is_declared_and_not_established(by_them: By) -> None:
    """The source says truly who said so."""
    act = replace(record_conflict().act, office=by_them.office)
    command = record_conflict(source=codes.ConflictSource.ESTABLISHED, by=by_them, act=act)
    assert refusal(command, after(*REGISTERED)) == "conflict.source"
