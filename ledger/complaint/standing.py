"""What every decision on a complaint asks first: does it fit the stage, who may record it, in what order.

Both answers come from the fact itself: `FROM` lists the stages, `BY` the parties.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.command import recorder
from ledger.complaint.allegations import Allegation, Offered, OnTrack, Referral, Settled
from ledger.complaint.codes import ShownBy, Stage, Track
from ledger.complaint.commands import (
    AcceptReferral,
    AnyComplaintCommand,
    CompleteStudy,
    CorrectValue,
    HandOverFile,
    ReceiveReferral,
    RecordConflict,
    RecordOutcome,
    ReturnReferral,
    StepCommand,
)
from ledger.complaint.conflicts import partial_towards, stands_in
from ledger.complaint.facts import FACTS_AT_AN_INSTANT
from ledger.complaint.file import File
from ledger.complaint.scope import scope
from ledger.complaint.state import Complaint, Ended, Nothing
from ledger.errors import Invalid
from ledger.grounds import Grounds
from ledger.office.competence import check_order as check_order
from ledger.office.competence import stands_for
from ledger.office.facts import OfficeKind
from ledger.office.hierarchy import stands_above
from ledger.parties import ROLES, Party
from ledger.refusals import refused
from ledger.speech import Said
from ledger.values import Source, StreamId, day_of

WATCHES = frozenset({OfficeKind.BKN, OfficeKind.HOME_MINISTRY})
"""The institutions that watch the ASN track without holding an allegation (UU 20/2023; PP 94/2021)."""


def check_dating(command: AnyComplaintCommand) -> None:
    """The act carries an instant where the law counts from one, a date otherwise."""
    right = "at" if command.FACT in FACTS_AT_AN_INSTANT else "on"
    if getattr(command.act, right) is None or (command.act.on is None) == (command.act.at is None):
        wanted = Said("the instant (at)", "waktu (at)") if right == "at" else Said("the date (on)", "tanggal (on)")
        raise Invalid(
            f"act.{right}",
            Said(
                f"{wanted.en} of this act is expected, and nothing beside it",
                f"seharusnya {wanted.id} tindakan ini, dan tidak ada yang lain",
            ),
        )


def check_stage(command: AnyComplaintCommand, complaint: Complaint) -> None:
    """The complaint stands where such a fact may follow."""
    allowed = command.FROM or command.FACT.FROM
    if complaint.STAGE in allowed:
        return
    if isinstance(complaint, Nothing):
        raise refused("complaint.unknown")
    if Stage.NOTHING in allowed and len(allowed) == 1:
        raise refused("complaint.filed")
    if isinstance(complaint, Ended):
        raise refused("complaint.ended", stage=complaint.STAGE)
    raise refused("stage", stage=complaint.STAGE, allowed=", ".join(sorted(allowed - {Stage.NOTHING})))


def file_of(complaint: Complaint) -> File:
    """The file of a complaint that `check_stage` has passed; a TypeError here means that it was not asked."""
    if isinstance(complaint, Nothing):
        raise TypeError("a complaint without a file was decided on")
    return complaint.file


def check_party(command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds) -> None:
    """Whoever records is one of the parties that the fact lists, in one of their roles."""
    by = recorder(command)
    parties: frozenset[Party] = command.FACT.BY
    if any(by.role in ROLES[party] and _is_party(party, command, complaint, grounds) for party in parties):
        return
    raise refused(
        "party",
        office=grounds.name_of(by.office),
        role=by.role,
        acting=grounds.name_of(command.act.office),
        parties=_named(parties),
    )


def check_dates(occurred_from: date | None, occurred_until: date | None, known_on: date | None, today: date) -> None:
    """Beginning, end, knowledge and the act that records them follow one another."""
    if (occurred_from is None) != (occurred_until is None):
        raise refused("dates.pair")
    if occurred_from is not None and occurred_until is not None and occurred_until < occurred_from:
        raise refused("dates.order")
    if occurred_from is not None and known_on is not None and known_on < occurred_from:
        raise refused("dates.known", known_on=known_on, occurred_from=occurred_from)
    latest = max((day for day in (occurred_from, known_on) if day is not None), default=today)
    if today < latest:
        raise refused("dates.received", today=today, latest=latest)


def allegation_of(file: File, number: int) -> Allegation:
    """One allegation of the complaint by its number."""
    if number not in file.allegations:
        raise refused("allegation.unknown", number=number, known=listed(file.allegations))
    return file.allegations[number]


def listed(known: Iterable[object]) -> str:
    """What there is, for a refusal that names what is not there."""
    return ", ".join(map(str, known)) or "-"


def _named(parties: Iterable[Party]) -> str:
    return ", ".join(sorted(parties))


def _is_party(party: Party, command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds) -> bool:
    """Whether the recording office is a party of this command; its role is asked elsewhere."""
    by, act = recorder(command), command.act
    if isinstance(complaint, Nothing):
        return act.office == by.office
    file = complaint.file

    def is_office(other: StreamId) -> bool:
        return stands_for(by.office, other, day_of(act), grounds)

    acts_itself = act.office == by.office
    match party:
        case Party.INTAKE | Party.EXAMINER | Party.PLENARY | Party.OWNER:
            return acts_itself and is_office(file.owner)
        case Party.HOLDER:
            held_by = holders(command, complaint)
            return acts_itself and any(
                is_office(holder) or stands_in(by.office, holder, command, grounds) for holder in held_by
            )
        case Party.ADDRESSEE:
            return acts_itself and any(map(is_office, ends(command, file)[1:]))
        case Party.SUPERVISOR:
            return acts_itself and _watches(by.office, command, complaint, grounds)
        case Party.PROXY:
            return _speaks_for_another(command, complaint, grounds)
        case Party.ACTOR:
            return acts_itself and isinstance(command, RecordConflict) and command.actor == by.actor
        case Party.OFFICE_ABOVE:
            return acts_itself and _is_above(by.office, command, file, grounds)
        case Party.RECORDING_OFFICE:
            return acts_itself and isinstance(command, CorrectValue) and _recorded(command.version, by.office, file)
        case Party.DELEGATE:
            return acts_itself and file.delegated_to is not None and is_office(file.delegated_to)
        case Party.PROTECTION_OFFICER:
            return acts_itself
        case Party.ANY_OFFICE | Party.REGISTRY | Party.OPERATOR:
            return False


def holders(command: AnyComplaintCommand, complaint: Complaint) -> frozenset[StreamId]:
    """The offices that hold the allegations that a command decides on; of a command on the whole, of all."""
    if isinstance(command, HandOverFile):
        return frozenset({command.from_})
    file = file_of(complaint)
    decided_on = scope(command, complaint)
    numbers = file.allegations if decided_on is None else decided_on & file.allegations.keys()
    return frozenset(file.holder(file.allegations[number]) for number in numbers)


def ends(command: AnyComplaintCommand, file: File) -> tuple[StreamId, ...]:
    """Sender and addressee of the referral that a command answers, or under which its allegation stands, if any."""
    if isinstance(command, ReceiveReferral | AcceptReferral | ReturnReferral):
        number: int | None = command.referral
    elif isinstance(command, RecordOutcome | StepCommand) and command.allegation in file.allegations:
        number = getattr(file.allegations[command.allegation].standing, "referral", None)
    else:
        return ()
    referral = None if number is None else file.referrals.get(number)
    return () if referral is None else (referral.sender, referral.to)


def lies_with(number: int, complaint: Complaint) -> frozenset[StreamId]:
    """The office with which an allegation's file lies, where there is such an allegation."""
    if isinstance(complaint, Nothing) or number not in complaint.file.allegations:
        return frozenset()
    return frozenset({complaint.file.lies_at(complaint.file.allegations[number])})


