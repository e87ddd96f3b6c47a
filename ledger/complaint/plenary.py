"""The plenary (rapat pleno): quorum, recusal, votes, and one decision for each allegation that found a majority.

The quorum is more than half of the office's seats, present and not recused; seats are not reduced by recusal, and a tie
decides nothing. Sources: DOMAIN.md rulings; the figures of quorum are general knowledge, not read in the regulation.
"""

from __future__ import annotations

from ledger.complaint.allegations import Allegation, Alleged, Established
from ledger.complaint.codes import CATEGORIES, Category, Decision, Irregularity
from ledger.complaint.commands import Ballot, HoldPlenary
from ledger.complaint.facts import AllegationDecided, ComplaintFact, PlenaryHeld, Present, Tally
from ledger.complaint.file import File
from ledger.complaint.standing import allegation_of, check_order, file_of
from ledger.complaint.state import Complaint, Registered
from ledger.grounds import Grounds
from ledger.office.hierarchy import named_above
from ledger.refusals import refused
from ledger.values import Handle, Number, handle_of, optional_reference


def decide_plenary(command: HoldPlenary, complaint: Complaint, grounds: Grounds) -> tuple[ComplaintFact, ...]:
    """The plenary's fact and those of its decisions, or Refused."""
    file = file_of(complaint)
    if isinstance(complaint, Registered):
        check_order(command.act, file.since, "registration")
    present = [handle_of(each.handle) for each in command.present]
    recused = frozenset(handle_of(each) for each in command.recused)
    owner = grounds.office(file.owner)
    if owner.seats is None:
        raise refused("plenary.seats", office=owner.name)
    _check_members(present, recused, owner.seats)
    if not command.ballots:
        raise refused("plenary.empty")
    if len({ballot.allegation for ballot in command.ballots}) != len(command.ballots):
        raise refused("plenary.twice")
    for ballot in command.ballots:
        _check_decidable(ballot, command, file)
    _check_recused(command, file, frozenset(present), recused)
    voting = _quorum(present, recused, owner.seats, named_above(file.owner, grounds))
    for ballot in command.ballots:
        _check_votes(ballot, file, voting)
    plenary = Number(file.plenaries + 1)
    held = PlenaryHeld(
        plenary=plenary,
        seats=Number(owner.seats),
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


def _check_members(present: list[Handle], recused: frozenset[Handle], seats: int) -> None:
    if len(set(present)) != len(present):
        raise refused("plenary.present_twice")
    if len(present) > seats:
        raise refused("plenary.present_many", present=len(present), seats=seats)
    if recused - set(present):
        raise refused("plenary.recused")


def _quorum(present: list[Handle], recused: frozenset[Handle], seats: int, above: str) -> int:
    """The number of voting members, if they are more than half of the seats; recusal does not lower the seats."""
    voting = len(present) - len(recused)
    if 2 * voting > seats:
        return voting
    needed = seats // 2 + 1
    if seats - len(recused) < needed:
        raise refused("plenary.impossible", voting=voting, seats=seats, above=above)
    raise refused("plenary.quorum", voting=voting, seats=seats, needed=needed)


def _check_recused(command: HoldPlenary, file: File, present: frozenset[Handle], recused: frozenset[Handle]) -> None:
    """Whoever has a conflict of interest towards a respondent of the vote is recused."""
    respondents = {file.allegations[ballot.allegation].respondent for ballot in command.ballots}
    for member in sorted(present - recused):
        if towards := sorted(file.conflicted(member) & respondents):
            raise refused("plenary.conflict", member=member, respondent=towards[0])


def _check_decidable(ballot: Ballot, command: HoldPlenary, file: File) -> None:
    allegation = allegation_of(file, ballot.allegation)
    if not _decidable(allegation):
        raise refused("allegation.decided", number=ballot.allegation)
    check_order(command.act, allegation.since, "allegation")


def _check_votes(ballot: Ballot, file: File, voting: int) -> None:
    cast = ballot.violation + ballot.not_violation + ballot.abstained
    if cast != voting:
        raise refused("plenary.tally", number=ballot.allegation, cast=cast, voting=voting)
    category = ballot.category or file.allegations[ballot.allegation].category
    if 2 * ballot.violation > voting and category is Category.UNDETERMINED:
        raise refused("plenary.category", number=ballot.allegation, known=CATEGORIES)


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
    if not any(held is True for held in file.hearings.values()):
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
