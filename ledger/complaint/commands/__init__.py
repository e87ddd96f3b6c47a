"""What may be asked of a complaint. A secret is plain until the registrar seals it; a person, until it has a handle."""

from ledger.complaint.commands.asked import Attendee, ComplainantTold, ComplaintCommand, WitnessTold
from ledger.complaint.commands.examination import (
    AddEvidence,
    AnnounceStatus,
    Ballot,
    CallHearing,
    CompleteStudy,
    HoldHearing,
    HoldPlenary,
    MissHearing,
    RecordConflict,
)
from ledger.complaint.commands.intake import (
    CompletionAsked,
    ContinueAsFinding,
    DelegationAsked,
    FileComplaint,
    FixFinding,
    MakeAllegation,
    NameRespondent,
    NotePreliminary,
    PreliminaryAsked,
    RecategoriseAllegation,
    ReceiveCompletion,
    RecordTracing,
    RefusalAsked,
    RefuseRegistration,
    RegisterComplaint,
    ReviewComplaint,
    WithdrawComplaint,
)
from ledger.complaint.commands.keeping import (
    CloseComplaint,
    CorrectClosedValue,
    CorrectValue,
    DiscloseValue,
    ErasePerson,
    ReopenComplaint,
)
from ledger.complaint.commands.law import (
    NOT_ASKED,
    STEP_COMMANDS,
    AdmitComplaint,
    DelegateComplaint,
    DropAllegation,
    ExtendExamination,
    JoinComplaint,
    RecallReferral,
    ReceiveDelegation,
    ReclassifyRespondent,
    RecommendSanction,
    SeparateComplaint,
    SetPhase,
    StepCommand,
    TakeOverComplaint,
)
from ledger.complaint.commands.tracks import (
    AcceptReferral,
    HandOverFile,
    OfferReferral,
    ReceiveReferral,
    RecordOutcome,
    RetainAllegation,
    ReturnReferral,
)

IntakeCommand = (
    FileComplaint
    | NotePreliminary
    | RecordTracing
    | FixFinding
    | ContinueAsFinding
    | NameRespondent
    | MakeAllegation
    | RecategoriseAllegation
    | ReviewComplaint
    | ReceiveCompletion
    | RefuseRegistration
    | RegisterComplaint
    | WithdrawComplaint
)
ExaminationCommand = (
    CallHearing
    | HoldHearing
    | MissHearing
    | CompleteStudy
    | HoldPlenary
    | AnnounceStatus
    | AddEvidence
    | RecordConflict
)
TrackCommand = (
    OfferReferral | HandOverFile | ReceiveReferral | AcceptReferral | ReturnReferral | RetainAllegation | RecordOutcome
)
KeepingCommand = CorrectValue | CorrectClosedValue | CloseComplaint | ReopenComplaint | ErasePerson | DiscloseValue
LawCommand = (
    ExtendExamination
    | JoinComplaint
    | AdmitComplaint
    | SeparateComplaint
    | DelegateComplaint
    | ReceiveDelegation
    | TakeOverComplaint
    | ReclassifyRespondent
    | RecallReferral
    | DropAllegation
    | SetPhase
    | RecommendSanction
)
AnyComplaintCommand = IntakeCommand | ExaminationCommand | TrackCommand | KeepingCommand | LawCommand | StepCommand
