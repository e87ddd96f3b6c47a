"""What can happen to a complaint, from its first word to its end.

Each fact says its topic, whether it is open or closed for ever, by whom it is recorded and from which stages, and which
of its members may be corrected. `SealedRef` members are sealed values; `about` names the handle they concern, the case
otherwise.
"""

from ledger.complaint.facts.adhoc import (
    AdhocDecisionExecuted,
    TeamExamined,
    TeamFormed,
)
from ledger.complaint.facts.admin import (
    Adjudicated,
    AdministrativeDecisionExecuted,
    RecommendationActedOn,
)
from ledger.complaint.facts.asn import (
    AuthorityExamined,
    AuthorityReprimanded,
    DataBlocked,
    DataUnblocked,
    EnteredInIdis,
    SanctionAppealDecided,
    SanctionAppealed,
    SanctionDelivered,
    Sanctioned,
    SanctionObjected,
    SanctionRecommended,
    SatgasVerified,
)
from ledger.complaint.facts.clocks import DeadlineStarted
from ledger.complaint.facts.crime import (
    Discussed,
    FileResubmitted,
    FileReturned,
    FileSent,
    FileTransferred,
    InvestigationStarted,
    InvestigationStopped,
    Judged,
    JudgmentAppealed,
)
from ledger.complaint.facts.dkpp import (
    DkppCompleted,
    DkppDecisionExecuted,
    DkppDecisionRead,
    DkppHearingHeld,
    DkppRegistered,
    DkppVerified,
)
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
from ledger.complaint.facts.law import (
    AllegationDropped,
    ComplaintAdmitted,
    ComplaintDelegated,
    ComplaintJoined,
    ComplaintSeparated,
    ComplaintTakenOver,
    DelegationReceived,
    ExaminationExtended,
    PhaseSet,
    ReferralRecalled,
    RespondentReclassified,
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

TrackStep = (
    SatgasVerified
    | SanctionRecommended
    | AuthorityExamined
    | Sanctioned
    | SanctionDelivered
    | AuthorityReprimanded
    | DataBlocked
    | DataUnblocked
    | SanctionObjected
    | SanctionAppealed
    | SanctionAppealDecided
    | EnteredInIdis
    | DkppVerified
    | DkppCompleted
    | DkppRegistered
    | DkppHearingHeld
    | DkppDecisionRead
    | DkppDecisionExecuted
    | TeamFormed
    | TeamExamined
    | AdhocDecisionExecuted
    | Adjudicated
    | RecommendationActedOn
    | AdministrativeDecisionExecuted
    | Discussed
    | InvestigationStarted
    | InvestigationStopped
    | FileSent
    | FileReturned
    | FileResubmitted
    | FileTransferred
    | Judged
    | JudgmentAppealed
)
TRACK_STEPS = (
    SatgasVerified,
    SanctionRecommended,
    AuthorityExamined,
    Sanctioned,
    SanctionDelivered,
    AuthorityReprimanded,
    DataBlocked,
    DataUnblocked,
    SanctionObjected,
    SanctionAppealed,
    SanctionAppealDecided,
    EnteredInIdis,
    DkppVerified,
    DkppCompleted,
    DkppRegistered,
    DkppHearingHeld,
    DkppDecisionRead,
    DkppDecisionExecuted,
    TeamFormed,
    TeamExamined,
    AdhocDecisionExecuted,
    Adjudicated,
    RecommendationActedOn,
    AdministrativeDecisionExecuted,
    Discussed,
    InvestigationStarted,
    InvestigationStopped,
    FileSent,
    FileReturned,
    FileResubmitted,
    FileTransferred,
    Judged,
    JudgmentAppealed,
)
"""The steps of the tracks, each of one allegation."""

LawFact = (
    ExaminationExtended
    | ComplaintJoined
    | ComplaintAdmitted
    | ComplaintSeparated
    | ComplaintDelegated
    | DelegationReceived
    | ComplaintTakenOver
    | RespondentReclassified
    | ReferralRecalled
    | AllegationDropped
    | PhaseSet
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
    | DeadlineStarted
    | TrackStep
    | LawFact
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
    DeadlineStarted,
    ExaminationExtended,
    ComplaintJoined,
    ComplaintAdmitted,
    ComplaintSeparated,
    ComplaintDelegated,
    DelegationReceived,
    ComplaintTakenOver,
    RespondentReclassified,
    ReferralRecalled,
    AllegationDropped,
    PhaseSet,
    *TRACK_STEPS,
)
FACTS_AT_AN_INSTANT = frozenset({ComplaintFiled, HearingHeld, HearingMissed, PlenaryHeld, ReferralReceived})
"""The facts whose act carries `at`; all others carry `on`."""
