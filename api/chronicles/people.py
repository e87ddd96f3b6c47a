"""The staff of the chronicles, every one invented: an account that finds them again, and a name that is sealed."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.complaint.commands import Attendee
from ledger.values import Person, Plain, Staff


@dataclass(frozen=True, slots=True)
class Team:
    """Who works at an office that examines complaints."""

    intake: Staff
    examiner: Staff
    secretary: Staff
    members: tuple[Staff, ...]


def _team(place: str, intake: str, examiner: str, secretary: str, members: int) -> Team:
    return Team(
        Staff(f"penerima.{place}", intake),
        Staff(f"pemeriksa.{place}", examiner),
        Staff(f"sekretaris.{place}", secretary),
        tuple(Staff(f"anggota{number}.{place}", f"Anggota {number} {place}") for number in range(1, members + 1)),
    )


JAMBI = _team("kota-jambi", "Ratna Penerima", "Dimas Pemeriksa", "Wulan Sekretaris", 5)
SUNGAI_PENUH = _team("sungai-penuh", "Yuni Penerima", "Arif Pemeriksa", "Lestari Sekretaris", 3)
PAPUA_BARAT_DAYA = _team("papua-barat-daya", "Yosef Penerima", "Maria Pemeriksa", "Agus Sekretaris", 5)
BANTEN = _team("kota-serang", "Neng Penerima", "Ujang Pemeriksa", "Iis Sekretaris", 5)
SEMARANG = _team("kota-semarang", "Sri Penerima", "Bambang Pemeriksa", "Endang Sekretaris", 5)
LAMPUNG = _team("bandar-lampung", "Putri Penerima", "Rahmat Pemeriksa", "Nur Sekretaris", 3)
KASN_CLERK = Staff("penerima.kasn", "Bagus Penelaah")
KASN_ARCHIVIST = Staff("arsip.kasn", "Endang Arsiparis")
"""Keeps the files of KASN, and works for BKN once KASN is no more."""
BKN_CLERK = Staff("penerima.bkn", "Citra Penelaah")
KPU_CLERK = Staff("penerima.kpu-sungai-penuh", "Gilang Penerima")
KPU_PBD_CLERK = Staff("penerima.kpu-papua-barat-daya", "Ester Penerima")


def attendee(member: Staff) -> Attendee:
    """A member at a plenary."""
    return Attendee(handle=account(member), who=Plain(member.name))


def account(member: Staff) -> Person:
    """A member of staff as the key store finds them."""
    return Person("a", (f"staff:{member.account}",))
