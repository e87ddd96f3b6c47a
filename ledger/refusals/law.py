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
        "referral {number} was sent by {sender}",
        "its sender recalls it",
        "penerusan {number} dikirim oleh {sender}",
        "pengirimnya yang menariknya",
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
    # --- hand-overs
    "handover.unknown": words(
        "there is no such hand-over",
        "offer it first",
        "serah terima itu tidak ada",
        "tawarkan dahulu",
    ),
    "handover.known": words(
        "this hand-over was offered already",
        "a new set gets a hand-over of its own",
        "serah terima ini sudah ditawarkan",
        "kumpulan baru mendapat serah terima sendiri",
    ),
    "handover.items": words(
        "a hand-over of {items} files is not possible",
        "one holds from 1 to {most}; a larger set takes several",
        "serah terima {items} berkas tidak mungkin",
        "satu memuat 1 sampai {most}; lebih banyak memakai beberapa",
    ),
    "handover.twice": words(
        "one allegation stands twice in the manifest",
        "name each once",
        "satu dugaan tercantum dua kali",
        "sebut masing-masing sekali",
    ),
    "handover.sender": words(
        "{office} hands over its own files, or its successor does once it ended",
        "act as that office",
        "{office} menyerahkan berkasnya sendiri, atau penerusnya setelah berakhir",
        "bertindak sebagai lembaga itu",
    ),
    "handover.side": words(
        "{office} is neither the giving nor the taking side",
        "each side records its own count",
        "{office} bukan pihak yang menyerahkan maupun menerima",
        "tiap pihak mencatat hitungannya sendiri",
    ),
    "handover.source": words(
        "a hand-over is recorded by the office that acts",
        "act and record as one office, source own",
        "serah terima dicatat lembaga yang bertindak",
        "bertindak dan mencatat sebagai satu lembaga, sumber own",
    ),
    "handover.holder": words(
        "allegation {number} lies at {holder}, not at the office that hands it over",
        "a hand-over names files that the office holds",
        "dugaan {number} berada di {holder}, bukan di lembaga yang menyerahkan",
        "serah terima menyebut berkas yang dipegang lembaga itu",
    ),
}
