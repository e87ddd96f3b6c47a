"""What became of a complaint's time limits: replaced, ended, met, met late, running or overdue, derived from its facts.

Nothing here was ever recorded: silence needs nobody to write it. The rule that a clock goes by is the edition that was
in force when it started, found by the digest in its fact; a later law touches no clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from ledger.complaint.facts import (
    AllegationDecided,
    ComplaintFact,
    ComplaintFiled,
    DeadlineStarted,
    FindingFixed,
    PlenaryHeld,
    PreliminaryInformationNoted,
)
from ledger.complaint.file import Entered, File, begun, grown
from ledger.complaint.triggers import allegations_of, meant, referral_of
from ledger.rulebook.law import Trigger
from ledger.rulebook.state import Placed, Rulebook
from ledger.values import Act, Zone, local_date


class ClockState(StrEnum):
    """How a time limit stands at an instant."""

    REPLACED = "replaced"
    ENDED = "ended"
    MET = "met"
    MET_LATE = "met_late"
    RUNNING = "running"
    OVERDUE = "overdue"


When = date | datetime
"""When an act was done: on a date, or at an instant."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact that replaced, ended or met a clock: its version, and when its act was done."""

    version: int
    when: When


@dataclass(frozen=True, slots=True)
class Limit:
    """When a limit is over, where the clocks of the acting office stand."""

    due_at: datetime
    zone: Zone

    def keeps(self, when: When) -> bool:
        """Whether an act came before the due instant; an act dated by day, before the due instant's local date."""
        if isinstance(when, datetime):
            return when < self.due_at
        return when < local_date(self.due_at, self.zone)

    def state(self, instant: datetime, *, replaced: When | None, ended: When | None, met: When | None) -> ClockState:
        """How a clock stands at an instant, by the acts done until then; an act dated by day counts from its day on."""

        def done(when: When | None) -> bool:
            if when is None or isinstance(when, datetime):
                return when is not None and when <= instant
            return when <= local_date(instant, self.zone)

        if done(replaced):
            return ClockState.REPLACED
        if ended is not None and done(ended) and self.keeps(ended):
            return ClockState.ENDED
        if met is not None and done(met):
            return ClockState.MET if self.keeps(met) else ClockState.MET_LATE
        return ClockState.RUNNING if instant < self.due_at else ClockState.OVERDUE


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit with the rule that it goes by, and the first fact that met or ended it."""

    started: DeadlineStarted
    version: int
    """Of the fact that says so; not of its starter."""
    on: date
    """The date of the act that started it."""
    since: int
    """From which version on facts count for it: its starter's, or that of the clock it replaces."""
    placed: Placed
    replaced: Happened | None = None
    ended: Happened | None = None
    met: Happened | None = None

    @property
    def limit(self) -> Limit:
        """When it is over."""
        return Limit(self.started.due_at, self.started.zone)

    @property
    def late(self) -> bool:
        """Whether it was met, and too late."""
        return self.met is not None and not self.limit.keeps(self.met.when)

    def at(self, instant: datetime) -> ClockState:
        """How it stands at an instant."""
        replaced, ended, met = map(_when_of, (self.replaced, self.ended, self.met))
        return self.limit.state(instant, replaced=replaced, ended=ended, met=met)


def _when_of(happened: Happened | None) -> When | None:
    return None if happened is None else happened.when


def clocks_of(file: File, rulebook: Rulebook) -> tuple[Clock, ...]:
    """Every clock that a complaint ever started, in the order of their numbers.

    KeyError when the rulebook never adopted the list that a clock names: it is then of another ledger.
    """
    after = list(_files(file))
    clocks: dict[int, Clock] = {}
    for version, entered in enumerate(file.entered, 1):
        fact = entered.fact
        if isinstance(fact, DeadlineStarted):
            clocks[fact.deadline] = _begun(fact, version, entered, clocks, rulebook)
            if fact.replaces is not None:
                clocks[fact.replaces] = replace(clocks[fact.replaces], replaced=Happened(version, _when(entered.act)))
            seen, looking = range(clocks[fact.deadline].since, version), [int(fact.deadline)]
        else:
            seen, looking = range(version, version + 1), list(clocks)
        for earlier in seen:
            for number in looking:
                clocks[number] = _moved(clocks[number], earlier, file, after)
    return tuple(clocks.values())


