"""The codes of the tracks' steps: fixed lowercase words, added to and never renamed."""

from __future__ import annotations

from enum import StrEnum


class VerificationResult(StrEnum):
    """What the neutrality task force says of a report."""

    PASSED = "passed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class SanctionClass(StrEnum):
    """How heavy a sanction is, in the law's own classes; those of civil servants are the first five."""

    MORAL = "moral"
    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"
    CONTRACT = "contract"
    ETHICS = "ethics"
    ADMINISTRATIVE = "administrative"
    CRIMINAL = "criminal"


class SanctionKind(StrEnum):
    """The sanctions of civil servants: of PP 94/2021 and PP 53/2010, moral ones of PP 42/2004, the end of a contract.

    The rulebook's code of one is the kind and, where it lasts, `_` and its months: `allowance_cut_6`.
    """

    CLOSED_STATEMENT = "closed_statement"
    OPEN_STATEMENT = "open_statement"
    ORAL_REPRIMAND = "oral_reprimand"
    WRITTEN_REPRIMAND = "written_reprimand"
    WRITTEN_DISSATISFACTION = "written_dissatisfaction"
    ALLOWANCE_CUT = "allowance_cut"
    DEMOTION = "demotion"
    RELEASED_FROM_POST = "released_from_post"
    HONOURABLE_DISMISSAL = "honourable_dismissal"
    PAY_RISE_DELAY = "pay_rise_delay"
    PROMOTION_DELAY = "promotion_delay"
    RANK_DOWN = "rank_down"
    CONTRACT_TERMINATED = "contract_terminated"


class AppealResult(StrEnum):
    """What became of an objection or appeal."""

    UPHELD = "upheld"
    CHANGED = "changed"
    ANNULLED = "annulled"


class DkppStage(StrEnum):
    """What DKPP verifies: the papers, then the substance."""

    ADMINISTRATIVE = "administrative"
    MATERIAL = "material"


class DkppResult(StrEnum):
    """Requirements met (MS), not yet (BMS), not (TMS)."""

    MS = "ms"
    BMS = "bms"
    TMS = "tms"


class DiscussionResult(StrEnum):
    """Whether Sentra Gakkumdu goes on."""

    PROCEED = "proceed"
    STOP = "stop"


class Verdict(StrEnum):
    """What a court says."""

    GUILTY = "guilty"
    ACQUITTED = "acquitted"
