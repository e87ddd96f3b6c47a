"""The rulebook as its facts tell it: everything that was ever adopted, by digest, and what of it is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from ledger.rulebook.days import YearOfDays, calendar_of
from ledger.rulebook.deadlines import Calendar
from ledger.rulebook.facts import CalendarAdopted, RegulationAdopted, RulebookAdopted, RulebookFact
from ledger.rulebook.law import Regulation, Rule
from ledger.values import Act, Digest, RuleId


@dataclass(frozen=True, slots=True)
class Placed:
    """A rule with the regulation that it stands in, and the digest of that."""

    rule: Rule
    regulation: Regulation
    digest: Digest

    @property
    def basis(self) -> str:
        """The legal basis as it is cited."""
        return f"{self.regulation.name}, {self.rule.article}"


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All editions by digest; `digest` is that of the list in force, absent before the first list."""

    regulations: Mapping[Digest, Regulation] = field(default_factory=dict)
    calendars: Mapping[Digest, YearOfDays] = field(default_factory=dict)
    lists: Mapping[Digest, frozenset[Digest]] = field(default_factory=dict)
    """Every list that was ever in force, by its digest."""
    in_force: frozenset[Digest] = frozenset()
    digest: Digest | None = None

    def as_listed(self, digest: Digest) -> Rulebook:
        """The rulebook as it was while the list with this digest was in force; KeyError for one that never was."""
        return replace(self, in_force=self.lists[digest], digest=digest)

    def placed(self) -> Iterator[Placed]:
        """Every rule of the regulations in force, ended ones too, by regulation and in the order of its file."""
        for digest in self._listed():
            for rule in self.regulations[digest].rules:
                yield Placed(rule, self.regulations[digest], digest)

    def editions(self, rule_id: RuleId) -> tuple[Placed, ...]:
        """A rule's editions in force, oldest first; none for an unknown id."""
        found = (
            Placed(rule, self.regulations[digest], digest)
            for digest in self._listed()
            for rule in self.regulations[digest].rules
            if rule.id == rule_id
        )
        return tuple(sorted(found, key=lambda each: each.rule.from_))

    def _listed(self) -> list[Digest]:
        """The regulations in force, by their codes."""
        held = sorted((self.regulations[each].code, each) for each in self.in_force if each in self.regulations)
        return [digest for _, digest in held]

    def rule(self, rule_id: RuleId, on: date) -> Placed | None:
        """The edition of a rule that is the law on a day."""
        return next((each for each in self.editions(rule_id) if each.rule.holds_on(on)), None)

    def years(self) -> tuple[YearOfDays, ...]:
        """The calendars in force, by year."""
        found = (self.calendars[each] for each in self.in_force if each in self.calendars)
        return tuple(sorted(found, key=lambda each: each.year))

    def calendar(self) -> Calendar:
        """The days off of all years in force."""
        return calendar_of(self.years())

    def calendar_digest(self, year: int) -> Digest | None:
        """The digest of the year's calendar in force, if there is one."""
        return next(
            (each for each in self.in_force if each in self.calendars and self.calendars[each].year == year), None
        )


def evolve(rulebook: Rulebook, fact: RulebookFact, act: Act) -> Rulebook:
    """The rulebook after one more fact."""
    del act
    match fact:
        case RegulationAdopted():
            return replace(rulebook, regulations={**rulebook.regulations, fact.digest: fact.regulation})
        case CalendarAdopted():
            return replace(rulebook, calendars={**rulebook.calendars, fact.digest: fact.calendar})
        case RulebookAdopted():
            lists = {**rulebook.lists, fact.digest: fact.digests}
            return replace(rulebook, lists=lists, in_force=fact.digests, digest=fact.digest)
        case _:
            assert_never(fact)
