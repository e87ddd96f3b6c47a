"""The names of the states and marks of the tracks, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.speech import Said

STATES: Final[Mapping[str, Said]] = {
    "received": Said("received by the body", "diterima instansi"),
    "verified": Said("verified by the task force", "lolos verifikasi Satgas"),
    "rejected": Said("rejected on verification", "ditolak dalam verifikasi"),
    "cancelled": Said("cancelled on verification", "dibatalkan dalam verifikasi"),
    "recommended": Said("recommended to the personnel authority", "direkomendasikan ke PPK"),
    "with_authority": Said("awaits the personnel authority", "menunggu tindak lanjut PPK"),
    "examined": Said("examined", "sudah diperiksa"),
    "sanctioned": Said("sanctioned", "sanksi dijatuhkan"),
    "delivered": Said("the decree was delivered", "keputusan diserahkan"),
    "objected": Said("objected to", "diajukan keberatan"),
    "appealed": Said("appealed", "diajukan banding"),
    "upheld": Said("upheld on objection or appeal", "dikuatkan"),
    "changed": Said("changed on objection or appeal", "diubah"),
    "annulled": Said("annulled on objection or appeal", "sanksi dibatalkan"),
    "closed": Said("has its outcome", "sudah ada hasilnya"),
    "verifying": Said("being verified", "verifikasi"),
    "completing": Said("to be completed (BMS)", "menunggu kelengkapan (BMS)"),
    "not_met": Said("requirements not met (TMS)", "tidak memenuhi syarat (TMS)"),
    "registered": Said("registered at DKPP", "diregistrasi DKPP"),
    "hearing": Said("in hearings", "dalam persidangan"),
    "decided": Said("decided, to be executed", "diputus, menunggu pelaksanaan"),
    "executed": Said("executed", "sudah dilaksanakan"),
    "team_formed": Said("an examining team was formed", "tim pemeriksa dibentuk"),
    "adjudicated": Said("adjudicated by Bawaslu", "diputus adjudikasi Bawaslu"),
    "acted": Said("KPU acted on it", "ditindaklanjuti KPU"),
    "discussion_1": Said("discussion I at Gakkumdu", "pembahasan I Gakkumdu"),
    "discussion_2": Said("discussion II at Gakkumdu", "pembahasan II Gakkumdu"),
    "discussion_3": Said("discussion III at Gakkumdu", "pembahasan III Gakkumdu"),
    "stopped": Said("stopped", "dihentikan"),
    "investigating": Said("under investigation", "penyidikan"),
    "with_prosecutor": Said("with the prosecutor", "di penuntut umum"),
    "returned": Said("returned by the prosecutor", "dikembalikan jaksa (P-19)"),
    "in_court": Said("in court", "di pengadilan"),
    "judged": Said("judged, open to appeal", "diputus pengadilan negeri"),
    "final": Said("judged finally", "berkekuatan tetap"),
}
"""One name for each state of each track; a test sees that none is missing."""

MARKS: Final[Mapping[str, Said]] = {
    "blocked": Said("personnel data suspended", "data kepegawaian diblokir"),
    "reprimanded": Said("personnel authority reprimanded", "PPK ditegur"),
    "entered_in_idis": Said("entered in I'DIS", "tercatat di I'DIS"),
}
"""What is so of an allegation beside its state."""


def word(state: str) -> Said:
    """The name of a state."""
    return STATES[state]
