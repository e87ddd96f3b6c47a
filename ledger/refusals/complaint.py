"""Refusals of a complaint from its first word to its decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.refusals.words import Words, words

COMPLAINT: Final[Mapping[str, Words]] = {
    # --- the stage, and who may record
    "complaint.unknown": words(
        "no such complaint was filed",
        "file it first",
        "laporan itu tidak pernah dicatat",
        "catat laporannya dahulu",
    ),
    "complaint.filed": words(
        "this complaint exists already",
        "a new one gets a stream of its own",
        "perkara ini sudah ada",
        "perkara baru mendapat alirannya sendiri",
    ),
    "complaint.ended": words(
        "the case has ended: {stage}",
        "announce, correct, close or reopen it",
        "perkara sudah berakhir: {stage}",
        "umumkan, koreksi, tutup, atau buka kembali",
    ),
    "stage": words(
        "the case is at the stage {stage}",
        "this follows from: {allowed}",
        "perkara berada pada tahap {stage}",
        "ini dapat dilakukan dari tahap: {allowed}",
    ),
    "stage.decided": words(
        "the complaint is decided: respondents and allegations are added before that",
        "reopen it first",
        "perkara sudah diputus: terlapor dan dugaan ditambahkan sebelum itu",
        "buka kembali perkaranya dahulu",
    ),
    "party": words(
        "{office}, in the role {role}, may not record this act of {acting}",
        "it is recorded by: {parties}",
        "{office}, dengan peran {role}, tidak boleh mencatat tindakan {acting} ini",
        "dicatat oleh: {parties}",
    ),
    # --- conflicts of interest
    "conflict": words(
        "{actor} has a recorded conflict of interest towards {respondent}",
        "somebody without one acts; the conflict itself may be declared",
        "{actor} mempunyai benturan kepentingan tercatat terhadap {respondent}",
        "orang tanpa benturan kepentingan yang bertindak; benturannya sendiri boleh dinyatakan",
    ),
    "conflict.office": words(
        "{respondent} belongs to {office}, which may neither examine nor decide a case against its own member",
        "{above} takes the case over, or {office} delegates it there; taking it in and passing it on are allowed",
        "{respondent} termasuk {office}, yang tidak boleh memeriksa atau memutus perkara anggotanya sendiri",
        "{above} mengambil alih perkara, atau {office} melimpahkannya ke sana; menerima dan meneruskan boleh",
        "UU 30/2014 art. 42-45",
    ),
    "conflict.authority": words(
        "{respondent} heads {office}, and nobody punishes themselves",
        "{above} acts in its place: sanction and outcome are recorded as its own acts",
        "{respondent} mengepalai {office}, dan tidak seorang pun menghukum dirinya sendiri",
        "{above} bertindak menggantikannya: sanksi dan hasil dicatat sebagai tindakannya",
        "UU 30/2014 art. 42-45",
    ),
    "conflict.source": words(
        "the source does not fit who records",
        "one's own conflict is declared, another's is established by the office above",
        "sumbernya tidak sesuai dengan pencatat",
        "benturan sendiri dinyatakan (declared), orang lain ditetapkan (established) lembaga di atas",
    ),
    "conflict.known": words(
        "the conflict of {actor} towards {respondent} is recorded already",
        "it stands",
        "benturan {actor} terhadap {respondent} sudah tercatat",
        "catatan itu tetap berlaku",
    ),
    # --- intake
    "intake.body": words(
        "{office} takes in no reports of neutrality violations",
        "an office of Bawaslu does",
        "{office} tidak menerima laporan pelanggaran netralitas",
        "Bawaslu yang menerimanya",
        "UU 10/2016 art. 134; UU 7/2017 art. 454",
    ),
    "intake.region": words(
        "{office} is responsible for region {own}, not for {region}",
        "the Bawaslu office of the region, or one above it, takes it in",
        "{office} berwenang di wilayah {own}, bukan {region}",
        "Bawaslu wilayah itu, atau yang di atasnya, yang menerima",
    ),
    "dates.pair": words(
        "one of the two dates of the act is missing",
        "give both occurred_from and occurred_until, or neither",
        "salah satu tanggal kejadian tidak ada",
        "beri occurred_from dan occurred_until, atau kosongkan keduanya",
    ),
    "dates.order": words(
        "the act ended before it began",
        "occurred_until is occurred_from or later",
        "kejadian berakhir sebelum dimulai",
        "occurred_until sama dengan atau sesudah occurred_from",
    ),
    "dates.known": words(
        "the act was known on {known_on}, before it occurred on {occurred_from}",
        "the day of knowledge is occurred_from or later",
        "kejadian diketahui pada {known_on}, sebelum terjadi pada {occurred_from}",
        "hari diketahui sama dengan atau sesudah occurred_from",
    ),
    "dates.received": words(
        "it was recorded as of {today}, before {latest}, when it occurred or was known",
        "occurrence and knowledge lie on that day or earlier",
        "tercatat per {today}, sebelum {latest}, saat terjadi atau diketahui",
        "kejadian dan pengetahuan ada pada hari itu atau sebelumnya",
    ),
    "complainant.none": words(
        "a report has a complainant",
        "what arrives without one is preliminary information, not a report",
        "laporan mempunyai pelapor",
        "yang datang tanpa pelapor adalah informasi awal, bukan laporan",
        "UU 10/2016 art. 134(2)",
    ),
    "complainant.twice": words(
        "one complainant is named twice",
        "name each once",
        "seorang pelapor disebut dua kali",
        "sebut masing-masing sekali",
    ),
    "complainant.unknown": words(
        "{complainant} is no complainant of this case",
        "complainants: {known}",
        "{complainant} bukan pelapor dalam perkara ini",
        "pelapor: {known}",
    ),
    "complainant.withdrawn": words(
        "{complainant} withdrew already",
        "another complainant may",
        "{complainant} sudah mencabut",
        "pelapor lain masih dapat mencabut",
    ),
    "respondent.named": words(
        "{respondent} is a respondent already",
        "make an allegation against that handle",
        "{respondent} sudah menjadi terlapor",
        "buat dugaan terhadap sebutan itu",
    ),
    "respondent.unknown": words(
        "{respondent} is no respondent of this complaint",
        "respondents: {known}",
        "{respondent} bukan terlapor dalam perkara ini",
        "terlapor: {known}",
    ),
    "respondent.class": words(
        "somebody who is known belongs to a class",
        "name the class, or say that the person is not known",
        "orang yang dikenal mempunyai kelas",
        "sebut kelasnya, atau nyatakan orangnya belum dikenal",
    ),
    "allegation.unknown": words(
        "there is no allegation {number}",
        "allegations here: {known}",
        "tidak ada dugaan {number}",
        "dugaan di sini: {known}",
    ),
    "allegation.elsewhere": words(
        "allegation {number} is not on the owner's desk",
        "this is done to allegations that are undecided, established or returned",
        "dugaan {number} tidak berada di meja pemilik perkara",
        "ini dilakukan atas dugaan yang belum diputus, terbukti, atau dikembalikan",
    ),
    "allegation.same": words(
        "allegation {number} is read that way already",
        "name another category or other kinds",
        "dugaan {number} sudah demikian",
        "sebut kategori atau jenis lain",
    ),
    "allegation.decided": words(
        "allegation {number} is decided and was not sent back",
        "a plenary decides what is undecided or was returned",
        "dugaan {number} sudah diputus dan tidak dikembalikan",
        "pleno memutus yang belum diputus atau yang dikembalikan",
    ),
    # --- findings
    "finding.unsupported": words(
        "tracing has not supported it (last result: {traced})",
        "record tracing with the result supported first",
        "penelusuran belum mendukungnya (hasil terakhir: {traced})",
        "catat penelusuran dengan hasil supported dahulu",
    ),
    "finding.dated": words(
        "the case says already that it occurred on {occurred_from}",
        "a wrong date is corrected",
        "perkara sudah menyebut kejadian pada {occurred_from}",
        "tanggal yang salah dikoreksi",
    ),
    "finding.undated": words(
        "nothing says when it occurred",
        "give occurred_from and occurred_until with the finding",
        "belum ada yang menyebut kapan terjadi",
        "beri occurred_from dan occurred_until bersama temuan",
    ),
    # --- review
    "review.missing": words(
        "what is missing does not fit the finding that the requirements are {met}",
        "name what is missing exactly when formal or material requirements are not met",
        "yang kurang tidak sesuai dengan temuan bahwa syarat {met}",
        "sebut yang kurang tepat bila syarat formal atau materiel tidak terpenuhi",
    ),
    "review.incomplete": words(
        "a report that lacks a requirement cannot be registered",
        "ask for its completion, refuse the registration, or take it as preliminary information",
        "laporan yang kurang syarat tidak dapat diregistrasi",
        "minta perbaikan, tolak registrasi, atau jadikan informasi awal",
        "UU 10/2016 art. 134(3); Perbawaslu 7/2022 art. 15",
    ),
    "review.complete": words(
        "the requirements are met: nothing is left to complete",
        "register it",
        "syarat terpenuhi: tidak ada yang perlu diperbaiki",
        "registrasi laporannya",
    ),
    "review.preliminary": words(
        "the requirements are met: it is a report",
        "register it",
        "syarat terpenuhi: ini laporan",
        "registrasi laporannya",
    ),
    "review.follower": words(
        "the result {result} is not asked with what it leads to",
        "complete with completion, refuse with refusal, preliminary with preliminary, register alone, and other_office "
        "with delegation, or with refusal where it is for another institution",
        "hasil {result} tidak disertai langkah lanjutannya",
        "complete dengan completion, refuse dengan refusal, preliminary dengan preliminary, register sendiri, dan "
        "other_office dengan delegation, atau dengan refusal bila untuk institusi lain",
    ),
    "review.other_office": words(
        "a matter of another institution is not registered as handled_elsewhere only",
        "give handled_elsewhere as the reason, or delegate it inside the institution",
        "perkara institusi lain tidak diregistrasi hanya dengan alasan handled_elsewhere",
        "beri alasan handled_elsewhere, atau limpahkan di dalam institusi",
    ),
    "review.allegations": words(
        "nobody is accused of anything yet",
        "name a respondent and an allegation",
        "belum ada yang diduga",
        "sebut terlapor dan dugaannya",
    ),
    "completion.once": words(
        "completion was requested once already",
        "register it, refuse it, or take it as preliminary information",
        "perbaikan sudah pernah diminta sekali",
        "registrasi, tolak, atau jadikan informasi awal",
    ),
    "completion.items": words(
        "what is to be completed is not what is missing",
        "ask for items that the review found missing",
        "yang diminta bukan yang kurang",
        "minta hal yang dinyatakan kurang oleh kajian awal",
    ),
    "completion.empty": words(
        "nothing was completed",
        "name what the complainant gave",
        "tidak ada yang dilengkapi",
        "sebut apa yang dilengkapi pelapor",
    ),
    "refusal.review": words(
        "this reason belongs to tracing and findings",
        "give late, formal, material, not_election or handled_elsewhere",
        "alasan ini untuk penelusuran dan temuan",
        "beri late, formal, material, not_election, atau handled_elsewhere",
    ),
    "refusal.tracing": words(
        "tracing has not ended unsupported (last result: {traced})",
        "record tracing with the result unsupported first",
        "penelusuran belum berakhir tanpa dukungan (hasil terakhir: {traced})",
        "catat penelusuran dengan hasil unsupported dahulu",
    ),
    "refusal.unsupported": words(
        "the reason unsupported belongs to tracing that found nothing, and to nothing else",
        "give the reason that fits the stage",
        "alasan unsupported hanya untuk penelusuran yang tidak menemukan dukungan",
        "beri alasan yang sesuai dengan tahapnya",
    ),
    "refusal.stopped": words(
        "the reason stopped belongs to a finding, and to nothing else",
        "give the reason that fits the stage",
        "alasan stopped hanya untuk temuan",
        "beri alasan yang sesuai dengan tahapnya",
    ),
    "registration.kind": words(
        "at this stage it is registered as a {kind}",
        "name that kind",
        "pada tahap ini diregistrasi sebagai {kind}",
        "sebut jenis itu",
    ),
    # --- examination
    "hearing.closed": words(
        "no allegation is on the owner's desk",
        "hearings follow a return or a reopening",
        "tidak ada dugaan di meja pemilik perkara",
        "klarifikasi menyusul pengembalian atau pembukaan kembali",
    ),
    "hearing.whom": words(
        "a respondent's handle belongs to a respondent's hearing",
        "name it there and nowhere else",
        "sebutan terlapor untuk klarifikasi terlapor",
        "sebut di sana saja",
    ),
    "hearing.date": words(
        "the hearing lies before the day of its call",
        "set it for that day or later",
        "klarifikasi sebelum hari undangannya",
        "tetapkan pada hari itu atau sesudahnya",
    ),
    "hearing.unknown": words(
        "hearing {hearing} was never called",
        "hearings called: {known}",
        "klarifikasi {hearing} tidak pernah diundang",
        "klarifikasi yang diundang: {known}",
    ),
    "hearing.ended": words(
        "hearing {hearing} was held or missed already",
        "call another one",
        "klarifikasi {hearing} sudah dilaksanakan atau tidak dihadiri",
        "undang yang lain",
    ),
    "study.empty": words(
        "a study is about at least one allegation",
        "name the allegations it covers",
        "kajian membahas sedikitnya satu dugaan",
        "sebut dugaan yang dikaji",
    ),
    "status.untrue": words(
        "the facts do not say {what} yet",
        "announce what they say: {true}",
        "fakta belum menyatakan {what}",
        "umumkan yang sudah dinyatakan: {true}",
    ),
    # --- plenary
    "plenary.seats": words(
        "the register gives {office} no seats",
        "an office with seats holds plenaries",
        "daftar tidak menyebut jumlah anggota {office}",
        "pleno diadakan lembaga yang mempunyai anggota",
    ),
    "plenary.present_twice": words(
        "somebody is named twice among those present",
        "name each member once",
        "seseorang disebut dua kali di antara yang hadir",
        "sebut tiap anggota sekali",
    ),
    "plenary.present_many": words(
        "{present} members are more than the {seats} seats",
        "name members only",
        "{present} anggota melebihi {seats} kursi",
        "sebut anggota saja",
    ),
    "plenary.recused": words(
        "somebody recused was not present",
        "name the recused among those present too",
        "yang mundur tidak hadir",
        "sebut yang mundur di antara yang hadir",
    ),
    "plenary.conflict": words(
        "{member} has a recorded conflict of interest towards {respondent} and may not vote",
        "name {member} among the recused",
        "{member} mempunyai benturan kepentingan tercatat terhadap {respondent} dan tidak boleh memberi suara",
        "sebut {member} di antara yang mundur",
    ),
    "plenary.quorum": words(
        "{voting} voting members are not more than half of {seats} seats",
        "at least {needed} members vote",
        "{voting} anggota yang memberi suara tidak lebih dari separuh {seats} kursi",
        "sedikitnya {needed} anggota memberi suara",
    ),
    "plenary.impossible": words(
        "{voting} voting members are not more than half of {seats} seats, and the recused make a quorum impossible",
        "the office above decides: {above}",
        "{voting} anggota tidak lebih dari separuh {seats} kursi, dan yang mundur membuat kuorum mustahil",
        "lembaga di atasnya yang memutus: {above}",
    ),
    "plenary.empty": words(
        "a plenary votes on at least one allegation",
        "give a ballot for each",
        "pleno memutus sedikitnya satu dugaan",
        "beri suara untuk tiap dugaan",
    ),
    "plenary.twice": words(
        "one allegation has two ballots",
        "give one for each allegation",
        "satu dugaan mempunyai dua pemungutan suara",
        "beri satu untuk tiap dugaan",
    ),
    "plenary.tally": words(
        "allegation {number} has {cast} votes of {voting} voting members",
        "violation, not_violation and abstained add up to the voting members",
        "dugaan {number} mempunyai {cast} suara dari {voting} anggota",
        "violation, not_violation, dan abstained berjumlah sama dengan anggota yang memberi suara",
    ),
    "plenary.category": words(
        "allegation {number} would be a violation of no category",
        "name the category: {known}",
        "dugaan {number} akan menjadi pelanggaran tanpa kategori",
        "sebut kategorinya: {known}",
    ),
}
