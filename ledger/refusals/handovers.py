"""Refusals of hand-overs: of the manifest, of one of its files, of a count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.refusals.words import Words, words

HANDOVERS: Final[Mapping[str, Words]] = {
    # --- the manifest
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
    "handover.self": words(
        "{office} hands nothing over to itself",
        "name another office",
        "{office} tidak menyerahkan kepada dirinya sendiri",
        "sebut lembaga lain",
    ),
    "handover.sender": words(
        "{acting} does not hand over the files of {office}",
        "the office that holds them does, or the one that followed it after it ended",
        "{acting} tidak menyerahkan berkas {office}",
        "lembaga yang memegangnya yang menyerahkan, atau penerusnya setelah berakhir",
    ),
    "handover.source": words(
        "a hand-over is recorded by the office that acts",
        "act and record as one office, source own",
        "serah terima dicatat lembaga yang bertindak",
        "bertindak dan mencatat sebagai satu lembaga, sumber own",
    ),
    # --- one of its files
    "handover.holder": words(
        "allegation {number} lies at {holder}, not at the office that hands it over",
        "a hand-over names files that lie at the giving office",
        "dugaan {number} berada di {holder}, bukan di lembaga yang menyerahkan",
        "serah terima menyebut berkas yang berada di lembaga yang menyerahkan",
    ),
    "handover.standing": words(
        "allegation {number} is {standing}: it is on no track",
        "files pass that an office has on a track, or was sent and has not answered; other cases are delegated",
        "dugaan {number} berstatus {standing}: tidak pada jalur mana pun",
        "yang beralih adalah berkas pada suatu jalur, atau yang diteruskan dan belum dijawab; yang lain dilimpahkan",
    ),
    "handover.moved": words(
        "allegation {number} was referred meanwhile: referral {planned} is not the next one any more",
        "read the case again, and hand over what still lies there",
        "dugaan {number} sementara itu diteruskan: penerusan {planned} bukan lagi yang berikutnya",
        "baca kembali perkaranya, dan serahkan yang masih berada di sana",
    ),
    "handover.owner": words(
        "allegation {number} is of a case of {owner}: that office gets it back, it does not take it over",
        "return the referral",
        "dugaan {number} adalah perkara {owner}: lembaga itu menerimanya kembali, bukan mengambil alih",
        "kembalikan penerusannya",
    ),
    "handover.file": words(
        "allegation {allegation} of {complaint} does not stand in the manifest",
        "name files of this hand-over",
        "dugaan {allegation} dari {complaint} tidak tercantum dalam daftar serah terima",
        "sebut berkas serah terima ini",
    ),
    "handover.arrived": words(
        "every file of this hand-over was received, answered or recalled already",
        "accept or return what is left, one by one",
        "semua berkas serah terima ini sudah diterima, dijawab, atau ditarik",
        "tangani atau kembalikan sisanya satu per satu",
    ),
    # --- the counts
    "handover.side": words(
        "{office} does not count for the {side} side, between {giving} and {taking}",
        "each side records its own count, or the office that followed it after it ended",
        "{office} tidak menghitung untuk pihak {side}, antara {giving} dan {taking}",
        "tiap pihak mencatat hitungannya sendiri, atau penerusnya setelah berakhir",
    ),
}
