"""Commands that the law adds to a complaint's ordinary course, as a member of the examining staff asks them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ledger.complaint.codes import DropReason, RespondentClass, Stage
from ledger.complaint.commands import (
    DelegateComplaint,
    DropAllegation,
    ExtendExamination,
    JoinComplaint,
    RecallReferral,
    ReceiveDelegation,
    ReclassifyRespondent,
    TakeOverComplaint,
)
from ledger.values import Act, Role, StreamId
from tests.builders import (
    BAWASLU,
    COMPLAINT,
    ONE,
    R1,
    by,
    on,
    sealed,
    stream,
)
from tests.builders_wide import (
    ABOVE,
    STAGES,
)

OTHER = stream("complaint", "2")
GOING_ON = [
    stage
    for stage in STAGES
    if stage not in (Stage.NOTHING, Stage.NOT_REGISTERED, Stage.WITHDRAWN, Stage.CLOSED, Stage.JOINED)
]
JULY = on("2024-07-03")


def asked(command: type[Any], act: Act = JULY, role: Role = Role.EXAMINER, **members: Any) -> Any:
    """A command of whoever acts."""
    return command(act=act, stream=COMPLAINT, by=by(role, act.office), **members)


def extend(**changes: Any) -> Any:
    return replace(asked(ExtendExamination, on("2024-06-14"), reason=sealed("reason")), **changes)


def join(into: StreamId = OTHER, **changes: Any) -> Any:
    return replace(asked(JoinComplaint, into=into, text=sealed("text")), **changes)


def delegate(to: StreamId = ABOVE, **changes: Any) -> Any:
    return replace(asked(DelegateComplaint, to=to, letter_number=sealed("letter")), **changes)


def receive(by_office: StreamId = ABOVE, day: str = "2024-07-04") -> Any:
    return asked(ReceiveDelegation, on(day, by_office), Role.INTAKE, number=sealed("number"))


def take_over(by_office: StreamId = ABOVE, day: str = "2024-07-04") -> Any:
    return asked(TakeOverComplaint, on(day, by_office), text=sealed("text"))


def recall(by_office: StreamId = BAWASLU, day: str = "2024-06-20", **changes: Any) -> Any:
    return replace(asked(RecallReferral, on(day, by_office), referral=ONE, text=sealed("text")), **changes)


def drop(reason: DropReason = DropReason.DIED, **changes: Any) -> Any:
    return replace(asked(DropAllegation, allegation=ONE, reason=reason, text=sealed("text")), **changes)


def reclassify(class_: RespondentClass = RespondentClass.NON_ASN, **changes: Any) -> Any:
    return replace(asked(ReclassifyRespondent, respondent=R1, class_=class_, text=sealed("text")), **changes)
