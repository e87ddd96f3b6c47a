"""The law as data: what one regulation says that this ledger goes by. Its files stand in `rules/`, one per regulation.

Dates of effect are half open: `from_` is the first day on which something is the law, `until` the first on which it is
no more. `verified` says whether a figure was read in its source; what was not read carries a note, and everything that
shows the figure shows that mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledger.complaint.codes import Category, Kind, RespondentClass, Track
from ledger.complaint.track.codes import SanctionClass
from ledger.election.facts import Regime
from ledger.office.facts import OfficeKind
from ledger.rulebook.deadlines import Counting, FirstDay, LastDay, Unit
from ledger.values import Code, MemberPath, Name, Number, OutcomeCode, RuleId, TopicName


class Regimes(StrEnum):
    """Under which of the two election laws something holds."""

    PILKADA = "pilkada"
    PEMILU = "pemilu"
    BOTH = "both"

    def holds_in(self, regime: Regime) -> bool:
        """Whether it holds in an election of one regime."""
        return self is Regimes.BOTH or self.value == regime.value


class Start(StrEnum):
    """What a clock starts with: the date of an act, or its instant."""

    DATE = "date"
    INSTANT = "instant"


class CountedFrom(StrEnum):
    """Which day a clock counts from, where it is not the day of the act that started it."""

    KNOWN_ON = "known_on"
    FOUND_ON = "found_on"
    REGISTRATION = "registration"


class Circumstance(StrEnum):
    """What must be so, beside a fact's own members, for the fact to start, meet or end a clock."""

    NO_ALLEGATION_OPEN = "no_allegation_open"


class Doer(StrEnum):
    """Who must act before a clock runs out."""

    COMPLAINANT = "complainant"
    RESPONDENT = "respondent"
    OWNER = "owner"
    TASK_FORCE = "task_force"
    PERSONNEL_AUTHORITY = "personnel_authority"
    KPU = "kpu"
    KPU_TEAM = "kpu_team"
    EXECUTOR = "executor"
    INVESTIGATOR = "investigator"
    PROSECUTOR = "prosecutor"
    DISTRICT_COURT = "district_court"
    HIGH_COURT = "high_court"
    PARTIES = "parties"
    DATA_CONTROLLER = "data_controller"


class Reading(StrEnum):
    """As what the same act of an ASN is read, by whether the pairs were fixed when it happened."""

    ETHICS = "ethics"
    DISCIPLINE = "discipline"


class OutcomeCategory(StrEnum):
    """What an outcome means, whichever body says it."""

    AGAINST = "against"
    CLEARED = "cleared"
    NOT_PROCESSED = "not_processed"
    REMEDIED = "remedied"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A fact that starts, meets or ends a clock: its topic, and, where not every such fact does, which ones do.

    `member` is among `among`; the allegation is on `track`; the acting office is of the kind `office`; `when` is so.
    """

    topic: TopicName
    member: MemberPath | None = None
    among: frozenset[Code] = frozenset()
    track: Track | None = None
    office: OfficeKind | None = None
    when: Circumstance | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A time limit. Without `started_by` no fact of this ledger starts it."""

    id: RuleId
    title_id: Name
    title_en: Name
    article: Name
    regime: Regimes
    start: Start
    limit: Number
    unit: Unit
    doer: Doer
    effect_id: Name
    effect_en: Name
    from_: date
    verified: bool
    started_by: tuple[Trigger, ...] = ()
    met_by: tuple[Trigger, ...] = ()
    ended_by: tuple[Trigger, ...] = ()
    counted_from: CountedFrom | None = None
    first_day: FirstDay | None = None
    last_day: LastDay | None = None
    replaces: RuleId | None = None
    until: date | None = None
    note_id: Name | None = None
    note_en: Name | None = None

    @property
    def counting(self) -> Counting:
        """How the limit is counted."""
        return Counting(self.limit, self.unit, self.first_day or FirstDay.NEXT, self.last_day or LastDay.KEEP)

    def holds_on(self, day: date) -> bool:
        """Whether it is the law on a day."""
        return self.from_ <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Sanction:
    """What may be imposed, by which class and article; since the regulation, unless it says since when."""

    code: Code
    class_: SanctionClass
    track: Track
    title_id: Name
    title_en: Name
    article: Name
    verified: bool
    months: Number | None = None
    percent: Number | None = None
    from_: date | None = None
    until: date | None = None
    note_id: Name | None = None
    note_en: Name | None = None


@dataclass(frozen=True, slots=True)
class ViolationKind:
    """A kind of act in the joint decree's annex: how it is read before the pairs are fixed, and how after.

    An absent reading means that the annex names no such act in that phase. `crime` names the article under which the
    act may be a crime as well.
    """

    code: Kind
    title_id: Name
    title_en: Name
    article: Name
    verified: bool
    before: Reading | None = None
    before_classes: frozenset[SanctionClass] = frozenset()
    after: Reading | None = None
    after_classes: frozenset[SanctionClass] = frozenset()
    crime: Name | None = None
    note_id: Name | None = None
    note_en: Name | None = None


@dataclass(frozen=True, slots=True)
class StudyCategory:
    """A statutory category in which a plenary reads an allegation."""

    code: Category
    title_id: Name
    title_en: Name
    article: Name
    verified: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the office of a track may say, and what that means."""

    code: OutcomeCode
    track: Track
    category: OutcomeCategory
    title_id: Name
    title_en: Name
    article: Name
    verified: bool


@dataclass(frozen=True, slots=True)
class Competence:
    """Which bodies take which classes of respondents on a track; since the regulation, unless it says since when."""

    track: Track
    regime: Regimes
    classes: frozenset[RespondentClass]
    bodies: frozenset[OfficeKind]
    title_id: Name
    title_en: Name
    article: Name
    verified: bool
    supervisors: frozenset[OfficeKind] = frozenset()
    from_: date | None = None
    until: date | None = None
    note_id: Name | None = None
    note_en: Name | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """A kind of body that may not act from a day on, and the kind that is competent from then."""

    body: OfficeKind
    successor: OfficeKind
    on: date
    track: Track
    article: Name
    verified: bool
    note_id: Name | None = None
    note_en: Name | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form that a regulation prints."""

    code: Code
    label: Name
    title_id: Name
    title_en: Name
    verified: bool


@dataclass(frozen=True, slots=True)
class Regulation:
    """One regulation, as far as this ledger goes by it; `verified` speaks of its dates of effect."""

    code: Code
    name: Name
    title_id: Name
    title_en: Name
    from_: date
    verified: bool
    note_id: Name | None = None
    note_en: Name | None = None
    rules: tuple[Rule, ...] = ()
    sanctions: tuple[Sanction, ...] = ()
    kinds: tuple[ViolationKind, ...] = ()
    categories: tuple[StudyCategory, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    competences: tuple[Competence, ...] = ()
    successions: tuple[Succession, ...] = ()
    forms: tuple[Form, ...] = ()
