"""Refusals of the registers: the ledger itself, offices, elections, officials; and of any act at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.refusals.words import Words, words

REGISTERS: Final[Mapping[str, Words]] = {
    # --- the ledger itself
    "ledger.unopened": words(
        "the ledger is not open for commands",
        "open it first; a closed ledger is continued by a new one that names it",
        "buku besar ini tidak terbuka untuk perintah",
        "buka dahulu; buku besar yang ditutup dilanjutkan oleh yang baru",
    ),
    "clock.right": words(
        "the clock ({at}) is not behind the last recorded instant",
        "a correction is recorded only when time must step back",
        "jam ({at}) tidak mendahului catatan terakhir",
        "koreksi jam hanya dicatat bila waktu harus mundur",
    ),
    "key.name": words(
        "the key has another name than this ledger",
        "make a key that is named {origin}",
        "nama kunci berbeda dari nama buku besar ini",
        "buat kunci bernama {origin}",
    ),
    "key.known": words(
        "this key signs already, or was retired",
        "make a fresh key",
        "kunci ini sudah dipakai atau sudah dipensiunkan",
        "buat kunci baru",
    ),
    "registry": words(
        "the register is kept by the ledger itself",
        "act and record as {ledger}",
        "daftar ini dikelola oleh buku besar sendiri",
        "bertindak dan mencatat sebagai {ledger}",
    ),
    # --- any act
    "act.source": words(
        "source {source} does not fit an act of {acting} that {recording} records",
        "use own for the office's own acts, letter or published for another's",
        "sumber {source} tidak sesuai dengan tindakan {acting} yang dicatat {recording}",
        "pakai own untuk tindakan sendiri, letter atau published untuk tindakan lembaga lain",
    ),
    "act.future": words(
        "the act ({act}) lies after its recording ({at})",
        "record an act once it has happened",
        "tindakan ({act}) terjadi sesudah pencatatannya ({at})",
        "catat tindakan setelah terjadi",
    ),
    "act.order": words(
        "the act of {day} would precede {what} of {since}",
        "an act on or after {since} can be recorded; a wrong date is corrected, not overtaken",
        "tindakan tanggal {day} mendahului {what} tanggal {since}",
        "tindakan sejak {since} dapat dicatat; tanggal yang salah dikoreksi, bukan didahului",
    ),
    "role": words(
        "a person in the role {role} may not record this",
        "it is recorded as {allowed}",
        "orang dengan peran {role} tidak boleh mencatat ini",
        "dicatat sebagai {allowed}",
    ),
    # --- offices
    "office.unknown": words(
        "no office {office} was ever established",
        "name an office of the register",
        "lembaga {office} tidak ada dalam daftar",
        "sebut lembaga yang ada dalam daftar",
    ),
    "office.known": words(
        "this office is in the register already",
        "establish another one",
        "lembaga ini sudah ada dalam daftar",
        "daftarkan lembaga lain",
    ),
    "office.region": words(
        "an office of the level {level} does not fit its region",
        "national offices have no region; provincial and regency offices name theirs",
        "lembaga tingkat {level} tidak sesuai dengan wilayahnya",
        "lembaga nasional tanpa wilayah; lembaga provinsi dan kabupaten/kota menyebut wilayahnya",
    ),
    "office.not_established": words(
        "{office} did not exist on {day}: it was established on {from_}",
        "name the office that was competent on that day",
        "{office} belum ada pada {day}: dibentuk pada {from_}",
        "sebut lembaga yang berwenang pada hari itu",
    ),
    "office.ended": words(
        "{office} could not act on {day}: it ended on {ended_on}",
        "its successor is competent: {successor}",
        "{office} tidak dapat bertindak pada {day}: berakhir pada {ended_on}",
        "penerusnya berwenang: {successor}",
    ),
    "office.ended_already": words(
        "it ended on {ended_on} already",
        "nothing is left to end",
        "lembaga ini sudah berakhir pada {ended_on}",
        "tidak ada lagi yang dapat diakhiri",
    ),
    "office.order": words(
        "it was established on {established_on}",
        "name a later day",
        "lembaga ini dibentuk pada {established_on}",
        "sebut hari sesudahnya",
    ),
    "office.own_successor": words(
        "an office does not succeed itself",
        "name another office, or none",
        "lembaga tidak dapat menjadi penerus dirinya sendiri",
        "sebut lembaga lain, atau kosongkan",
    ),
    # --- elections
    "election.unknown": words(
        "no election {election} was announced",
        "name an announced election",
        "pemilihan {election} belum diumumkan",
        "sebut pemilihan yang sudah diumumkan",
    ),
    "election.known": words(
        "this election is in the register already",
        "announce another one",
        "pemilihan ini sudah ada dalam daftar",
        "umumkan pemilihan lain",
    ),
    "election.region": words(
        "that election is not held in {region}",
        "name the region's election",
        "pemilihan itu tidak diadakan di {region}",
        "sebut pemilihan di wilayah itu",
    ),
    # --- the rulebook
    "rulebook.other": words(
        "a ledger has one rulebook, and this is not it",
        "adopt into {rulebook}",
        "satu buku besar punya satu himpunan aturan, dan ini bukan itu",
        "adopsi ke {rulebook}",
    ),
    "rulebook.known": words(
        "exactly this content was adopted already ({digest})",
        "name its digest in the list of what is in force",
        "isi yang persis sama sudah diadopsi ({digest})",
        "sebut digest itu dalam daftar yang berlaku",
    ),
    "rulebook.unknown": words(
        "nothing with the digest {digest} was adopted",
        "adopt the regulation or the calendar first",
        "tidak ada yang diadopsi dengan digest {digest}",
        "adopsi peraturan atau kalendernya dahulu",
    ),
    "rulebook.twice": words(
        "two editions of {named} would be in force together",
        "name one of them",
        "dua edisi {named} akan berlaku bersamaan",
        "sebut salah satu",
    ),
    "rulebook.same": words(
        "exactly this list is in force already",
        "nothing is left to adopt",
        "daftar yang persis sama sudah berlaku",
        "tidak ada lagi yang perlu diadopsi",
    ),
    # --- officials
    "official.known": words(
        "this official is in the register already",
        "change the class, or name them in a complaint",
        "pejabat ini sudah ada dalam daftar",
        "ubah kelasnya, atau sebut dalam laporan",
    ),
    "official.unknown": words(
        "there is no such official in the register",
        "record the official first",
        "pejabat itu tidak ada dalam daftar",
        "catat pejabat itu dahulu",
    ),
    "official.erased": words(
        "this official was erased",
        "nothing more is recorded of them here",
        "data pejabat ini sudah dihapus",
        "tidak ada lagi yang dicatat di sini",
    ),
    "official.source": words(
        "an official is recorded by the office that knows them",
        "act and record as one office, source own",
        "pejabat dicatat oleh lembaga yang mengenalnya",
        "bertindak dan mencatat sebagai satu lembaga, sumber own",
    ),
    "official.order": words(
        "the class has been known since {since}",
        "name that day or a later one",
        "kelas itu berlaku sejak {since}",
        "sebut hari itu atau sesudahnya",
    ),
    "official.same_class": words(
        "the official is of the class {class_} already",
        "name another class",
        "pejabat itu sudah berkelas {class_}",
        "sebut kelas lain",
    ),
    # --- erasure, of officials and in complaints
    "erasure.alone": words(
        "one person alone may not erase",
        "a second protection officer confirms it",
        "penghapusan tidak boleh dilakukan seorang diri",
        "petugas pelindungan data kedua harus mengonfirmasi",
        "UU 27/2022",
    ),
    "erasure.done": words(
        "{of} was erased here already",
        "nothing is left to erase",
        "{of} sudah dihapus di sini",
        "tidak ada lagi yang dapat dihapus",
    ),
}
