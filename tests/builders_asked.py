"""More of `builders`: the commands beside the straight way from report to referral, officials, the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ledger.complaint import codes
from ledger.complaint.commands import (
    AddEvidence,
    Attendee,
    CloseComplaint,
    CompletionAsked,
    ContinueAsFinding,
    CorrectClosedValue,
    CorrectValue,
    DiscloseValue,
    ErasePerson,
    FixFinding,
    MissHearing,
    NotePreliminary,
    PreliminaryAsked,
    RecategoriseAllegation,
    ReceiveCompletion,
    RecordConflict,
    RecordOutcome,
    RecordTracing,
    RefusalAsked,
    RefuseRegistration,
    ReopenComplaint,
    RetainAllegation,
    ReviewComplaint,
    WithdrawComplaint,
)
from ledger.erasure import ErasureReason
from ledger.itself.commands import CloseLedger, CorrectClock
from ledger.official.commands import ChangeOfficialClass, EraseOfficial, RecordOfficial, RecordRelation
from ledger.official.facts import OFFICIAL, RelationKind
from ledger.values import (
    Act,
    Audience,
    Handle,
    MemberPath,
    Name,
    Number,
    PublicValue,
    Role,
    Source,
    StreamId,
    Subject,
)
from tests.builders import (
    BAWASLU,
    COMPLAINT,
    ELECTION,
    JAMBI_REGION,
    KASN,
    LEDGER,
    ONE,
    R1,
    at,
    by,
    on,
    review_complaint,
    sealed,
)
from tests.builders_wide import ABOVE, K1, OFFICIAL_STREAM, PROVEN

# --- what is asked --------------------------------------------------------------------------------------------------


def note_preliminary(**changes: Any) -> NotePreliminary:
    command = NotePreliminary(
        act=on("2024-06-11"),
        stream=COMPLAINT,
        by=by(Role.INTAKE),
        origin=codes.PreliminaryOrigin.TIP,
        election=ELECTION,
        region=JAMBI_REGION,
        narrative=sealed("narrative"),
        source=sealed("source"),
    )
    return replace(command, **changes)


def record_tracing(result: codes.TracingResult = codes.TracingResult.SUPPORTED, **changes: Any) -> RecordTracing:
    command = RecordTracing(
        act=on("2024-06-12"), stream=COMPLAINT, by=by(Role.EXAMINER), result=result, report=sealed("report")
    )
    return replace(command, **changes)


def fix_finding(**changes: Any) -> FixFinding:
    command = FixFinding(
        act=on("2024-06-12"),
        stream=COMPLAINT,
        by=by(Role.PLENARY),
        found_on=date(2024, 6, 10),
        election=ELECTION,
        region=JAMBI_REGION,
        occurred_from=date(2024, 6, 8),
        occurred_until=date(2024, 6, 8),
    )
    return replace(command, **changes)


def continue_as_finding(**changes: Any) -> ContinueAsFinding:
    command = ContinueAsFinding(act=on("2024-06-14"), stream=COMPLAINT, by=by(Role.PLENARY), found_on=date(2024, 6, 14))
    return replace(command, **changes)


def recategorise_allegation(**changes: Any) -> RecategoriseAllegation:
    command = RecategoriseAllegation(
        act=on("2024-07-01"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        allegation=ONE,
        category=codes.Category.ETHICS,
        reason=sealed("reason"),
    )
    return replace(command, **changes)


def review_with(
    result: codes.ReviewResult, *missing: codes.Requirement, reason: codes.RefusalReason | None = None, **changes: Any
) -> ReviewComplaint:
    """A review with the follower that its result asks for."""
    followers: dict[str, Any] = {}
    if result in (codes.ReviewResult.REFUSE, codes.ReviewResult.OTHER_OFFICE):
        wanted = codes.RefusalReason.HANDLED_ELSEWHERE if result is codes.ReviewResult.OTHER_OFFICE else None
        followers["refusal"] = RefusalAsked(reason=reason or wanted or codes.RefusalReason.LATE)
    if result is codes.ReviewResult.COMPLETE:
        followers["completion"] = CompletionAsked(items=frozenset(missing))
    if result is codes.ReviewResult.PRELIMINARY:
        followers["preliminary"] = PreliminaryAsked()
    return review_complaint(result=result, formal=not missing, missing=frozenset(missing), **{**followers, **changes})


def receive_completion(**changes: Any) -> ReceiveCompletion:
    command = ReceiveCompletion(
        act=on("2024-06-13"),
        stream=COMPLAINT,
        by=by(Role.INTAKE),
        items=frozenset({codes.Requirement.SIGNATURE}),
        text=sealed("text"),
    )
    return replace(command, **changes)


def refuse_registration(reason: codes.RefusalReason = codes.RefusalReason.FORMAL, **changes: Any) -> RefuseRegistration:
    command = RefuseRegistration(act=on("2024-06-13"), stream=COMPLAINT, by=by(Role.EXAMINER), reason=reason)
    return replace(command, **changes)


def withdraw_complaint(complainant: Handle = K1, **changes: Any) -> WithdrawComplaint:
    command = WithdrawComplaint(
        act=on("2024-06-13"), stream=COMPLAINT, by=by(Role.INTAKE), complainant=complainant, text=sealed("text")
    )
    return replace(command, **changes)


def miss_hearing(**changes: Any) -> MissHearing:
    command = MissHearing(act=at("2024-06-13T03:00:00"), stream=COMPLAINT, by=by(Role.EXAMINER), hearing=ONE)
    return replace(command, **changes)


def add_evidence(**changes: Any) -> AddEvidence:
    command = AddEvidence(
        act=on("2024-07-01"), stream=COMPLAINT, by=by(Role.EXAMINER), title=sealed("title"), digest=sealed("0" * 64)
    )
    return replace(command, **changes)


def record_conflict(**changes: Any) -> RecordConflict:
    command = RecordConflict(
        act=on("2024-07-01"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER, actor="a2"),
        actor=Handle("a2"),
        respondent=R1,
        source=codes.ConflictSource.DECLARED,
        kind=sealed("kind"),
    )
    return replace(command, **changes)


def establish_conflict(**changes: Any) -> RecordConflict:
    above: dict[str, Any] = {
        "act": on("2024-07-01", ABOVE),
        "by": by(Role.PLENARY, ABOVE, "a7"),
        "source": codes.ConflictSource.ESTABLISHED,
    }
    return record_conflict(**{**above, **changes})


def retain_allegation(**changes: Any) -> RetainAllegation:
    command = RetainAllegation(
        act=on("2024-07-01"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        allegation=ONE,
        track=codes.Track.BAWASLU_ADHOC,
    )
    return replace(command, **changes)


def record_outcome(office: StreamId = KASN, role: Role = Role.HOLDER, **changes: Any) -> RecordOutcome:
    command = RecordOutcome(
        act=on("2024-07-01", office),
        stream=COMPLAINT,
        by=by(role, office),
        allegation=ONE,
        outcome=PROVEN,
        level=codes.OutcomeLevel.FIRST,
        decree_number=sealed("decree"),
    )
    return replace(command, **changes)


def by_letter(command: Any, office: StreamId, recording: StreamId = BAWASLU, role: Role = Role.EXAMINER) -> Any:
    """The same act of an office, recorded by another from its letter."""
    act: Act = replace(command.act, office=office, source=Source.LETTER)
    return replace(command, act=act, by=by(role, recording))


def correct_value(version: int, member: str, value: str | None = None, **changes: Any) -> CorrectValue:
    command = CorrectValue(
        act=on("2024-07-05"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        version=Number(version),
        member=MemberPath(member),
        reason=codes.CorrectionReason.CLERICAL,
        value=None if value is None else PublicValue(value),
    )
    return replace(command, **changes)


def correct_closed_value(version: int, member: str, value: str | None = None, **changes: Any) -> CorrectClosedValue:
    command = CorrectClosedValue(
        act=on("2024-07-05"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        version=Number(version),
        member=MemberPath(member),
        reason=codes.CorrectionReason.CLERICAL,
        value=None if value is None else PublicValue(value),
    )
    return replace(command, **changes)


def close_complaint(reason: codes.ClosingReason = codes.ClosingReason.SETTLED, **changes: Any) -> CloseComplaint:
    command = CloseComplaint(act=on("2024-07-02"), stream=COMPLAINT, by=by(Role.EXAMINER), reason=reason)
    return replace(command, **changes)


def reopen_complaint(
    reason: codes.ReopeningReason = codes.ReopeningReason.ERROR, *allegations: int, **changes: Any
) -> ReopenComplaint:
    command = ReopenComplaint(
        act=on("2024-07-03"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        reason=reason,
        allegations=frozenset(map(Number, allegations)),
    )
    return replace(command, **changes)


def erase_person(of: str = "k1", **changes: Any) -> ErasePerson:
    command = ErasePerson(
        act=on("2024-07-05"),
        stream=COMPLAINT,
        by=by(Role.PROTECTION_OFFICER, actor="a7"),
        of=Subject(of),
        reason=ErasureReason.REQUEST,
        basis=Name("UU 27/2022"),
        backups_expire_on=date(2025, 1, 1),
        second=Attendee(handle=Handle("a8"), who=sealed("second")),
    )
    return replace(command, **changes)


def disclose_value(version: int = 1, member: str = "narrative", **changes: Any) -> DiscloseValue:
    command = DiscloseValue(
        act=on("2024-07-05"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        version=Number(version),
        member=MemberPath(member),
        to=Audience("public"),
        basis=Name("UU 14/2008"),
    )
    return replace(command, **changes)


# --- officials, and the ledger itself -------------------------------------------------------------------------------


def record_official(**changes: Any) -> RecordOfficial:
    command = RecordOfficial(
        act=on("2024-07-01"),
        stream=OFFICIAL_STREAM,
        by=by(Role.EXAMINER),
        official=OFFICIAL,
        class_=codes.RespondentClass.ASN,
        since=date(2020, 1, 1),
        name=sealed("name"),
        nip=sealed("nip"),
    )
    return replace(command, **changes)


def change_class(**changes: Any) -> ChangeOfficialClass:
    command = ChangeOfficialClass(
        act=on("2024-07-01"),
        stream=OFFICIAL_STREAM,
        by=by(Role.INTAKE),
        class_=codes.RespondentClass.REGIONAL_HEAD,
        since=date(2024, 1, 1),
    )
    return replace(command, **changes)


def record_relation(**changes: Any) -> RecordRelation:
    command = RecordRelation(
        act=on("2024-07-01"),
        stream=OFFICIAL_STREAM,
        by=by(Role.EXAMINER, actor="a2"),
        kind=RelationKind.KIN,
        source=codes.ConflictSource.DECLARED,
        other=Attendee(handle=Handle("a2")),
        ground=sealed("ground"),
    )
    return replace(command, **changes)


def establish_relation(office: StreamId = ABOVE, works_for: StreamId = BAWASLU, **changes: Any) -> RecordRelation:
    above: dict[str, Any] = {
        "act": on("2024-07-01", office),
        "by": by(Role.PLENARY, office, "a7"),
        "source": codes.ConflictSource.ESTABLISHED,
        "office": works_for,
    }
    return record_relation(**{**above, **changes})


def relate_office(kind: RelationKind = RelationKind.MEMBER, **changes: Any) -> RecordRelation:
    """An office says that the official belongs to it; in the official's stream it stands as a9."""
    own: dict[str, Any] = {
        "kind": kind,
        "other": Attendee(handle=Handle("a9"), who=sealed("office")),
        "office": BAWASLU,
    }
    return record_relation(**{**own, **changes})


def erase_official(of: str = "r1", **changes: Any) -> EraseOfficial:
    command = EraseOfficial(
        act=on("2024-07-05"),
        stream=OFFICIAL_STREAM,
        by=by(Role.PROTECTION_OFFICER, actor="a7"),
        of=Subject(of),
        reason=ErasureReason.REQUEST,
        basis=Name("UU 27/2022"),
        backups_expire_on=date(2025, 1, 1),
        second=Attendee(handle=Handle("a8")),
    )
    return replace(command, **changes)


def correct_clock(**changes: Any) -> CorrectClock:
    command = CorrectClock(
        act=on("2024-07-08", LEDGER), stream=LEDGER, by=by(Role.OPERATOR, LEDGER), reason=Name("the clock was ahead")
    )
    return replace(command, **changes)


def close_ledger(**changes: Any) -> CloseLedger:
    command = CloseLedger(
        act=on("2024-07-08", LEDGER), stream=LEDGER, by=by(Role.OPERATOR, LEDGER), reason=Name("continued elsewhere")
    )
    return replace(command, **changes)
