"""Chronicle K3: the four hundred. KASN ends, and the files that it held pass to BKN in one hand-over in September.

Reported [S2] as "some 400"; places, dates of the single files, numbers, persons and what became of each are synthetic.
Hearings and notices are not told: what is not known of those files is not recorded, and they are marked so.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from datetime import date

from api.chronicles import people
from api.chronicles.play import Chronicle, Desk, HandOver, Many, ReceiveFiles, Step, Steps
from api.chronicles.register import JAMBI, Register
from ledger.codec import content_digest
from ledger.command import Command
from ledger.complaint.codes import Category, Kind, RegistrationKind, RespondentClass, ReturnReason, Track
from ledger.complaint.commands import (
    AcceptReferral,
    Ballot,
    CompleteStudy,
    FixFinding,
    HoldPlenary,
    MakeAllegation,
    NameRespondent,
    OfferReferral,
    RegisterComplaint,
    ReturnReferral,
)
from ledger.handing_over import FileOf, Files
from ledger.handover.commands import TallyHandover
from ledger.handover.facts import Item, Side, in_order
from ledger.registrar import Receipt
from ledger.values import Count, Handle, Name, Number, Person, Plain, Role, StreamId

TEAM = people.JAMBI
FILES = 400
FIRST, SECOND = Number(1), Number(2)


def k3(register: Register, files: int = FILES) -> Chronicle:
    """The chronicle; returns the hand-over's stream."""
    held = yield from files_at_kasn(register, range(files))
    handover = yield from _hand_over(register, held)
    yield from _count(register, held, handover)
    yield from _answer(Desk(register.bkn), held)
    return handover


