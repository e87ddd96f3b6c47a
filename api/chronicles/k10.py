"""Chronicle K10: the village heads, 28 October 2024. 195 cases, 130 registered, 151 outcomes: no contradiction.

Reported [S20]: 195 = 59 findings + 136 reports; 130 registered, 55 not, 10 pending; 12 criminal, 97 other law, 42 not a
violation. One office stands for all; which registered cases began as reports, days and persons are synthetic. Hearings
and studies are not told: what is not known of those cases is not recorded, and they are marked so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from api.chronicles import people
from api.chronicles.places import Places
from api.chronicles.play import Chronicle, Desk, Many, Step
from ledger.command import Command
from ledger.complaint.codes import (
    Category,
    Channel,
    RefusalReason,
    RegistrationKind,
    Requirement,
    RespondentClass,
    ReviewResult,
)
from ledger.complaint.commands import (
    Ballot,
    ComplainantTold,
    FileComplaint,
    FixFinding,
    HoldPlenary,
    MakeAllegation,
    NameRespondent,
    RefusalAsked,
    RegisterComplaint,
    ReviewComplaint,
)
from ledger.values import Count, Handle, Number, Person, Plain, Region, Role, StreamId

LEBAK = Region("36.02")
TEAM = people.LEBAK
HAPPENED = date(2024, 10, 8)


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed of the village heads; every finding is taken as registered, so that some reports are."""

    findings: int = 59
    reports: int = 136
    refused: int = 55
    pending: int = 10
    criminal: int = 12
    other_law: int = 97
    cleared: int = 42

    @property
    def registered(self) -> int:
        """Cases that came to the register."""
        return self.findings + self.reports - self.refused - self.pending

    @property
    def decisions(self) -> list[Category | None]:
        """What was decided, one for each allegation; None for no violation."""
        decided: list[Category | None] = [Category.CRIME] * self.criminal
        return [*decided, *[Category.OTHER_LAW] * self.other_law, *[None] * self.cleared]


FEW = Printed(findings=2, reports=6, refused=2, pending=1, criminal=1, other_law=4, cleared=2)
"""A few of them, with more outcomes than registered cases all the same."""


def k10(places: Places, printed: Printed = FEW) -> Chronicle:
    """The chronicle of many cases; returns the first."""
    bawaslu, counted = Desk(places.bawaslu_lebak), range(1, printed.reports + 1)
    intake, examiner = bawaslu.actor(Role.INTAKE, TEAM.intake), bawaslu.actor(Role.EXAMINER, TEAM.examiner)
    secretary = bawaslu.actor(Role.PLENARY, TEAM.secretary)
    fixed = yield Step(
        "2024-10-10T03:00:00",
        Many(tuple(_finding(bawaslu, places) for _ in range(printed.findings))),
        secretary,
        f"{printed.findings} temuan tentang kepala desa",
        f"{printed.findings} findings on village heads",
    )
    filed = yield Step(
        "2024-10-11T03:00:00",
        Many(tuple(_report(bawaslu, places, number) for number in counted)),
        intake,
        f"{printed.reports} laporan tentang kepala desa",
        f"{printed.reports} reports on village heads",
    )
    findings, reports = ([each.stream for each in many.entries if each.version == 1] for many in (fixed, filed))
    refused, open_ = reports[: printed.refused], reports[printed.refused : len(reports) - printed.pending]
    yield Step(
        "2024-10-12T02:00:00",
        Many(tuple(_refusal(bawaslu, complaint) for complaint in refused)),
        examiner,
        f"{len(refused)} laporan tidak diregistrasi",
        f"{len(refused)} reports are not registered",
        match=True,
    )
    shares = _shares([*findings, *open_], printed.decisions)
    yield Step(
        "2024-10-12T03:00:00",
        Many(tuple(each for number, share in enumerate(shares, 1) for each in _accuse(bawaslu, number, *share))),
        examiner,
        f"{len(printed.decisions)} dugaan dirumuskan",
        f"{len(printed.decisions)} allegations are made",
    )
    yield Step(
        "2024-10-12T05:00:00",
        Many(tuple(_reviewed(bawaslu, complaint) for complaint in open_)),
        examiner,
        f"{len(open_)} laporan memenuhi syarat",
        f"{len(open_)} reports meet the requirements",
        match=True,
    )
    yield Step(
        "2024-10-12T06:00:00",
        Many(tuple(_registered(bawaslu, number, share[0], findings) for number, share in enumerate(shares, 1))),
        examiner,
        f"{printed.registered} perkara diregistrasi",
        f"{printed.registered} cases are registered",
    )
    yield Step(
        "2024-10-14T09:00:00",
        Many(tuple(_decided(bawaslu, *share) for share in shares)),
        secretary,
        f"Pleno memutuskan {len(printed.decisions)} dugaan",
        f"The plenary decides {len(printed.decisions)} allegations",
        match=True,
    )
    return shares[0][0]


