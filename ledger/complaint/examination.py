"""Between register and decision: hearings, study, plenary with quorum and votes; and the status that is announced."""

from __future__ import annotations

from typing import assert_never

from ledger.complaint.codes import Announcement, Category, Decision, Irregularity, Whom
from ledger.complaint.commands import (
    AnnounceStatus,
    Ballot,
    CallHearing,
    CompleteStudy,
    ExaminationCommand,
    HoldHearing,
    HoldPlenary,
)
from ledger.complaint.facts import (
    AllegationDecided,
    ComplaintFact,
    HearingCalled,
    HearingHeld,
    PlenaryHeld,
    Present,
    StatusAnnounced,
    StudyCompleted,
    Tally,
)
from ledger.complaint.standing import allegation_of, check_order, check_owner_acts, filed, going_on
from ledger.complaint.state import (
    Allegation,
    Alleged,
    Complaint,
    Decided,
    Established,
    File,
    NotRegistered,
    Received,
    Registered,
    Reviewed,
)
from ledger.errors import Refused
from ledger.grounds import Grounds
from ledger.values import Handle, Number, handle_of, optional_reference


def decide_examination(
    command: ExaminationCommand, complaint: Complaint, grounds: Grounds
) -> tuple[ComplaintFact, ...]:
    """The facts that an examination command makes, or Refused."""
    match command:
        case CallHearing():
            return (_call(command, complaint),)
        case HoldHearing():
            return (_hold(command, complaint),)
        case CompleteStudy():
            return (_study(command, complaint),)
        case HoldPlenary():
            return _plenary(command, complaint, grounds)
        case AnnounceStatus():
            return (_announce(command, complaint),)
        case _:
            assert_never(command)


def _under_examination(complaint: Complaint) -> Registered | Decided:
    known = going_on(complaint)
    if isinstance(known, Received | Reviewed):
        raise Refused("stage", "the complaint is not registered yet", "review and register it first")
    return known


def _is_open(allegation: Allegation) -> bool:
    """Not decided, or decided and back on the owner's desk."""
    return isinstance(allegation.standing, Alleged | Established)


def _call(command: CallHearing, complaint: Complaint) -> HearingCalled:
    file = _under_examination(complaint).file
    check_owner_acts(command, file)
    if not any(_is_open(each) for each in file.allegations.values()):
        raise Refused("hearing.closed", "no allegation is on the owner's desk", "hearings follow a return")
    if (command.whom is Whom.RESPONDENT) != (command.respondent is not None):
        raise Refused(
            "hearing.whom", "a respondent's handle belongs to a respondent's hearing", "name it there and nowhere else"
        )
    if command.respondent is not None and command.respondent not in file.respondents:
        raise Refused(
            "respondent.unknown",
            f"{command.respondent} is no respondent of this complaint",
            f"respondents: {', '.join(file.respondents)}",
        )
    if command.act.on is not None and command.set_for < command.act.on:
        raise Refused("hearing.date", "the hearing lies before the day of its call", "set it for that day or later")
    return HearingCalled(
        hearing=Number(len(file.hearings) + 1),
        whom=command.whom,
        set_for=command.set_for,
        respondent=command.respondent,
        person=optional_reference(command.person),
        letter_number=optional_reference(command.letter_number),
    )


def _hold(command: HoldHearing, complaint: Complaint) -> HearingHeld:
    file = _under_examination(complaint).file
    check_owner_acts(command, file)
    if command.hearing not in file.hearings:
        known = ", ".join(map(str, file.hearings)) or "none yet"
        raise Refused("hearing.unknown", f"hearing {command.hearing} was never called", f"hearings called: {known}")
    if file.hearings[command.hearing]:
        raise Refused("hearing.held", f"hearing {command.hearing} was held already", "call another one")
    return HearingHeld(hearing=command.hearing, minutes=optional_reference(command.minutes))


def _study(command: CompleteStudy, complaint: Complaint) -> StudyCompleted:
    file = _under_examination(complaint).file
    check_owner_acts(command, file)
    if not command.allegations:
        raise Refused("study.empty", "a study is about at least one allegation", "name the allegations it covers")
    for number in sorted(command.allegations):
        if not _is_open(allegation_of(file, number)):
            raise Refused(
                "allegation.elsewhere",
                f"allegation {number} is not on the owner's desk",
                "a study is made of allegations that are undecided, established or returned",
            )
    return StudyCompleted(Number(len(file.studies) + 1), command.allegations, optional_reference(command.report))


