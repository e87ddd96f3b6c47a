"""Where one allegation stands, and what became of each offer of it to another office. Everything here only grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.complaint.codes import Category, DropReason, Irregular, Kind, OutcomeLevel, Phase, ReturnReason, Track
from ledger.values import Handle, OutcomeCode, StreamId


@dataclass(frozen=True, slots=True)
class Alleged:
    """Not yet decided, or taken up again."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """Decided: not a violation."""


@dataclass(frozen=True, slots=True)
class Established:
    """Decided: a violation; `returned` is the referral that came back, if one did. The owner holds it."""

    returned: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """Sent to another office that has not taken it yet; the sender still holds it."""

    referral: int


@dataclass(frozen=True, slots=True)
class OnTrack:
    """An office has taken it, or its owner kept it (no referral), and must act."""

    referral: int | None
    track: Track
    holder: StreamId


@dataclass(frozen=True, slots=True)
class Settled:
    """The office of the track has said its word; more words may follow, and none replaces another."""

    referral: int | None
    track: Track
    holder: StreamId


@dataclass(frozen=True, slots=True)
class Dropped:
    """Ended without decision or outcome."""

    reason: DropReason


Standing = Alleged | Cleared | Established | Offered | OnTrack | Settled | Dropped
Final = Cleared | Settled | Dropped
"""Where nothing more needs to happen."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an office said of an allegation on its track."""

    code: OutcomeCode
    level: OutcomeLevel
    office: StreamId
    on: date
    referral: int | None


@dataclass(frozen=True, slots=True)
class Allegation:
    """One accusation of one respondent in one category, where it stands, and since which day."""

    number: int
    respondent: Handle
    category: Category
    kinds: frozenset[Kind]
    standing: Standing
    since: date
    outcomes: tuple[Outcome, ...] = ()
    phase: Phase | None = None
    steps: tuple[str, ...] = ()
    """The topics of the steps taken on the present track, in their order."""


@dataclass(frozen=True, slots=True)
class Referral:
    """One offer of one allegation to another office, and what became of it."""

    number: int
    allegation: int
    sender: StreamId
    to: StreamId
    track: Track
    binding: bool
    study_attached: bool
    before: Standing
    """Where the allegation stood when it was offered: a recall leads back there."""
    irregular: frozenset[Irregular] = frozenset()
    received: bool = False
    accepted: bool = False
    returned: ReturnReason | None = None
    recalled: bool = False
    handover: StreamId | None = None