def moves_none(fact: ComplaintFact, file: File, rulebook: Rulebook) -> bool:
    """Whether a fact surely leaves every clock as it is: cheap to ask, where replaying them is not."""
    if isinstance(fact, DeadlineStarted | AllegationDecided):
        return False  # a decision completes its plenary, which may have met a clock
    listed = {(each.rule, each.rulebook_digest) for each in file.deadlines.values()}
    rules = (placed.rule for rule, digest in listed for placed in rulebook.as_listed(digest).editions(rule))
    return not any(trigger.topic == fact.TOPIC for rule in rules for trigger in (*rule.met_by, *rule.ended_by))


def _begun(
    fact: DeadlineStarted, version: int, entered: Entered, clocks: dict[int, Clock], rulebook: Rulebook
) -> Clock:
    earlier = None if fact.replaces is None else clocks[fact.replaces]
    if earlier is not None and earlier.started.rule == fact.rule:
        # A corrected date starts the same clock anew, by the edition that it went by.
        return Clock(fact, version, _day(entered.act), earlier.since, earlier.placed)
    since = fact.started_by if earlier is None else earlier.since
    placed = rulebook.as_listed(fact.rulebook_digest).rule(fact.rule, _day(entered.act))
    if placed is None:
        raise KeyError(f"{fact.rule} was not in force when deadline {fact.deadline} started")
    return Clock(fact, version, _day(entered.act), since, placed)


def _day(act: Act) -> date:
    if act.on is None:
        raise TypeError("a deadline whose act bears no date")
    return act.on


def _when(act: Act) -> When:
    return _day(act) if act.at is None else act.at


def _files(file: File) -> Iterator[File]:
    """The file after each of its facts."""
    held: File | None = None
    for entered in file.entered:
        if held is not None:
            held = grown(held, entered.fact, entered.act)
        elif isinstance(entered.fact, ComplaintFiled | PreliminaryInformationNoted | FindingFixed):
            held = begun(entered.fact, entered.act)
        else:
            raise TypeError(f"a complaint began with a {type(entered.fact).__name__}")
        yield held


def _moved(clock: Clock, version: int, file: File, after: list[File]) -> Clock:
    """The clock after a fact: the first that meets or ends it settles it."""
    fact, act = file.entered[version - 1].fact, file.entered[version - 1].act
    if clock.met is not None or clock.ended is not None or isinstance(fact, DeadlineStarted):
        return clock
    settled = after[_recorded_until(version, file) - 1]
    if not _concerns(clock.started, fact, settled):
        return clock

    def means(triggers: tuple[Trigger, ...]) -> bool:
        return meant(triggers, fact, settled)

    if means(clock.placed.rule.met_by):
        return replace(clock, met=Happened(version, _when(act)))
    if means(clock.placed.rule.ended_by):
        return replace(clock, ended=Happened(version, _when(act)))
    return clock


def _recorded_until(version: int, file: File) -> int:
    """The version of the last fact of a plenary: its decisions follow it in the same command."""
    held = file.entered[version - 1].fact
    if not isinstance(held, PlenaryHeld):
        return version
    last = version
    while last < file.version and _decides(file.entered[last].fact, held):
        last += 1
    return last


def _decides(fact: ComplaintFact, held: PlenaryHeld) -> bool:
    return isinstance(fact, AllegationDecided) and fact.plenary == held.plenary


def _concerns(started: DeadlineStarted, fact: ComplaintFact, file: File) -> bool:
    """A clock of one allegation or referral hears of no other; what is about the whole complaint is about it too."""
    if started.referral is not None and referral_of(fact) is not None:
        return started.referral == referral_of(fact)
    about = allegations_of(fact, file)
    return started.allegation is None or not about or started.allegation in about