def _plenary(command: HoldPlenary, complaint: Complaint, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    known = _under_examination(complaint)
    file = known.file
    check_owner_acts(command, file)
    if isinstance(known, Registered):
        check_order(command.act, file.since, "the registration")
    present = [handle_of(each.handle) for each in command.present]
    recused = frozenset(handle_of(each) for each in command.recused)
    seats = grounds.office(file.owner).seats
    if seats is None:
        raise Refused(
            "plenary.seats", "the register gives this office no seats", "an office with seats holds plenaries"
        )
    voting = _quorum(present, recused, seats)
    if not command.ballots:
        raise Refused("plenary.empty", "a plenary votes on at least one allegation", "give a ballot for each")
    for ballot in command.ballots:
        _check_ballot(ballot, command, file, voting)
    if len({ballot.allegation for ballot in command.ballots}) != len(command.ballots):
        raise Refused("plenary.twice", "one allegation has two ballots", "give one for each allegation")
    plenary = Number(file.plenaries + 1)
    held = PlenaryHeld(
        plenary=plenary,
        seats=Number(seats),
        present=tuple(Present(handle_of(each.handle), optional_reference(each.who)) for each in command.present),
        tally=tuple(
            Tally(each.allegation, each.violation, each.not_violation, each.abstained) for each in command.ballots
        ),
        recused=recused,
        irregular=_irregularities(command, file),
        votes=optional_reference(command.votes),
        dissents=optional_reference(command.dissents),
        minutes_number=optional_reference(command.minutes_number),
    )
    decided = (_decision(ballot, file, plenary, voting) for ballot in command.ballots)
    return (held, *(each for each in decided if each is not None))


def _quorum(present: list[Handle], recused: frozenset[Handle], seats: int) -> int:
    """The number of voting members, if they are more than half of the seats; recusal does not lower the seats."""
    if len(set(present)) != len(present):
        raise Refused("plenary.present", "somebody is named twice among those present", "name each member once")
    if len(present) > seats:
        raise Refused("plenary.present", f"{len(present)} members are more than the {seats} seats", "name members only")
    if recused - set(present):
        raise Refused("plenary.recused", "somebody recused was not present", "name the recused among those present too")
    voting = len(present) - len(recused)
    if 2 * voting <= seats:
        raise Refused(
            "plenary.quorum",
            f"{voting} voting members are not more than half of {seats} seats",
            f"at least {seats // 2 + 1} members vote; where the recused make that impossible, the office above decides",
        )
    return voting


def _check_ballot(ballot: Ballot, command: HoldPlenary, file: File, voting: int) -> None:
    allegation = allegation_of(file, ballot.allegation)
    if not _decidable(allegation):
        raise Refused(
            "allegation.decided",
            f"allegation {ballot.allegation} is decided and was not sent back",
            "a plenary decides what is undecided or was returned",
        )
    check_order(command.act, allegation.since, f"allegation {ballot.allegation}")
    cast = ballot.violation + ballot.not_violation + ballot.abstained
    if cast != voting:
        raise Refused(
            "plenary.tally",
            f"allegation {ballot.allegation} has {cast} votes of {voting} voting members",
            "violation, not_violation and abstained add up to the voting members",
        )
    category = ballot.category or allegation.category
    if 2 * ballot.violation > voting and category is Category.UNDETERMINED:
        raise Refused(
            "plenary.category",
            f"allegation {ballot.allegation} would be a violation of no category",
            "name the category: " + ", ".join(each for each in Category if each is not Category.UNDETERMINED),
        )


def _decidable(allegation: Allegation) -> bool:
    match allegation.standing:
        case Alleged():
            return True
        case Established(returned):
            return returned is not None
        case _:
            return False


def _irregularities(command: HoldPlenary, file: File) -> frozenset[Irregularity]:
    found = set()
    if not all(file.studied(ballot.allegation) for ballot in command.ballots):
        found.add(Irregularity.NO_STUDY)
    if not any(file.hearings.values()):
        found.add(Irregularity.NO_HEARING)
    return frozenset(found)


def _decision(ballot: Ballot, file: File, plenary: Number, voting: int) -> AllegationDecided | None:
    """The decision of the voting members' majority; a tie decides nothing."""
    if 2 * ballot.violation > voting:
        decision = Decision.VIOLATION
    elif 2 * ballot.not_violation > voting:
        decision = Decision.NOT_VIOLATION
    else:
        return None
    allegation = file.allegations[ballot.allegation]
    return AllegationDecided(
        allegation=ballot.allegation,
        plenary=plenary,
        decision=decision,
        category=ballot.category or allegation.category,
        kinds=allegation.kinds if ballot.kinds is None else ballot.kinds,
        reasons=optional_reference(ballot.reasons),
    )


def _announce(command: AnnounceStatus, complaint: Complaint) -> StatusAnnounced:
    known = filed(complaint)
    check_owner_acts(command, known.file)
    for number in sorted(command.allegations):
        allegation_of(known.file, number)
    true_now = {
        Announcement.RECEIVED: True,
        Announcement.NOT_REGISTERED: isinstance(known, NotRegistered),
        Announcement.REGISTERED: isinstance(known, Registered | Decided),
        Announcement.DECIDED: isinstance(known, Decided),
        Announcement.REFERRED: bool(known.file.referrals),
        Announcement.OUTCOME: False,
    }
    if not true_now[command.what]:
        raise Refused(
            "status.untrue",
            f"the complaint is not {command.what} yet",
            "announce what its facts already say: " + ", ".join(each for each, holds in true_now.items() if holds),
        )
    return StatusAnnounced(
        what=command.what,
        allegations=command.allegations,
        notice_number=optional_reference(command.notice_number),
        text=optional_reference(command.text),
    )
