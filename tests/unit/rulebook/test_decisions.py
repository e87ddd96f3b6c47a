"""What the rulebook takes in, and what it refuses: contents that contradict themselves, each other or the trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.codec import content_digest
from ledger.complaint.codes import RespondentClass, Track
from ledger.errors import Invalid, Refused
from ledger.grounds import Grounds
from ledger.office.facts import OfficeKind
from ledger.rulebook.commands import AdoptCalendar, AdoptRegulation, AdoptRulebook, RulebookCommand, rulebook_of
from ledger.rulebook.days import NamedDay, YearOfDays
from ledger.rulebook.deadlines import FirstDay, Unit
from ledger.rulebook.decisions import decide, needs
from ledger.rulebook.facts import CalendarAdopted, RegulationAdopted, RulebookAdopted, RulebookFact
from ledger.rulebook.law import Competence, Regimes, Regulation, Start
from ledger.rulebook.state import Rulebook, evolve
from ledger.values import Digest, MemberPath, Name, Number, Role, RuleId, StreamId
from tests.builders import BAWASLU, JAMBI, LEDGER, NOON, by, on, stream
from tests.unit.rulebook.laws import PLENARY, regulation, rule, year

RULEBOOK = rulebook_of(LEDGER)
ACT = on("2024-07-08", LEDGER)
CLERK = by(Role.REGISTRY, LEDGER)
OLD = regulation("perbawaslu_8_2020", rule("pk.completion", "2020-09-01", "2024-09-30"))
NEW = regulation("perbawaslu_9_2024", rule("pk.completion", "2024-09-30"))


def take(content: Regulation | YearOfDays, **changes: Any) -> RulebookCommand:
    """The command that adopts a content, as the registrar prepares it."""
    asked: dict[str, Any] = {"act": ACT, "stream": RULEBOOK, "by": CLERK, "digest": content_digest(content), **changes}
    if isinstance(content, Regulation):
        return AdoptRegulation(regulation=content, **asked)
    return AdoptCalendar(calendar=content, **asked)


def put(*contents: Regulation | YearOfDays) -> AdoptRulebook:
    """The command that puts contents into force."""
    digests = frozenset(content_digest(each) for each in contents)
    return AdoptRulebook(act=ACT, stream=RULEBOOK, by=CLERK, digests=digests, digest=content_digest(digests))


def answer(command: RulebookCommand, rulebook: Rulebook, grounds: Grounds = JAMBI) -> tuple[RulebookFact, ...]:
    return decide(command, rulebook, at=NOON, grounds=grounds)


def after(*commands: RulebookCommand) -> Rulebook:
    """The rulebook after what some commands made happen."""
    rulebook = Rulebook()
    for command in commands:
        for fact in answer(command, rulebook):
            rulebook = evolve(rulebook, fact, ACT)
    return rulebook


def taken(*contents: Regulation | YearOfDays) -> Rulebook:
    """The rulebook that took in contents and put none into force."""
    return after(*(take(each) for each in contents))


def test_a_regulation_is_adopted_whole_under_its_digest() -> None:
    """A replay needs no file of the repository."""
    assert answer(take(OLD), Rulebook()) == (RegulationAdopted(OLD.code, OLD, content_digest(OLD)),)


def test_a_calendar_is_adopted_whole_under_its_digest() -> None:
    """And so does it need no package."""
    assert answer(take(year()), Rulebook()) == (CalendarAdopted(Number(2024), year(), content_digest(year())),)


def test_what_is_in_force_is_named_by_digest() -> None:
    """Of what was taken in, the list picks."""
    command = put(OLD, year())
    assert command.digest is not None
    assert answer(command, taken(OLD, NEW, year())) == (RulebookAdopted(command.digests, command.digest),)


def test_nothing_is_in_force_before_the_list_names_it() -> None:
    """Regulations are taken in one by one; the list is one fact."""
    rulebook = taken(OLD, year())
    assert rulebook.rule(RuleId("pk.completion"), date(2024, 1, 1)) is None
    assert rulebook.years() == ()


def test_the_rule_of_a_day_is_that_days_edition() -> None:
    """Perbawaslu 9/2024 takes over on 30 September 2024, the first day on which the old one is the law no more."""
    rulebook = after(take(OLD), take(NEW), put(OLD, NEW))
    found = {day: rulebook.rule(RuleId("pk.completion"), date.fromisoformat(day)) for day in DAYS}
    assert {day: each and each.regulation.code for day, each in found.items()} == DAYS


DAYS = {
    "2020-08-31": None,
    "2024-09-29": "perbawaslu_8_2020",
    "2024-09-30": "perbawaslu_9_2024",
    "2031-01-01": "perbawaslu_9_2024",
}


def test_a_new_edition_takes_the_place_of_the_old_and_leaves_it_readable() -> None:
    """A deadline that started under the old edition still names it by digest."""
    changed = replace(OLD, rules=(rule("pk.completion", "2020-09-01", "2024-09-30", limit=Number(9)),))
    rulebook = after(take(OLD), put(OLD), take(changed), put(changed))
    found = rulebook.rule(RuleId("pk.completion"), date(2024, 1, 1))
    assert found is not None
    assert (found.rule.limit, found.digest) == (9, content_digest(changed))
    assert rulebook.regulations[content_digest(OLD)] == OLD


def test_the_calendar_in_force_is_that_of_the_list() -> None:
    """A holiday that was added later is there from the list that names it, and the old edition is still readable."""
    later = year(2024, "2024-06-17", "2024-06-18")
    before, since = after(take(year()), put(year())), after(take(year()), put(year()), take(later), put(later))
    assert before.calendar().day_off(date(2024, 6, 18)) is None
    assert since.calendar().day_off(date(2024, 6, 18)) == "national_holiday (Libur)"
    assert since.calendar_digest(2024) == content_digest(later)
    assert since.calendar_digest(2025) is None
    assert since.calendars[content_digest(year())] == year()


@pytest.mark.parametrize(
    ("command", "rulebook", "refusal"),
    [
        (take(OLD), taken(OLD), "rulebook.known"),
        (take(year()), taken(year()), "rulebook.known"),
        (put(OLD), taken(NEW), "rulebook.unknown"),
        (put(OLD), after(take(OLD), put(OLD)), "rulebook.same"),
        (
            put(OLD, replace(OLD, name=Name("Lain"))),
            taken(OLD, replace(OLD, name=Name("Lain"))),
            "rulebook.twice",
        ),
        (put(year(), year(2024, "2024-06-18")), taken(year(), year(2024, "2024-06-18")), "rulebook.twice"),
        (take(OLD, stream=stream("rulebook", "7")), Rulebook(), "rulebook.other"),
        (take(OLD, by=by(Role.EXAMINER, BAWASLU)), Rulebook(), "role"),
        (take(OLD, act=on("2024-07-08", BAWASLU), stream=rulebook_of(BAWASLU)), Rulebook(), "registry"),
    ],
    ids=["known", "known year", "unknown", "same", "twice", "year twice", "another", "by an examiner", "by an office"],
)
def test_the_rulebook_refuses(command: RulebookCommand, rulebook: Rulebook, refusal: str) -> None:
    """What is there already, what never was, two of one kind, another ledger's, and whoever is not its registry."""
    with pytest.raises(Refused) as refused:
        answer(command, rulebook)
    assert refused.value.rule == refusal


