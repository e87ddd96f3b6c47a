"""Before or after the pairs were fixed: what an election's recorded stages say of the days of an act.

The joint decree's annex II (SKB 2/2022) reads one and the same act as ethics towards those who want to be candidates
(bakal calon), and as discipline towards candidates (calon). Which it was follows from the day on which KPU fixed the
pairs of the region; where that day is not recorded yet, the schedule can say that it had not come.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.complaint.codes import Phase
from ledger.election.facts import ElectionStage
from ledger.election.state import KnownElection
from ledger.values import Region


@dataclass(frozen=True, slots=True)
class Judged:
    """The phase that the recorded stages give, if they decide it, and the day that they name.

    `fixed` says whether on that day the pairs were fixed; otherwise it is the first on which the schedule lets them be.
    """

    phase: Phase | None = None
    on: date | None = None
    fixed: bool = False


def judged(election: KnownElection, region: Region, began: date | None, ended: date | None) -> Judged:
    """The phase of an act that began and ended on some days in a region.

    Undecided where a day is not known, where the act reaches from one phase into the other, and on the very day of the
    fixing, because a day does not tell the hour. A schedule says what lay before it, and never that pairs were fixed.
    """
    fixed_on = election.pairs_fixed_on(region)
    stage = election.stages.get(ElectionStage.PAIR_FIXING)
    day = fixed_on or (None if stage is None else stage.from_)
    if day is None:
        return Judged()
    fixed = fixed_on is not None
    if began is None or ended is None:
        return Judged(None, day, fixed)
    if ended < day:
        return Judged(Phase.BEFORE_PAIRS, day, fixed)
    return Judged(Phase.AFTER_PAIRS if fixed and day < began else None, day, fixed)
