"""Examples of what happens to the rulebook: a regulation with one of everything, a year of days, the list in force.

Their digests are what the registrar would make, so that a reader can recompute them from the golden bytes.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from ledger.complaint.codes import Category, Kind, RespondentClass, Track
from ledger.complaint.track.codes import SanctionClass
from ledger.office.facts import OfficeKind
from ledger.rulebook.days import NamedDay, YearOfDays
from ledger.rulebook.deadlines import FirstDay, LastDay, Unit
from ledger.rulebook.facts import CalendarAdopted, RegulationAdopted, RulebookAdopted
from ledger.rulebook.law import (
    Circumstance,
    Competence,
    CountedFrom,
    Doer,
    Form,
    Outcome,
    OutcomeCategory,
    Reading,
    Regimes,
    Regulation,
    Rule,
    Sanction,
    Start,
    StudyCategory,
    Succession,
    Trigger,
    ViolationKind,
)
from ledger.values import Code, Digest, MemberPath, Name, Number, OutcomeCode, Role, RuleId, TopicName
from tests.unit.codec.golden.envelopes import LEDGER, RULEBOOK, example, on


def _trigger(topic: str, code: str) -> Trigger:
    return Trigger(
        topic=TopicName(topic),
        member=MemberPath("result"),
        among=frozenset({Code(code), Code("ms")}),
        track=Track.DKPP,
        office=OfficeKind.DKPP,
        when=Circumstance.NO_ALLEGATION_OPEN,
    )


_REGULATION: Final = Regulation(
    code=Code("contoh_1_2024"),
    name=Name("Peraturan Contoh 1/2024"),
    title_id=Name("Contoh setiap isi"),
    title_en=Name("An example of everything"),
    from_=date(2024, 1, 2),
    verified=False,
    note_id=Name("Catatan peraturan."),
    note_en=Name("A note on the regulation."),
    rules=(
        Rule(
            id=RuleId("pk.handle_ext"),
            title_id=Name("Penanganan"),
            title_en=Name("Handling"),
            article=Name("Pasal 134 ayat (6)"),
            regime=Regimes.PILKADA,
            start=Start.INSTANT,
            limit=Number(5),
            unit=Unit.WORKING_DAY,
            doer=Doer.OWNER,
            effect_id=Name("Terlambat."),
            effect_en=Name("Late."),
            from_=date(2024, 1, 3),
            verified=True,
            started_by=(_trigger("complaint.extended.v1", "bms"),),
            met_by=(_trigger("complaint.plenary_held.v1", "tms"),),
            ended_by=(_trigger("complaint.withdrawn.v1", "bms"),),
            counted_from=CountedFrom.REGISTRATION,
            first_day=FirstDay.COUNTED,
            last_day=LastDay.NEXT_WORKING_DAY,
            replaces=RuleId("pk.handle"),
            until=date(2024, 9, 30),
            note_id=Name("Catatan aturan."),
            note_en=Name("A note on the rule."),
        ),
    ),
    sanctions=(
        Sanction(
            code=Code("allowance_cut_6"),
            class_=SanctionClass.MEDIUM,
            track=Track.ASN,
            title_id=Name("Pemotongan tunjangan"),
            title_en=Name("Cut of the allowance"),
            article=Name("Pasal 8"),
            verified=True,
            months=Number(6),
            percent=Number(25),
            from_=date(2024, 2, 4),
            until=date(2024, 2, 5),
            note_id=Name("Catatan sanksi."),
            note_en=Name("A note on the sanction."),
        ),
    ),
    kinds=(
        ViolationKind(
            code=Kind.N06,
            title_id=Name("Ikut kampanye"),
            title_en=Name("Taking part in a campaign"),
            article=Name("Lampiran II"),
            verified=False,
            before=Reading.ETHICS,
            before_classes=frozenset({SanctionClass.MORAL}),
            after=Reading.DISCIPLINE,
            after_classes=frozenset({SanctionClass.MEDIUM, SanctionClass.HEAVY}),
            crime=Name("Pasal 188"),
            note_id=Name("Catatan jenis."),
            note_en=Name("A note on the kind."),
        ),
    ),
    categories=(
        StudyCategory(
            code=Category.OTHER_LAW,
            title_id=Name("Hukum lainnya"),
            title_en=Name("Other law"),
            article=Name("Pasal 135"),
            verified=False,
        ),
    ),
    outcomes=(
        Outcome(
            code=OutcomeCode("not_proven"),
            track=Track.ASN,
            category=OutcomeCategory.CLEARED,
            title_id=Name("Tidak terbukti"),
            title_en=Name("Not proven"),
            article=Name("Status"),
            verified=True,
        ),
    ),
    competences=(
        Competence(
            track=Track.CRIME,
            regime=Regimes.BOTH,
            classes=frozenset({RespondentClass.TNI, RespondentClass.POLRI}),
            bodies=frozenset({OfficeKind.GAKKUMDU}),
            title_id=Name("Sentra Gakkumdu"),
            title_en=Name("Integrated law enforcement"),
            article=Name("Pasal 188 huruf a"),
            verified=False,
            supervisors=frozenset({OfficeKind.HOME_MINISTRY, OfficeKind.BKN}),
            from_=date(2024, 11, 14),
            until=date(2029, 1, 1),
            note_id=Name("Catatan wewenang."),
            note_en=Name("A note on the competence."),
        ),
    ),
    successions=(
        Succession(
            body=OfficeKind.KASN,
            successor=OfficeKind.BKN,
            on=date(2024, 8, 24),
            track=Track.ASN,
            article=Name("SE 4/2024"),
            verified=True,
            note_id=Name("Catatan suksesi."),
            note_en=Name("A note on the succession."),
        ),
    ),
    forms=(
        Form(
            code=Code("a1_8_2020"),
            label=Name("Formulir Model A.1"),
            title_id=Name("Laporan"),
            title_en=Name("Report"),
            verified=True,
        ),
    ),
)

_YEAR: Final = YearOfDays(
    year=Number(2024),
    source=Name("SKB tiga menteri"),
    verified=False,
    national_holidays=(
        NamedDay(date(2024, 1, 1), Name("Tahun Baru")),
        NamedDay(date(2024, 6, 17), Name("Idul Adha")),
    ),
    collective_leave=(NamedDay(date(2024, 6, 18), Name("Cuti Bersama")),),
    polling_days=(NamedDay(date(2024, 11, 27), Name("Pemungutan Suara")),),
    note_id=Name("Catatan kalender."),
    note_en=Name("A note on the calendar."),
)

REGULATION_DIGEST: Final = Digest("0e259ec7be80e60a5d9f2d81655288e8c0954a4975d59a0d7f983ff573425de6")
YEAR_DIGEST: Final = Digest("d1ba4aaff4e3385ec7a8fc309101171bbb1fb22b70c895c04323231cad8cd1c2")
LIST_DIGEST: Final = Digest("9b4476c2a6bf1f2c3ef69ebbc47b464673c27412887453143da344ea091548b2")

LAW: Final = (
    example(
        RegulationAdopted(code=_REGULATION.code, regulation=_REGULATION, digest=REGULATION_DIGEST),
        on("2024-12-02", LEDGER),
        Role.REGISTRY,
        position=60,
        version=1,
        recorded="2024-12-02T01:00:00",
        stream=RULEBOOK,
        office=LEDGER,
        actor="a2",
    ),
    example(
        CalendarAdopted(year=_YEAR.year, calendar=_YEAR, digest=YEAR_DIGEST),
        on("2024-12-02", LEDGER),
        Role.REGISTRY,
        position=61,
        version=2,
        recorded="2024-12-02T01:00:00",
        stream=RULEBOOK,
        office=LEDGER,
        actor="a2",
    ),
    example(
        RulebookAdopted(digests=frozenset({REGULATION_DIGEST, YEAR_DIGEST}), digest=LIST_DIGEST),
        on("2024-12-02", LEDGER),
        Role.REGISTRY,
        position=62,
        version=3,
        recorded="2024-12-02T01:00:00",
        stream=RULEBOOK,
        office=LEDGER,
        actor="a2",
    ),
)
"""Positions 60 to 62."""
