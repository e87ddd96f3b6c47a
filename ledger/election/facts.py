"""What can happen to an election. Its regime (Pilkada or Pemilu) stands here and is sent nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from ledger.parties import Party
from ledger.values import Name, Region


class Regime(StrEnum):
    """Which law governs: regional-head elections (UU 10/2016) or general elections (UU 7/2017)."""

    PILKADA = "pilkada"
    PEMILU = "pemilu"


class ElectionKind(StrEnum):
    """Who is elected."""

    GOVERNOR = "governor"
    REGENT = "regent"
    MAYOR = "mayor"
    PRESIDENT = "president"
    LEGISLATURE = "legislature"


class ElectionStage(StrEnum):
    """The stages (tahapan) of an election's schedule, in the order in which they begin (PKPU 2/2024)."""

    PLANNING = "planning"
    MONITOR_REGISTRATION = "monitor_registration"
    ADHOC_FORMING = "adhoc_forming"
    VOTER_DATA = "voter_data"
    INDEPENDENT_SUPPORT = "independent_support"
    VOTER_LIST = "voter_list"
    CANDIDACY_ANNOUNCEMENT = "candidacy_announcement"
    CANDIDACY_REGISTRATION = "candidacy_registration"
    CANDIDACY_RESEARCH = "candidacy_research"
    PAIR_FIXING = "pair_fixing"
    NUMBER_DRAW = "number_draw"
    CAMPAIGN = "campaign"
    QUIET_PERIOD = "quiet_period"
    VOTING = "voting"
    RECAPITULATION = "recapitulation"
    RESULT_DISPUTE = "result_dispute"
    REVOTE = "revote"


class RevoteOrderer(StrEnum):
    """Who may order a revote (PSU): the Constitutional Court, or KPU for a polling station (UU 1/2015 art. 112)."""

    CONSTITUTIONAL_COURT = "constitutional_court"
    ELECTION_COMMISSION = "election_commission"


@dataclass(frozen=True, slots=True)
class ElectionAnnounced:
    """An election will be held in some regions on a polling day."""

    TOPIC: ClassVar = "election.announced.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.REGISTRY})

    regime: Regime
    kind: ElectionKind
    polling_on: date
    regions: frozenset[Region] = frozenset()


@dataclass(frozen=True, slots=True)
class StageRecorded:
    """A stage of the schedule runs from a day until a day, both of them included; recorded anew, it was moved."""

    TOPIC: ClassVar = "election.stage_recorded.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.REGISTRY})

    stage: ElectionStage
    from_: date
    until: date


@dataclass(frozen=True, slots=True)
class PairFixed:
    """The pairs of candidates of a region were fixed on a day (UU 10/2016 art. 51, 52); no pair is named.

    Recorded anew, the day was wrong.
    """

    TOPIC: ClassVar = "election.pair_fixed.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.REGISTRY})

    region: Region
    on: date


@dataclass(frozen=True, slots=True)
class RevoteOrdered:
    """A revote (PSU) was ordered in some regions, to be held before a deadline ends.

    `border` names the regions at whose border areas of it lie: what happens there touches the revote as well.
    """

    TOPIC: ClassVar = "election.revote_ordered.v1"
    OPEN: ClassVar = True
    BY: ClassVar = frozenset({Party.REGISTRY})

    regions: frozenset[Region]
    on: date
    ordered_by: RevoteOrderer
    basis: Name
    deadline: date | None = None
    border: frozenset[Region] = frozenset()


ElectionFact = ElectionAnnounced | StageRecorded | PairFixed | RevoteOrdered
ELECTION_FACTS = (ElectionAnnounced, StageRecorded, PairFixed, RevoteOrdered)
