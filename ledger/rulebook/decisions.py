"""What the rulebook answers to what is asked of it: what contradicts itself is not adopted."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from ledger.command import recorder
from ledger.errors import Invalid
from ledger.grounds import Grounds
from ledger.office.competence import check_registry, check_role
from ledger.refusals import refused
from ledger.rulebook.coherence import Problem, wrong_together, wrong_with_regulation, wrong_with_year
from ledger.rulebook.commands import AdoptCalendar, AdoptRegulation, AdoptRulebook, RulebookCommand, rulebook_of
from ledger.rulebook.facts import CalendarAdopted, RegulationAdopted, RulebookAdopted, RulebookFact
from ledger.rulebook.state import Rulebook
from ledger.values import Digest, StreamId


def needs(command: RulebookCommand, rulebook: Rulebook) -> frozenset[StreamId]:
    """What is adopted depends on no other stream."""
    del command, rulebook
    return frozenset()


def decide(command: RulebookCommand, rulebook: Rulebook, *, at: datetime, grounds: Grounds) -> tuple[RulebookFact, ...]:
    """The facts that a command makes, or Refused; Invalid for content that contradicts itself."""
    check_role(recorder(command), command.FACT.BY)
    check_registry(command.act, recorder(command), at, grounds)
    if command.stream != rulebook_of(command.act.office):
        raise refused("rulebook.other", rulebook=rulebook_of(command.act.office))
    digest = _digest(command)
    match command:
        case AdoptRegulation():
            _check_new(digest, rulebook)
            _check_sound(wrong_with_regulation(command.regulation))
            return (RegulationAdopted(command.regulation.code, command.regulation, digest),)
        case AdoptCalendar():
            _check_new(digest, rulebook)
            _check_sound(wrong_with_year(command.calendar))
            return (CalendarAdopted(command.calendar.year, command.calendar, digest),)
        case AdoptRulebook():
            _check_list(command, rulebook)
            return (RulebookAdopted(command.digests, digest),)
        case _:
            assert_never(command)


def _digest(command: RulebookCommand) -> Digest:
    if command.digest is None:
        raise TypeError("a command without a digest reached decide: the registrar makes it first")
    return command.digest


def _check_new(digest: Digest, rulebook: Rulebook) -> None:
    if digest in rulebook.regulations or digest in rulebook.calendars:
        raise refused("rulebook.known", digest=digest)


def _check_sound(problem: Problem | None) -> None:
    if problem is not None:
        raise Invalid(f"{problem.source}: {problem.key}", problem.because)


def _check_list(command: AdoptRulebook, rulebook: Rulebook) -> None:
    if command.digests == rulebook.in_force:
        raise refused("rulebook.same")
    regulations, years = [], []
    for digest in sorted(command.digests):
        if digest in rulebook.regulations:
            regulations.append(rulebook.regulations[digest])
        elif digest in rulebook.calendars:
            years.append(rulebook.calendars[digest].year)
        else:
            raise refused("rulebook.unknown", digest=digest)
    for code in sorted(each.code for each in regulations):
        if sum(each.code == code for each in regulations) > 1:
            raise refused("rulebook.twice", named=code)
    for year in sorted(years):
        if years.count(year) > 1:
            raise refused("rulebook.twice", named=year)
    _check_sound(wrong_together(regulations))
