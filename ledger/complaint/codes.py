"""The codes of a complaint: fixed lowercase words, added to and never renamed."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class RespondentClass(StrEnum):
    """What kind of official a respondent is; coarse on purpose, because it is public."""

    ASN = "asn"
    NON_ASN = "non_asn"
    KPU_MEMBER = "kpu_member"
    KPU_ADHOC = "kpu_adhoc"
    BAWASLU_MEMBER = "bawaslu_member"
    BAWASLU_ADHOC = "bawaslu_adhoc"
    ORGANISER_SECRETARIAT = "organiser_secretariat"
    VILLAGE_HEAD = "village_head"
    TNI = "tni"
    POLRI = "polri"
    REGIONAL_HEAD = "regional_head"
    STATE_COMPANY = "state_company"
    UNKNOWN = "unknown"


class Channel(StrEnum):
    """How a report arrived."""

    IN_PERSON = "in_person"
    POST = "post"
    ONLINE = "online"
    MEDIA = "media"
    OTHER = "other"


class Category(StrEnum):
    """What kind of violation is alleged; statutory."""

    UNDETERMINED = "undetermined"
    ADMINISTRATIVE = "administrative"
    ETHICS = "ethics"
    CRIME = "crime"
    OTHER_LAW = "other_law"


CATEGORIES: Final = ", ".join(each for each in Category if each is not Category.UNDETERMINED)
"""The statutory categories, as a refusal lists them."""


class Kind(StrEnum):
    """The kinds of act in the joint decree's annex (SKB 2/2022), numbered by us."""

    N01 = "n01"
    N02 = "n02"
    N03 = "n03"
    N04 = "n04"
    N05 = "n05"
    N06 = "n06"
    N07 = "n07"
    N08 = "n08"
    N09 = "n09"
    N10 = "n10"
    N11 = "n11"
    N12 = "n12"
    N13 = "n13"


class ReviewResult(StrEnum):
    """What the initial review (kajian awal) concludes."""

    REGISTER = "register"
    COMPLETE = "complete"
    REFUSE = "refuse"
    PRELIMINARY = "preliminary"
    OTHER_OFFICE = "other_office"


class Requirement(StrEnum):
    """A formal or material requirement of a report."""

    COMPLAINANT_NAME = "complainant_name"
    COMPLAINANT_ADDRESS = "complainant_address"
    RESPONDENT = "respondent"
    SIGNATURE = "signature"
    TIME = "time"
    PLACE = "place"
    DESCRIPTION = "description"
    EVIDENCE = "evidence"


class RefusalReason(StrEnum):
    """Why a report is not registered."""

    LATE = "late"
    FORMAL = "formal"
    MATERIAL = "material"
    NOT_ELECTION = "not_election"
    HANDLED_ELSEWHERE = "handled_elsewhere"
    UNSUPPORTED = "unsupported"
    STOPPED = "stopped"


class RegistrationKind(StrEnum):
    """A report (laporan) or a finding (temuan)."""

    REPORT = "report"
    FINDING = "finding"


class Whom(StrEnum):
    """Whom a hearing (klarifikasi) hears."""

    RESPONDENT = "respondent"
    COMPLAINANT = "complainant"
    WITNESS = "witness"
    EXPERT = "expert"


class Decision(StrEnum):
    """What a plenary says of one allegation."""

    VIOLATION = "violation"
    NOT_VIOLATION = "not_violation"


class Announcement(StrEnum):
    """What a status notice tells."""

    RECEIVED = "received"
    NOT_REGISTERED = "not_registered"
    REGISTERED = "registered"
    DECIDED = "decided"
    REFERRED = "referred"
    OUTCOME = "outcome"


class Track(StrEnum):
    """The procedure under which another office takes an allegation further."""

    ASN = "asn"
    DKPP = "dkpp"
    KPU_ADHOC = "kpu_adhoc"
    BAWASLU_ADHOC = "bawaslu_adhoc"
    KPU_ADMIN = "kpu_admin"
    CRIME = "crime"
    OTHER = "other"


class ShownBy(StrEnum):
    """What shows that a referral arrived."""

    RECEIVER = "receiver"
    DELIVERY_PROOF = "delivery_proof"


class ReturnReason(StrEnum):
    """Why a referral was sent back."""

    NO_STUDY = "no_study"
    INCOMPLETE = "incomplete"
    WRONG_BODY = "wrong_body"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Irregularity(StrEnum):
    """What was done wrongly and is recorded all the same."""

    REPORT_LATE = "report_late"
    FINDING_LATE = "finding_late"
    NO_STUDY = "no_study"
    NO_HEARING = "no_hearing"
    NO_STATUS_NOTICE = "no_status_notice"


class Stage(StrEnum):
    """Where a complaint stands as a whole; `nothing` before its first fact."""

    NOTHING = "nothing"
    RECEIVED = "received"
    AWAITING_COMPLETION = "awaiting_completion"
    TRACING = "tracing"
    FOUND = "found"
    REVIEWED = "reviewed"
    REGISTERED = "registered"
    DECIDED = "decided"
    NOT_REGISTERED = "not_registered"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    JOINED = "joined"


class PreliminaryOrigin(StrEnum):
    """Where preliminary information (informasi awal) came from."""

    TIP = "tip"
    MEDIA = "media"
    REPORT = "report"


class FindingOrigin(StrEnum):
    """What a finding (temuan) was fixed from."""

    SUPERVISION = "supervision"
    TRACING = "tracing"
    WITHDRAWN = "withdrawn"


class TracingResult(StrEnum):
    """What tracing (penelusuran) says so far of preliminary information."""

    ONGOING = "ongoing"
    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"


class OutcomeLevel(StrEnum):
    """Whether an outcome is a track's first word, that of an appeal, or final."""

    FIRST = "first"
    APPEAL = "appeal"
    FINAL = "final"


class ConflictSource(StrEnum):
    """Who says that an actor has a conflict of interest: the actor, or the office above."""

    DECLARED = "declared"
    ESTABLISHED = "established"


class CorrectionReason(StrEnum):
    """Why a recorded value is corrected."""

    CLERICAL = "clerical"
    IDENTITY = "identity"
    DATE = "date"
    COURT = "court"


class ClosingReason(StrEnum):
    """Why a complaint is closed."""

    SETTLED = "settled"
    NOT_REGISTERED = "not_registered"
    WITHDRAWN = "withdrawn"


class ReopeningReason(StrEnum):
    """Why an ended complaint, or some of its allegations, are taken up again."""

    NEW_EVIDENCE = "new_evidence"
    APPEAL = "appeal"
    COURT = "court"
    ERROR = "error"


class DropReason(StrEnum):
    """Why an allegation ends without a decision or an outcome."""

    DIED = "died"
    MOOT = "moot"


class Phase(StrEnum):
    """Towards whom an act was partial: before the pairs were fixed (bakal calon) or after (calon)."""

    BEFORE_PAIRS = "before_pairs"
    AFTER_PAIRS = "after_pairs"
