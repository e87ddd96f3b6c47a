"""Conflicts of interest: who may not act on whom, what is copied of it into the complaint, and where a case passes to.

A relation of the register of officials counts as soon as it stands there. When somebody acts, whatever stands between
the case's people is copied into the complaint (ConflictRecorded), and from then on the complaint says so itself.
Sources: UU 30/2014 art. 42 to 45 (general knowledge, not verified); CATALOGUE.md, rulings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ledger.changing import changed
from ledger.command import recorder
from ledger.complaint import facts
from ledger.complaint.codes import ConflictSource
from ledger.complaint.commands import AnyComplaintCommand, NameRespondent, RecordConflict
from ledger.complaint.facts import ComplaintFact, ConflictRecorded
from ledger.complaint.file import File
from ledger.complaint.scope import scope
from ledger.complaint.state import Complaint, Nothing
from ledger.grounds import Grounds, Related
from ledger.office.facts import OfficeKind
from ledger.office.hierarchy import may_speak_of, named_above, stands_above
from ledger.official.facts import RelationKind
from ledger.refusals import refused
from ledger.values import Handle, Source, StreamId, day_of, handle_of

PASSES_ON: Final = frozenset(
    {
        facts.ComplaintFiled,
        facts.PreliminaryInformationNoted,
        facts.RespondentNamed,
        facts.AllegationMade,
        facts.CompletionReceived,
        facts.ComplaintWithdrawn,
        facts.EvidenceAdded,
        facts.StatusAnnounced,
        facts.ConflictRecorded,
        facts.ComplaintDelegated,
        facts.ReferralOffered,
        facts.ReferralReceived,
        facts.ReferralReturned,
        facts.ReferralRecalled,
        facts.ValueCorrected,
        facts.ClosedValueCorrected,
        facts.ValueDisclosed,
        facts.ComplaintPersonErased,
    }
)
"""What an office may do in a case against one of its own members: take it in, keep it, and pass it on."""

SILENT: Final = frozenset(
    {
        facts.ConflictRecorded,
        facts.ValueCorrected,
        facts.ClosedValueCorrected,
        facts.ValueDisclosed,
        facts.ComplaintPersonErased,
    }
)
"""With these nothing is copied: they are not acts on the case."""


def respondents(command: AnyComplaintCommand, complaint: Complaint) -> frozenset[Handle]:
    """The respondents whose relations a decision asks for: all of the case, and the one whom the command names."""
    known = frozenset() if isinstance(complaint, Nothing) else frozenset(complaint.file.respondents)
    return known | _named(command)


def with_relations(command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds) -> Complaint:
    """The complaint as it is decided on: its own conflicts, and those that follow from standing relations."""
    if isinstance(complaint, Nothing) or isinstance(command, RecordConflict):
        return complaint  # a conflict that the register knows may still be recorded by hand
    file, recording = complaint.file, recorder(command)
    told = {
        (each.actor, each.respondent)
        for each in _standing(command, grounds)
        if each.actor is not None
        and counts(each, recording.office if each.actor == recording.actor else file.owner, grounds)
    }
    return changed(complaint, file=changed(file, conflicts=file.conflicts | told))


def check_unconflicted(command: AnyComplaintCommand, complaint: Complaint) -> None:
    """Nobody records an act about a respondent towards whom they have a conflict of interest; they may declare it."""
    if isinstance(complaint, Nothing) or isinstance(command, RecordConflict):
        return
    actor = recorder(command).actor
    if towards := sorted(complaint.file.conflicted(actor) & concerned(command, complaint)):
        raise refused("conflict", actor=actor, respondent=towards[0])


def concerned(command: AnyComplaintCommand, complaint: Complaint) -> frozenset[Handle]:
    """The respondents on whom a command decides: those of its allegations, or all; and whom it names."""
    if isinstance(complaint, Nothing):
        return frozenset()
    file, decided_on = complaint.file, scope(command, complaint)
    if decided_on is None:
        return frozenset(file.respondents) | _named(command)
    return respondents_of(file, decided_on) | _named(command)


def respondents_of(file: File, allegations: Iterable[int]) -> frozenset[Handle]:
    """The respondents of some allegations."""
    return frozenset(file.allegations[number].respondent for number in allegations if number in file.allegations)


def check_impartial(command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds) -> None:
    """An office does not examine or decide a case against its own member, and no personnel authority punishes itself.

    The refusal names the office above, or DKPP, or the home ministry.
    """
    if command.FACT in PASSES_ON:
        return
    office = command.act.office
    towards = sorted(partial_towards(office, command, grounds) & concerned(command, complaint))
    if not towards:
        return
    name, above = grounds.name_of(office), named_above(office, grounds)
    if grounds.office(office).kind is OfficeKind.PERSONNEL_AUTHORITY:
        raise refused("conflict.authority", office=name, respondent=towards[0], above=above)
    raise refused("conflict.office", office=name, respondent=towards[0], above=above)


def partial_towards(office: StreamId, command: AnyComplaintCommand, grounds: Grounds) -> frozenset[Handle]:
    """The respondents who head an office or belong to it; of a personnel authority its head alone matters."""
    return frozenset(
        each.respondent for each in _standing(command, grounds) if each.office == office and is_partial(each, grounds)
    )


def is_partial(related: Related, grounds: Grounds) -> bool:
    """Whether an office may not decide on a respondent who is that to it."""
    if related.office is None:
        return False
    of_authority = grounds.office(related.office).kind is OfficeKind.PERSONNEL_AUTHORITY
    return related.kind is RelationKind.HEAD or not of_authority


def stands_in(other: StreamId, holder: StreamId, command: AnyComplaintCommand, grounds: Grounds) -> bool:
    """Whether an office acts in the place of a holder below it that may not act on its own member."""
    return bool(partial_towards(holder, command, grounds)) and stands_above(other, holder, grounds)


def copied(command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds) -> tuple[ConflictRecorded, ...]:
    """The conflicts that a command copies before its own facts: those towards respondents whom the case has already."""
    if isinstance(complaint, Nothing):
        return ()
    return tuple(_copies(command, complaint, grounds, frozenset(complaint.file.respondents)))


def followed(
    made: tuple[ComplaintFact, ...], command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds
) -> tuple[ComplaintFact, ...]:
    """Some facts, and after a respondent was named the conflicts towards them."""
    if not isinstance(command, NameRespondent):
        return made
    return (*made, *_copies(command, complaint, grounds, frozenset({handle_of(command.respondent)})))


def _copies(
    command: AnyComplaintCommand, complaint: Complaint, grounds: Grounds, towards: frozenset[Handle]
) -> Iterator[ConflictRecorded]:
    if isinstance(complaint, Nothing) or command.FACT in SILENT or command.act.source is not Source.OWN:
        return
    if complaint.STAGE not in ConflictRecorded.FROM:
        return
    told: dict[tuple[Handle, Handle], ConflictSource] = {}
    for each in _standing(command, grounds):
        if each.actor is None or each.respondent not in towards or not counts(each, complaint.file.owner, grounds):
            continue
        if each.source is ConflictSource.DECLARED or (each.actor, each.respondent) not in told:
            told[each.actor, each.respondent] = each.source
    for (actor, respondent), source in sorted(told.items()):
        if (actor, respondent) not in complaint.file.conflicts:
            yield ConflictRecorded(actor, respondent, source)


def counts(related: Related, office: StreamId, grounds: Grounds) -> bool:
    """Whether a relation to a member of staff counts for those who act for an office.

    What another institution establishes does not: it could empty a plenary that way.
    """
    return related.source is ConflictSource.DECLARED or may_speak_of(related.said_by, office, grounds)


def _standing(command: AnyComplaintCommand, grounds: Grounds) -> Iterator[Related]:
    return (each for each in grounds.relations if each.stands_on(day_of(command.act)))


def _named(command: AnyComplaintCommand) -> frozenset[Handle]:
    """The respondent whom a command names, if it names one."""
    named = getattr(command, "respondent", None)
    return frozenset() if named is None else frozenset({handle_of(named)})
