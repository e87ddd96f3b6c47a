"""What is wrong with a regulation, a year of days, or several regulations together, if anything. Raises nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.rulebook.days import NamedDay, YearOfDays
from ledger.rulebook.deadlines import Unit
from ledger.rulebook.law import Regulation, Rule, Start
from ledger.speech import Said


@dataclass(frozen=True, slots=True)
class Problem:
    """Where something is wrong, and why: the source is a regulation's code or a year, the key a path in it."""

    source: str
    key: str
    because: Said


@dataclass(frozen=True, slots=True)
class Dated:
    """Something of a regulation that must be the law only once on any day."""

    name: str
    source: str
    key: str
    from_: date
    until: date | None


def wrong_with_regulation(regulation: Regulation) -> Problem | None:
    """The first thing that is wrong inside one regulation."""
    return next(_inside(regulation), None)


def wrong_with_year(year: YearOfDays) -> Problem | None:
    """The first thing that is wrong inside one year of days."""
    return next(_inside_year(year), None)


def wrong_together(regulations: Iterable[Regulation]) -> Problem | None:
    """The first thing that two regulations say at the same time, or that one says of a rule which none has."""
    known = tuple(regulations)
    return next(_together(known), None)


def _inside(regulation: Regulation) -> Iterator[Problem]:
    source = regulation.code
    for key, held in (("", regulation), *_parts(regulation)):
        inner = f"{key}." if key else ""
        until, from_ = getattr(held, "until", None), getattr(held, "from_", None)
        if until is not None and until <= (from_ or regulation.from_):
            yield Problem(
                source,
                f"{inner}until",
                Said(f"{until} is not after the first day of effect", f"{until} tidak sesudah hari mulai berlaku"),
            )
        if not getattr(held, "verified", True) and hasattr(held, "note_en") and not (held.note_id and held.note_en):
            yield Problem(
                source,
                f"{inner}note_en" if held.note_id else f"{inner}note_id",
                Said("is required where verified = false", "wajib ada bila verified = false"),
            )
    for index, rule in enumerate(regulation.rules):
        yield from _inside_rule(source, f"rules[{index}]", rule)


def _parts(regulation: Regulation) -> Iterator[tuple[str, Any]]:
    for name in ("rules", "sanctions", "kinds", "competences", "successions"):
        for index, held in enumerate(getattr(regulation, name)):
            yield f"{name}[{index}]", held


def _inside_rule(source: str, key: str, rule: Rule) -> Iterator[Problem]:
    if rule.unit is Unit.HOUR and rule.start is not Start.INSTANT:
        yield Problem(
            source, f"{key}.start", Said("hours are counted from an instant", "jam dihitung dari suatu saat (instant)")
        )
    if rule.unit is Unit.HOUR and (rule.first_day or rule.last_day):
        yield Problem(source, f"{key}.unit", Said("hours have no first or last day", "jam tidak berhari"))
    if bool(rule.started_by) is not bool(rule.met_by):
        yield Problem(
            source,
            f"{key}.met_by" if rule.started_by else f"{key}.started_by",
            Said("what starts a clock and what meets it are said together", "pemulai dan pemenuh disebut bersama"),
        )
    for name in ("started_by", "met_by", "ended_by"):
        for index, trigger in enumerate(getattr(rule, name)):
            if (trigger.member is None) is not (not trigger.among):
                yield Problem(
                    source,
                    f"{key}.{name}[{index}].member",
                    Said("member and among are said together", "member dan among disebut bersama"),
                )


def _inside_year(year: YearOfDays) -> Iterator[Problem]:
    source = str(year.year)
    if not year.verified and not (year.note_id and year.note_en):
        yield Problem(source, "note_en", Said("is required where verified = false", "wajib ada bila verified = false"))
    for name in ("national_holidays", "collective_leave", "polling_days"):
        days: tuple[NamedDay, ...] = getattr(year, name)
        for index, day in enumerate(days):
            if day.on.year != year.year:
                yield Problem(
                    source,
                    f"{name}[{index}].on",
                    Said(f"{day.on} does not lie in {year.year}", f"{day.on} tidak berada dalam {year.year}"),
                )
            if index and day.on <= days[index - 1].on:
                before = days[index - 1].on
                yield Problem(
                    source,
                    f"{name}[{index}].on",
                    Said(f"{day.on} does not follow {before}", f"{day.on} tidak sesudah {before}"),
                )


def _together(regulations: tuple[Regulation, ...]) -> Iterator[Problem]:
    ids = {rule.id for regulation in regulations for rule in regulation.rules}
    for regulation in regulations:
        for index, rule in enumerate(regulation.rules):
            if rule.replaces is not None and rule.replaces not in ids:
                yield Problem(
                    regulation.code,
                    f"rules[{index}].replaces",
                    Said(f"there is no rule {rule.replaces}", f"tidak ada aturan {rule.replaces}"),
                )
    dated = sorted(
        (each for regulation in regulations for each in _dated(regulation)), key=lambda each: (each.name, each.from_)
    )
    for index in range(1, len(dated)):
        one, other = dated[index - 1], dated[index]
        if one.name == other.name and (one.until is None or other.from_ < one.until):
            until = one.until or "…"
            yield Problem(
                other.source,
                f"{other.key}.from",
                Said(
                    f"{other.name} from {other.from_} on overlaps with {one.source}, where it is the law from "
                    f"{one.from_} until {until}",
                    f"{other.name} sejak {other.from_} bertumpang tindih dengan {one.source}, yang berlaku sejak "
                    f"{one.from_} sampai {until}",
                ),
            )


def _dated(regulation: Regulation) -> Iterator[Dated]:
    def dated(name: str, key: str, held: Any) -> Dated:
        return Dated(
            name, regulation.code, key, getattr(held, "from_", None) or regulation.from_, getattr(held, "until", None)
        )

    for index, rule in enumerate(regulation.rules):
        yield dated(rule.id, f"rules[{index}]", rule)
    for index, sanction in enumerate(regulation.sanctions):
        yield dated(f"sanction {sanction.code}", f"sanctions[{index}]", sanction)
    for index, kind in enumerate(regulation.kinds):
        yield dated(f"kind {kind.code}", f"kinds[{index}]", kind)
    for index, outcome in enumerate(regulation.outcomes):
        yield dated(f"outcome {outcome.track} {outcome.code}", f"outcomes[{index}]", outcome)
    for index, form in enumerate(regulation.forms):
        yield dated(f"form {form.code}", f"forms[{index}]", form)
