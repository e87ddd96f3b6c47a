"""What the law lets be asked of a case besides its ordinary course, and the steps of the tracks.

A step's command has the members of its fact, sealed ones still plain; it is made from the fact, so that the two never
differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, make_dataclass
from datetime import date
from typing import Any, ClassVar, Final, get_type_hints

from ledger.complaint import facts
from ledger.complaint.codes import DropReason, Phase, RespondentClass
from ledger.complaint.commands.asked import ComplaintCommand
from ledger.complaint.track.codes import SanctionClass
from ledger.values import Handle, Number, SealedRef, Secret, StreamId


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendExamination(ComplaintCommand):
    """Take longer to examine, once, within what the law allows."""

    FACT: ClassVar = facts.ExaminationExtended

    reason: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinComplaint(ComplaintCommand):
    """Let this case go on inside another one of the same owner."""

    FACT: ClassVar = facts.ComplaintJoined

    into: StreamId
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitComplaint(ComplaintCommand):
    """Let another case go on inside this one; asked together with its joining."""

    FACT: ClassVar = facts.ComplaintAdmitted

    joined: StreamId


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparateComplaint(ComplaintCommand):
    """Let a joined case stand by itself again."""

    FACT: ClassVar = facts.ComplaintSeparated

    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateComplaint(ComplaintCommand):
    """Pass the complaint to another office of the same institution."""

    FACT: ClassVar = facts.ComplaintDelegated

    to: StreamId
    letter_number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveDelegation(ComplaintCommand):
    """Take in a delegated complaint, and own it from then on."""

    FACT: ClassVar = facts.DelegationReceived

    number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOverComplaint(ComplaintCommand):
    """Take the complaint over from the office below."""

    FACT: ClassVar = facts.ComplaintTakenOver

    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReclassifyRespondent(ComplaintCommand):
    """Say that a respondent belongs to another class."""

    FACT: ClassVar = facts.RespondentReclassified

    respondent: Handle
    class_: RespondentClass
    since: date | None = None
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallReferral(ComplaintCommand):
    """Take back a referral that nobody has taken."""

    FACT: ClassVar = facts.ReferralRecalled

    referral: Number
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropAllegation(ComplaintCommand):
    """End an allegation without decision or outcome."""

    FACT: ClassVar = facts.AllegationDropped

    allegation: Number
    reason: DropReason
    text: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPhase(ComplaintCommand):
    """Say whether the act lies before or after the pairs were fixed."""

    FACT: ClassVar = facts.PhaseSet

    allegation: Number
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendSanction(ComplaintCommand):
    """Recommend a sanction to the personnel authority, by a referral that binds."""

    FACT: ClassVar = facts.SanctionRecommended
    NEEDS_MATCH: ClassVar = True

    allegation: Number
    to: StreamId
    class_: SanctionClass | None = None
    letter_number: Secret | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCommand(ComplaintCommand):
    """A step of a track, of one allegation; each step has a command of its own."""

    FACT: ClassVar[type[facts.TrackStep]]

    allegation: Number


NOT_ASKED: Final = frozenset({"allegation", "irregular"})
"""What a step's command does not add to the members of its fact: what it has already, and what is decided."""


def _step_command(fact: Any) -> type[StepCommand]:
    """The command of a step: the fact's members, with secrets in the place of sealed references."""
    hints = get_type_hints(fact)
    members: list[Any] = []
    for each in fields(fact):
        if each.name in NOT_ASKED:
            continue
        sealed = SealedRef in getattr(hints[each.name], "__args__", (hints[each.name],))
        declared = Secret | None if sealed else hints[each.name]
        members.append(
            (each.name, declared, field(default=None if each.default is MISSING and sealed else each.default))
        )
    made: Any = make_dataclass(
        f"Take{fact.__name__}",
        members,
        bases=(StepCommand,),
        namespace={"FACT": fact, "__doc__": fact.__doc__, "__module__": __name__},
        frozen=True,
        slots=True,
        kw_only=True,
    )
    return made  # type: ignore[no-any-return]


STEP_COMMANDS: Final[Mapping[str, type[StepCommand]]] = {
    fact.TOPIC: _step_command(fact) for fact in facts.TRACK_STEPS if fact is not facts.SanctionRecommended
}
"""The command of each step, by its topic; a recommendation has one of its own, because a referral follows it."""
