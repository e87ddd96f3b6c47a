"""What a client needs to know before it asks: offices, codes, and the schema of every topic."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from pydantic import BaseModel
from sqlalchemy import select

from api.reading import At, ToldOut
from api.words import word
from ledger.catalogue import CATALOGUE
from ledger.complaint import codes
from ledger.complaint.track import codes as track_codes
from ledger.election.facts import ElectionKind, ElectionStage, Regime, RevoteOrderer
from ledger.erasure import ErasureReason
from ledger.errors import Missing
from ledger.office.facts import Level, OfficeKind
from ledger.official.facts import RelationKind
from ledger.speech import Said
from ledger.values import Role, Source, Zone
from projections.views import Views

CODES: Final[dict[str, type[StrEnum]]] = {
    "class": codes.RespondentClass,
    "channel": codes.Channel,
    "category": codes.Category,
    "kind": codes.Kind,
    "review_result": codes.ReviewResult,
    "requirement": codes.Requirement,
    "refusal_reason": codes.RefusalReason,
    "registration_kind": codes.RegistrationKind,
    "whom": codes.Whom,
    "decision": codes.Decision,
    "announcement": codes.Announcement,
    "track": codes.Track,
    "shown_by": codes.ShownBy,
    "return_reason": codes.ReturnReason,
    "irregularity": codes.Irregularity,
    "stage": codes.Stage,
    "preliminary_origin": codes.PreliminaryOrigin,
    "finding_origin": codes.FindingOrigin,
    "tracing_result": codes.TracingResult,
    "outcome_level": codes.OutcomeLevel,
    "conflict_source": codes.ConflictSource,
    "relation_kind": RelationKind,
    "correction_reason": codes.CorrectionReason,
    "closing_reason": codes.ClosingReason,
    "reopening_reason": codes.ReopeningReason,
    "verification_result": track_codes.VerificationResult,
    "sanction_class": track_codes.SanctionClass,
    "sanction_kind": track_codes.SanctionKind,
    "appeal_result": track_codes.AppealResult,
    "dkpp_stage": track_codes.DkppStage,
    "dkpp_result": track_codes.DkppResult,
    "discussion_result": track_codes.DiscussionResult,
    "verdict": track_codes.Verdict,
    "track_mark": track_codes.TrackMark,
    "drop_reason": codes.DropReason,
    "phase": codes.Phase,
    "erasure_reason": ErasureReason,
    "role": Role,
    "source": Source,
    "zone": Zone,
    "office_kind": OfficeKind,
    "office_level": Level,
    "election_kind": ElectionKind,
    "election_stage": ElectionStage,
    "revote_orderer": RevoteOrderer,
    "regime": Regime,
}
"""Every set of codes, by the name under which it is listed."""


class OfficeOut(BaseModel):
    """One office of the register."""

    office: str
    version: int
    kind: str
    level: str
    zone: str
    name: str
    region: str | None
    seats: int | None
    parent: str | None
    established_on: str
    ended_on: str | None
    ended_by: str | None
    successor: str | None


class OfficesOut(BaseModel):
    """The register of offices, by name."""

    offices: list[OfficeOut]


class CodeOut(BaseModel):
    """One code and what it means, in both languages."""

    code: str
    told: ToldOut


class CodesOut(BaseModel):
    """Every set of codes by its name."""

    codes: dict[str, list[CodeOut]]


class TopicOut(BaseModel):
    """One topic of the catalogue."""

    topic: str
    open: bool
    rule: str
    by: list[str]
    stages: list[str]
    at_an_instant: bool
    correctable: list[str]


class TopicsOut(BaseModel):
    """The catalogue."""

    topics: list[TopicOut]


def offices(views: Views) -> At:
    """Every office, ended ones too."""
    with views.read("registers") as reading:
        table = reading.tables["offices"]
        rows = reading.connection.execute(select(table).order_by(table.c.name, table.c.office)).mappings()
        listed = [OfficeOut(**{str(name): held for name, held in row.items()}) for row in rows]
        return At(reading.next_position - 1, OfficesOut(offices=listed))


def code_sets() -> CodesOut:
    """Every code with its words."""
    return CodesOut(
        codes={
            name: [CodeOut(code=code, told=ToldOut(id=word(code).id, en=word(code).en)) for code in held]
            for name, held in CODES.items()
        }
    )


def topics() -> TopicsOut:
    """The catalogue as a list."""
    return TopicsOut(
        topics=[
            TopicOut(
                topic=row.topic,
                open=row.open,
                rule=row.rule,
                by=sorted(row.by),
                stages=sorted(row.stages),
                at_an_instant=row.at_an_instant,
                correctable=sorted(row.correctable),
            )
            for row in CATALOGUE.values()
        ]
    )


def schema(topic: str) -> dict[str, Any]:
    """The JSON Schema of a topic's body; Missing for a topic that the catalogue does not have."""
    if topic not in CATALOGUE:
        raise Missing(Said(f"the catalogue has no topic {topic}", f"katalog tidak memuat topik {topic}"))
    return CATALOGUE[topic].schema
