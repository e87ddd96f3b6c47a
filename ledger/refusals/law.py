"""Refusals of what the law lets be done besides the ordinary course, and of the tracks' steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.refusals.words import Words, words

LAW: Final[Mapping[str, Words]] = {
    "extension.once": words(
        "the examination was extended already",
        "it is extended once",
        "pemeriksaan sudah pernah diperpanjang",
        "perpanjangan dilakukan sekali",
        "UU 10/2016 art. 134(6); UU 7/2017 art. 454(8)",
    ),
    "joining.self": words(
        "a case is not joined to itself",
        "name another case",
        "perkara tidak digabung dengan dirinya sendiri",
        "sebut perkara lain",
    ),
    "delegation.self": words(
        "an office delegates nothing to itself",
        "name another office",
        "lembaga tidak melimpahkan kepada dirinya sendiri",
        "sebut lembaga lain",
    ),
    "delegation.kind": words(
        "{office} is of another institution",
        "delegate to an office of the kind {kind}; to others allegations are referred",
        "{office} dari lembaga lain",
        "limpahkan ke lembaga berjenis {kind}; kepada yang lain dugaan diteruskan",
    ),
    "delegation.open": words(
        "the complaint is delegated to {to} already",
        "that office receives it first",
        "laporan sudah dilimpahkan ke {to}",
        "lembaga itu menerimanya dahulu",
    ),
    "respondent.same_class": words(
        "{respondent} is of the class {class_} already",
        "name another class",
        "{respondent} sudah berkelas {class_}",
        "sebut kelas lain",
    ),
    "referral.taken": words(
        "referral {number} was taken, returned or recalled",
        "a referral is recalled while it is only offered or received",
        "penerusan {number} sudah ditangani, dikembalikan, atau ditarik",
        "penerusan ditarik selama baru ditawarkan atau diterima",
    ),
    "referral.recalled": words(
        "referral {number} was recalled by its sender",
        "the allegation may be offered anew",
        "penerusan {number} sudah ditarik pengirimnya",
        "dugaannya dapat diteruskan kembali",
    ),
    "referral.sender": words(
        "referral {number} is {sender}'s to recall",
        "whoever sent it takes it back",
        "penerusan {number} hanya dapat ditarik oleh {sender}",
        "pengirimnya yang menarik kembali",
    ),
    "phase.same": words(
        "allegation {number} is set to {phase} already",
        "name the other phase",
        "dugaan {number} sudah berfase {phase}",
        "sebut fase lain",
    ),
    "phase.pairs": words(
        "the pairs of {region} were fixed on {on}, and the act lasted from {began} until {ended}",
        "its phase is {phase}; a wrong day of the act is corrected, a wrong day of the pairs is recorded anew",
        "pasangan calon {region} ditetapkan pada {on}, dan perbuatan berlangsung {began} sampai {ended}",
        "fasenya {phase}; hari perbuatan yang salah dikoreksi, hari penetapan yang salah dicatat ulang",
        "SKB 2/2022, annex II",
    ),
    "phase.schedule": words(
        "by the schedule no pairs are fixed in {region} before {on}, and the act lasted from {began} until {ended}",
        "its phase is {phase}; a schedule that was moved is recorded anew",
        "menurut jadwal pasangan calon {region} tidak ditetapkan sebelum {on}, dan perbuatan {began} sampai {ended}",
        "fasenya {phase}; jadwal yang bergeser dicatat ulang",
        "SKB 2/2022, annex II",
    ),
    "step.track": words(
        "{topic} is no step of allegation {number}, which is {standing}",
        "a step belongs to its own track, once the allegation is on it",
        "{topic} bukan langkah dugaan {number}, yang berstatus {standing}",
        "langkah hanya pada jalurnya, setelah dugaan berada di jalur itu",
    ),
    "step.order": words(
        "{topic} follows none of the steps taken",
        "one of these comes first: {before}",
        "{topic} tidak menyusul langkah mana pun yang sudah diambil",
        "salah satu ini lebih dahulu: {before}",
    ),
    "step.twice": words(
        "{topic} was taken already on this track",
        "the next step follows it",
        "{topic} sudah diambil pada jalur ini",
        "langkah berikutnya menyusul",
    ),
    "step.blocked": words(
        "the data of allegation {number} are suspended already",
        "lift the suspension, or leave it",
        "data pada dugaan {number} sudah diblokir",
        "buka blokirnya, atau biarkan",
    ),
    "step.unblocked": words(
        "no suspension stands in allegation {number}",
        "a suspension is lifted once it was imposed",
        "tidak ada blokir yang berlaku pada dugaan {number}",
        "blokir dibuka setelah dikenakan",
    ),
    "step.discussion": words(
        "discussions follow one another",
        "the next one is number {next}",
        "pembahasan berurutan",
        "berikutnya nomor {next}",
    ),
}