def _shares(
    registered: Sequence[StreamId], decisions: Sequence[Category | None]
) -> list[tuple[StreamId, list[Category | None]]]:
    """Every case with the decisions of its allegations: one each, and what is left over spread from the first on."""
    shares: list[tuple[StreamId, list[Category | None]]] = [(complaint, []) for complaint in registered]
    for index, decision in enumerate(decisions):
        shares[index % len(shares)][1].append(decision)
    return shares


def _finding(bawaslu: Desk, places: Places) -> Command:
    return FixFinding(
        act=bawaslu.on("2024-10-10"),
        found_on=date(2024, 10, 10),
        election=places.election_lebak,
        region=LEBAK,
        occurred_from=HAPPENED,
        occurred_until=HAPPENED,
        narrative=Plain("Kepala desa mengarahkan warga."),
    )


def _report(bawaslu: Desk, places: Places, number: int) -> Command:
    nik = f"36020000000{number:05}"
    return FileComplaint(
        act=bawaslu.at("2024-10-11T02:00:00"),
        election=places.election_lebak,
        region=LEBAK,
        occurred_from=HAPPENED,
        occurred_until=HAPPENED,
        known_on=HAPPENED,
        channel=Channel.IN_PERSON,
        complainants=(
            ComplainantTold(
                handle=Person("k", (f"nik:{nik}",)), name=Plain(f"Pelapor Contoh {number}"), id_number=Plain(nik)
            ),
        ),
        narrative=Plain("Kepala desa mengarahkan warga."),
    )


def _refusal(bawaslu: Desk, complaint: StreamId) -> Command:
    return ReviewComplaint(
        act=bawaslu.on("2024-10-12"),
        stream=complaint,
        formal=False,
        material=True,
        known_on=HAPPENED,
        result=ReviewResult.REFUSE,
        missing=frozenset({Requirement.EVIDENCE}),
        refusal=RefusalAsked(reason=RefusalReason.FORMAL),
    )


def _reviewed(bawaslu: Desk, complaint: StreamId) -> Command:
    return ReviewComplaint(
        act=bawaslu.on("2024-10-12"),
        stream=complaint,
        formal=True,
        material=True,
        known_on=HAPPENED,
        result=ReviewResult.REGISTER,
    )


def _accuse(bawaslu: Desk, number: int, complaint: StreamId, decisions: Sequence[Category | None]) -> Iterator[Command]:
    act = bawaslu.on("2024-10-12")
    yield NameRespondent(
        act=act,
        stream=complaint,
        respondent=Person("r", (f"nik:36020000001{number:05}",)),
        class_=RespondentClass.VILLAGE_HEAD,
        known=True,
        name=Plain(f"Kepala Desa Contoh {number}"),
    )
    for decision in decisions:
        yield MakeAllegation(
            act=act, stream=complaint, respondent=Handle("r1"), category=decision or Category.OTHER_LAW
        )


def _registered(bawaslu: Desk, number: int, complaint: StreamId, findings: Sequence[StreamId]) -> Command:
    kind = RegistrationKind.FINDING if complaint in findings else RegistrationKind.REPORT
    return RegisterComplaint(
        act=bawaslu.on("2024-10-12"), stream=complaint, kind=kind, number=Plain(f"{number:03}/Reg/X/2024")
    )


def _decided(bawaslu: Desk, complaint: StreamId, decisions: Sequence[Category | None]) -> Command:
    votes = Count(len(TEAM.members))
    return HoldPlenary(
        act=bawaslu.at("2024-10-14T06:00:00"),
        stream=complaint,
        present=tuple(people.attendee(member) for member in TEAM.members),
        ballots=tuple(
            Ballot(
                allegation=Number(number),
                violation=votes if decision else Count(0),
                not_violation=Count(0) if decision else votes,
                abstained=Count(0),
            )
            for number, decision in enumerate(decisions, 1)
        ),
    )