def open_referral(file: File, number: int) -> Referral | None:
    """The referral under which an allegation lies with another office that has not settled it, if it does."""
    standing = file.allegations[number].standing if number in file.allegations else None
    if not isinstance(standing, Offered | OnTrack) or standing.referral is None:
        return None
    return file.referrals[standing.referral]


def _is_above(office: StreamId, command: AnyComplaintCommand, file: File, grounds: Grounds) -> bool:
    """The owner's parent; where it has none, the body that watches over it, as far as a conflict of interest goes."""
    if grounds.office(file.owner).parent is not None:
        return stands_above(office, file.owner, grounds)
    in_conflict = isinstance(command, RecordConflict) or partial_towards(file.owner, command, grounds)
    return bool(in_conflict) and stands_above(office, file.owner, grounds)


def _recorded(version: int, office: StreamId, file: File) -> bool:
    return 0 < version <= file.version and file.entered[version - 1].office == office


def _watches(office: StreamId, command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds) -> bool:
    """A supervisor speaks of allegations on the ASN track: by a study, a step or an outcome."""
    if grounds.office(office).kind not in WATCHES or not isinstance(
        command, CompleteStudy | RecordOutcome | StepCommand
    ):
        return False
    file = file_of(complaint)
    numbers = command.allegations if isinstance(command, CompleteStudy) else {command.allegation}
    return all(_track(file, number) is Track.ASN for number in numbers)


def _track(file: File, number: int) -> Track | None:
    standing = file.allegations[number].standing if number in file.allegations else None
    return standing.track if isinstance(standing, OnTrack | Settled) else None


def _speaks_for_another(command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds) -> bool:
    """The owner or the referring office records what a body off the system wrote or published."""
    by, act, file = recorder(command), command.act, file_of(complaint)
    if act.office == by.office or act.source is Source.OWN:
        return False
    if by.office not in {file.owner, *ends(command, file)[:1]}:
        return False
    if isinstance(command, StepCommand):
        # Steps are taken by bodies of every kind: the police, a court, the personnel authority.
        return True
    if isinstance(command, RecordOutcome):
        settled = command.allegation in file.allegations and isinstance(
            file.allegations[command.allegation].standing, Settled
        )
        # A later word may come from another office than the holder: an appeal, a court, a contradicting body.
        return settled or any(
            stands_for(act.office, holder, day_of(act), grounds) or stands_in(act.office, holder, command, grounds)
            for holder in holders(command, complaint)
        )
    if isinstance(command, ReceiveReferral) and command.shown_by is not ShownBy.DELIVERY_PROOF:
        return False
    return any(stands_for(act.office, to, day_of(act), grounds) for to in ends(command, file)[1:])
