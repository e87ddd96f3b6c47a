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
        "an office does not succeed itself, nor one that follows it",
        "name another office, or none",
        "lembaga tidak dapat menjadi penerus dirinya sendiri, juga tidak melalui penerusnya",
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
    "election.future": words(
        "it would have happened on {on}, after {day}, the day of the act",
        "record it on that day or later",
        "terjadi pada {on}, sesudah {day}, hari tindakan ini",
        "catat pada hari itu atau sesudahnya",
    ),
    "election.stage_order": words(
        "the stage {stage} would end before it begins on {from_}",
        "until is that day or a later one",
        "tahapan {stage} akan berakhir sebelum dimulai pada {from_}",
        "until sama dengan hari itu atau sesudahnya",
    ),
    "election.stage_same": words(
        "the stage {stage} is recorded from {from_} until {until} already",
        "record it again if it was moved",
        "tahapan {stage} sudah tercatat sejak {from_} sampai {until}",
        "catat lagi bila tahapan itu bergeser",
    ),
    "election.pair_same": words(
        "the pairs of {region} are recorded as fixed on {on} already",
        "record another day if that one is wrong",
        "penetapan pasangan calon {region} pada {on} sudah tercatat",
        "catat hari lain bila hari itu salah",
    ),
    "revote.nowhere": words(
        "a revote is held somewhere",
        "name its regions",
        "pemungutan suara ulang diadakan di suatu wilayah",
        "sebut wilayahnya",
    ),
    "revote.border": words(
        "{region} votes again itself: it is no neighbour of the revote",
        "name it among the regions or at the border",
        "{region} sendiri memungut suara ulang, jadi bukan wilayah perbatasannya",
        "sebut sebagai wilayah atau sebagai perbatasan",
    ),
    "revote.deadline": words(
        "the deadline {deadline} lies before the order of {on}",
        "name that day or a later one",
        "batas {deadline} mendahului perintah tanggal {on}",
        "sebut hari itu atau sesudahnya",
    ),
    "revote.known": words(
        "exactly this order of {on} is recorded already",
        "another order is recorded beside it",
        "perintah tanggal {on} yang persis sama sudah tercatat",
        "perintah lain dicatat di sampingnya",
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
    # --- relations of officials
    "relation.source": words(
        "the source does not fit who says so",
        "one's own relation is declared, and an office declares its own members; another's is established from above",
        "sumbernya tidak sesuai dengan yang menyatakan",
        "hubungan sendiri dinyatakan (declared), juga oleh lembaga tentang anggotanya; selain itu ditetapkan dari atas",
    ),
    "relation.office": words(
        "a relation of the kind {kind} that is not one's own names an office",
        "name the office that is meant, or for which the member of staff works",
        "hubungan berjenis {kind} yang bukan milik sendiri menyebut lembaga",
        "sebut lembaga yang dimaksud, atau tempat petugas itu bekerja",
    ),
    "relation.above": words(
        "{office} does not stand above {below}",
        "the office above establishes it: {above}",
        "{office} tidak berada di atas {below}",
        "lembaga di atasnya yang menetapkan: {above}",
        "UU 30/2014 art. 42-45",
    ),
    "relation.known": words(
        "this relation ({kind}) is recorded already",
        "it stands until the office above establishes its end",
        "hubungan ini ({kind}) sudah tercatat",
        "berlaku sampai lembaga di atas menetapkan berakhirnya",
    ),
    "relation.unknown": words(
        "no such relation ({kind}) stands",
        "record it before its end",
        "tidak ada hubungan ({kind}) yang berlaku",
        "catat hubungannya sebelum berakhirnya",
    ),
    "relation.ending": words(
        "nobody ends their own conflict of interest by declaring so",
        "the office above establishes the end",
        "benturan kepentingan sendiri tidak diakhiri dengan pernyataan",
        "lembaga di atas yang menetapkan berakhirnya",
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