def returned_of(files: int) -> int:
    """How many of the files BKN sends back."""
    return max(1, files // 40)


def files_at_kasn(register: Register, numbers: range) -> Generator[Step, Receipt, list[StreamId]]:
    """Findings, decided and referred to KASN, which takes them; one office stands for all that had sent any."""
    bawaslu, kasn = Desk(register.bawaslu_jambi), Desk(register.kasn)
    secretary, examiner = bawaslu.actor(Role.PLENARY, TEAM.secretary), bawaslu.actor(Role.EXAMINER, TEAM.examiner)
    found = yield Step(
        "2024-05-20T03:00:00",
        Many(
            tuple(
                FixFinding(
                    act=bawaslu.on("2024-05-20"),
                    found_on=date(2024, 5, 20),
                    election=register.election_jambi,
                    region=JAMBI,
                    occurred_from=date(2024, 5, 18),
                    occurred_until=date(2024, 5, 18),
                    narrative=Plain(f"Temuan pengawasan nomor {number}: unggahan dukungan kepada bakal calon."),
                )
                for number in numbers
            )
        ),
        secretary,
        f"{len(numbers)} temuan ditetapkan",
        f"{len(numbers)} findings are fixed",
    )
    complaints = [entry.stream for entry in found.entries if entry.version == 1]
    yield Step(
        "2024-05-21T03:00:00",
        Many(tuple(each for pair in zip(complaints, numbers, strict=True) for each in _accuse(bawaslu, *pair))),
        examiner,
        f"{len(numbers)} terlapor, dugaan, registrasi, dan kajian",
        f"{len(numbers)} respondents, allegations, registrations and studies",
    )
    yield Step(
        "2024-05-24T08:00:00",
        Many(tuple(_decide(bawaslu, complaint) for complaint in complaints)),
        secretary,
        f"Pleno memutuskan {len(numbers)} dugaan",
        f"The plenary decides {len(numbers)} allegations",
        match=True,
    )
    yield Step(
        "2024-05-27T03:00:00",
        Many(tuple(_offer(bawaslu, kasn.office, *pair) for pair in zip(complaints, numbers, strict=True))),
        examiner,
        f"{len(numbers)} penerusan ke KASN",
        f"{len(numbers)} referrals to KASN",
        match=True,
    )
    yield Step(
        "2024-05-30T03:00:00",
        Many(
            tuple(
                AcceptReferral(
                    act=kasn.on("2024-05-30"),
                    stream=complaint,
                    referral=FIRST,
                    their_number=Plain(f"R-{number:04}/KASN/5/2024"),
                )
                for complaint, number in zip(complaints, numbers, strict=True)
            )
        ),
        kasn.actor(Role.INTAKE, people.KASN_CLERK),
        f"KASN menangani {len(numbers)} berkas",
        f"KASN takes {len(numbers)} files",
    )
    return complaints


def _accuse(bawaslu: Desk, complaint: StreamId, number: int) -> Iterator[Command]:
    act = bawaslu.on("2024-05-21")
    yield NameRespondent(
        act=act,
        stream=complaint,
        respondent=Person("r", (f"nip:19780101200501{1000 + number}",)),
        class_=RespondentClass.ASN,
        known=True,
        name=Plain(f"Pegawai Contoh {number}"),
    )
    yield MakeAllegation(
        act=act,
        stream=complaint,
        respondent=Handle("r1"),
        category=Category.OTHER_LAW,
        kinds=frozenset({Kind.N03}),
    )
    yield RegisterComplaint(
        act=act,
        stream=complaint,
        kind=RegistrationKind.FINDING,
        number=Plain(f"{number:03}/Reg/TM/PW/Kota/05/V/2024"),
    )
    yield CompleteStudy(act=act, stream=complaint, allegations=frozenset({FIRST}), text=Plain(f"Kajian {number}."))


def _decide(bawaslu: Desk, complaint: StreamId) -> Command:
    return HoldPlenary(
        act=bawaslu.at("2024-05-24T06:00:00"),
        stream=complaint,
        present=tuple(people.attendee(member) for member in TEAM.members),
        ballots=(
            Ballot(
                allegation=FIRST,
                violation=Count(len(TEAM.members)),
                not_violation=Count(0),
                abstained=Count(0),
            ),
        ),
    )


def _offer(bawaslu: Desk, kasn: StreamId, complaint: StreamId, number: int) -> Command:
    return OfferReferral(
        act=bawaslu.on("2024-05-27"),
        stream=complaint,
        allegation=FIRST,
        to=kasn,
        track=Track.ASN,
        study_attached=True,
        letter_number=Plain(f"{number:03}/PP.01.02/K.JA/05/2024"),
    )


def _hand_over(register: Register, held: Sequence[StreamId]) -> Chronicle:
    """KASN is no more: BKN, which followed it, hands over what lies there, in one act."""
    bkn = Desk(register.bkn)
    offered = yield Step(
        "2024-09-17T03:00:00",
        HandOver(
            bkn.on("2024-09-17"),
            Files(
                from_=register.kasn,
                to=register.bkn,
                files=tuple(FileOf(complaint, FIRST) for complaint in held),
                legal_basis=Name("UU 20/2023; SE MenPANRB 4/2024"),
            ),
        ),
        bkn.actor(Role.HOLDER, people.KASN_ARCHIVIST),
        f"Serah terima {len(held)} berkas KASN kepada BKN",
        f"{len(held)} files of KASN are handed over to BKN",
    )
    return offered.entries[0].stream


def _count(register: Register, held: Sequence[StreamId], handover: StreamId) -> Steps:
    """Each side counts for itself: the archive what it gave, the desk at BKN what arrived."""
    bkn = Desk(register.bkn)
    yield Step(
        "2024-09-18T02:00:00",
        ReceiveFiles(bkn.at("2024-09-18T01:30:00"), handover),
        bkn.actor(Role.INTAKE, people.BKN_CLERK),
        f"{len(held)} berkas tiba di BKN",
        f"{len(held)} files arrive at BKN",
    )
    counted = content_digest(in_order(Item(complaint, FIRST, SECOND) for complaint in held))
    for minute, side, staff, who, en in (
        (10, Side.GIVING, people.KASN_ARCHIVIST, "Arsip KASN", "KASN's archive"),
        (20, Side.TAKING, people.BKN_CLERK, "BKN", "BKN"),
    ):
        yield Step(
            f"2024-09-18T02:{minute}:00",
            TallyHandover(act=bkn.on("2024-09-18"), stream=handover, side=side, count=Count(len(held)), digest=counted),
            bkn.actor(Role.HOLDER, staff),
            f"{who} menghitung {len(held)} berkas",
            f"{en} counts {len(held)} files",
        )


def _answer(bkn: Desk, held: Sequence[StreamId]) -> Steps:
    """Every file ends accepted or returned."""
    clerk, back = bkn.actor(Role.INTAKE, people.BKN_CLERK), returned_of(len(held))
    yield Step(
        "2024-09-23T03:00:00",
        Many(
            tuple(
                AcceptReferral(
                    act=bkn.on("2024-09-23"),
                    stream=complaint,
                    referral=SECOND,
                    their_number=Plain(f"{number:04}/BKN/9/2024"),
                )
                for number, complaint in enumerate(held[back:], back)
            )
        ),
        clerk,
        f"BKN menangani {len(held) - back} berkas",
        f"BKN accepts {len(held) - back} files",
    )
    yield Step(
        "2024-09-24T03:00:00",
        Many(
            tuple(
                ReturnReferral(
                    act=bkn.on("2024-09-24"),
                    stream=complaint,
                    referral=SECOND,
                    reason=ReturnReason.INCOMPLETE,
                    text=Plain("Berkas tidak lengkap."),
                )
                for complaint in held[:back]
            )
        ),
        clerk,
        f"BKN mengembalikan {back} berkas ke Bawaslu",
        f"BKN returns {back} files to Bawaslu",
    )
