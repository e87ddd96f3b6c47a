"""What can happen to a complaint, from its first word to its end.

Each fact says its topic, whether it is open or closed for ever, by whom it is recorded and from which stages, and which
of its members may be corrected. `SealedRef` members are sealed values; `about` names the handle they concern, the case
otherwise.
"""

from ledger.complaint.facts.examination import (
    AllegationDecided,
    ConflictRecorded,
    EvidenceAdded,
    HearingCalled,
    HearingHeld,
    HearingMissed,
    PlenaryHeld,
    StatusAnnounced,
    StudyCompleted,
    Tally,
)
from ledger.complaint.facts.intake import (
    AllegationMade,
    AllegationRecategorised,
    ComplaintFiled,
    ComplaintRegistered,
    ComplaintWithdrawn,
    CompletionReceived,
    CompletionRequested,
    FindingFixed,
    InitialReviewConcluded,
    PreliminaryInformationNoted,
    RegistrationRefused,
    RespondentNamed,
    TracingRecorded,
)
from ledger.complaint.facts.keeping import (
    ClosedValueCorrected,
    ComplaintClosed,
    ComplaintPersonErased,
    ComplaintReopened,
    ValueCorrected,
    ValueDisclosed,
)
from ledger.complaint.facts.people import Complainant, Present, Witness
from ledger.complaint.facts.tracks import (
    AllegationRetained,
    OutcomeRecorded,
    ReferralAccepted,
    ReferralOffered,
    ReferralReceived,
    ReferralReturned,
)

ComplaintFact = (
    ComplaintFiled
    | PreliminaryInformationNoted
    | TracingRecorded
    | FindingFixed
    | RespondentNamed
    | AllegationMade
    | AllegationRecategorised
    | InitialReviewConcluded
    | CompletionRequested
    | CompletionReceived
    | RegistrationRefused
    | ComplaintRegistered
    | ComplaintWithdrawn
    | HearingCalled
    | HearingHeld
    | HearingMissed
    | StudyCompleted
    | PlenaryHeld
    | AllegationDecided
    | StatusAnnounced
    | EvidenceAdded
    | ConflictRecorded
    | ReferralOffered
    | ReferralReceived
    | ReferralAccepted
    | ReferralReturned
    | AllegationRetained
    | OutcomeRecorded
    | ValueCorrected
    | ClosedValueCorrected
    | ComplaintClosed
    | ComplaintReopened
    | ComplaintPersonErased
    | ValueDisclosed
)
COMPLAINT_FACTS = (
    ComplaintFiled,
    PreliminaryInformationNoted,
    TracingRecorded,
    FindingFixed,
    RespondentNamed,
    AllegationMade,
    AllegationRecategorised,
    InitialReviewConcluded,
    CompletionRequested,
    CompletionReceived,
    RegistrationRefused,
    ComplaintRegistered,
    ComplaintWithdrawn,
    HearingCalled,
    HearingHeld,
    HearingMissed,
    StudyCompleted,
    PlenaryHeld,
    AllegationDecided,
    StatusAnnounced,
    EvidenceAdded,
    ConflictRecorded,
    ReferralOffered,
    ReferralReceived,
    ReferralAccepted,
    ReferralReturned,
    AllegationRetained,
    OutcomeRecorded,
    ValueCorrected,
    ClosedValueCorrected,
    ComplaintClosed,
    ComplaintReopened,
    ComplaintPersonErased,
    ValueDisclosed,
)
FACTS_AT_AN_INSTANT = frozenset({ComplaintFiled, HearingHeld, HearingMissed, PlenaryHeld, ReferralReceived})
"""The facts whose act carries `at`; all others carry `on`."""