HOURS: dict[str, Any] = {"unit": Unit.HOUR, "start": Start.INSTANT}
UNREAD = Competence(
    track=Track.OTHER,
    regime=Regimes.BOTH,
    classes=frozenset({RespondentClass.UNKNOWN}),
    bodies=frozenset({OfficeKind.OTHER}),
    title_id=Name("a"),
    title_en=Name("a"),
    article=Name("a"),
    verified=False,
)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (regulation("a", rule(until="2016-07-01")), "a: rules[0].until"),
        (regulation("a", rule(verified=False)), "a: rules[0].note_id"),
        (regulation("a", rule(verified=False, note_id=Name("tidak pasti"))), "a: rules[0].note_en"),
        (regulation("a", verified=False), "a: note_id"),
        (regulation("a", competences=(UNREAD,)), "a: competences[0].note_id"),
        (regulation("a", rule(), rule("pk.report", unit=Unit.HOUR)), "a: rules[1].start"),
        (regulation("a", rule(first_day=FirstDay.COUNTED, **HOURS)), "a: rules[0].unit"),
        (regulation("a", rule(met_by=())), "a: rules[0].met_by"),
        (regulation("a", rule(started_by=())), "a: rules[0].started_by"),
        (
            regulation("a", rule(met_by=(PLENARY, replace(PLENARY, member=MemberPath("x"))))),
            "a: rules[0].met_by[1].member",
        ),
        (year(2024, "2025-06-17"), "2024: national_holidays[0].on"),
        (year(2024, "2024-06-17", "2024-06-17"), "2024: national_holidays[1].on"),
        (year(2024, polling_days=(NamedDay(date(2023, 11, 27), Name("a")),)), "2024: polling_days[0].on"),
        (year(2024, verified=False), "2024: note_en"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_content_that_contradicts_itself_is_not_adopted(content: Regulation | YearOfDays, key: str) -> None:
    """The key says where."""
    with pytest.raises(Invalid) as invalid:
        answer(take(content), Rulebook())
    assert invalid.value.member == key


@pytest.mark.parametrize(
    ("contents", "key"),
    [
        ((OLD, regulation("z", rule("pk.completion", "2024-09-29"))), "z: rules[0].from"),
        ((NEW, regulation("z", rule("pk.completion", "2025-01-01"))), "z: rules[0].from"),
        ((OLD, regulation("z", rule(), rule(from_="2020-01-01"))), "z: rules[1].from"),
        ((OLD, regulation("z", rule("pk.handle_ext", replaces=RuleId("pk.handel")))), "z: rules[0].replaces"),
    ],
    ids=["one day", "for ever", "in one file", "a rule that none has"],
)
def test_regulations_that_contradict_each_other_are_not_put_into_force(
    contents: tuple[Regulation, ...], key: str
) -> None:
    """On no day do two editions of one rule hold."""
    with pytest.raises(Invalid) as invalid:
        answer(put(*contents), taken(*contents))
    assert invalid.value.member == key


def test_a_command_without_a_digest_came_past_the_registrar() -> None:
    """No asker says what the digest of a content is."""
    with pytest.raises(TypeError, match="digest"):
        answer(take(OLD, digest=None), Rulebook())


def test_the_rulebook_needs_no_other_stream_and_has_a_name_of_its_own() -> None:
    """Its stream follows from the ledger's, so that every decision can find it."""
    assert needs(take(OLD), Rulebook()) == frozenset()
    assert rulebook_of(StreamId("ledger-" + "ab" * 16)) == "rulebook-" + "ab" * 16
    assert Digest("0" * 64) not in Rulebook().regulations
