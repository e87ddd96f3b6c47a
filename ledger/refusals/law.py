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
        "{topic} is no step of the track {track}, on which allegation {number} is",
        "steps that may follow now: {now}",
        "{topic} bukan langkah jalur {track}, tempat dugaan {number} berada",
        "langkah yang dapat menyusul sekarang: {now}",
    ),
    "step.standing": words(
        "{topic} is a step of a track, and allegation {number} is {standing}",
        "steps follow acceptance, a binding receipt, or retention",
        "{topic} adalah langkah suatu jalur, sedangkan dugaan {number} berstatus {standing}",
        "langkah menyusul penerimaan, penerimaan yang mengikat, atau penanganan sendiri",
    ),
    "step.office": words(
        "{office} does not take the step {topic}",
        "the act of one of these: {competent}",
        "{office} tidak mengambil langkah {topic}",
        "tindakan salah satu dari: {competent}",
    ),
    "track.not_yet": words(
        "{office} is competent on the track {track} from {since} on, not on {day}",
        "until then it is {competent}",
        "{office} berwenang pada jalur {track} sejak {since}, belum pada {day}",
        "sebelum itu yang berwenang {competent}",
    ),
    "step.order": words(
        "{topic} does not follow: the allegation is {state} on its track",
        "steps that may follow now: {now}",
        "{topic} tidak dapat menyusul: dugaan berada pada {state} di jalurnya",
        "langkah yang dapat menyusul sekarang: {now}",
    ),
    "step.twice": words(
        "{topic} was taken already on this track",
        "steps that may follow now: {now}",
        "{topic} sudah diambil pada jalur ini",
        "langkah yang dapat menyusul sekarang: {now}",
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
    "sanction.class": words(
        "a civil servant's sanction is not of the class {class_}",
        "its class is one of: {known}",
        "sanksi ASN tidak berkelas {class_}",
        "kelasnya salah satu dari: {known}",
    ),
    "dkpp.stage": words(
        "the stage {stage} is not the one to verify now; requirements met: {met}",
        "the papers first, then the substance, each until its requirements are met",
        "tahap {stage} bukan yang diverifikasi sekarang; syarat terpenuhi: {met}",
        "administrasi dahulu, lalu materiel, masing-masing sampai memenuhi syarat",
    ),
    "dkpp.proceeding": words(
        "proceeding {proceeding} was not read out on that day",
        "a decision of its own has the number {next}; one of the same day joins allegations",
        "perkara {proceeding} tidak dibacakan pada hari itu",
        "putusan tersendiri bernomor {next}; yang dibacakan pada hari yang sama menggabungkan dugaan",
    ),
    "crime.level": words(
        "no verdict of the level {level} can follow now",
        "the court where the case is decides as: {allowed}",
        "putusan tingkat {level} belum dapat menyusul",
        "pengadilan tempat perkara berada memutus sebagai: {allowed}",
    ),
    "referral.class": words(
        "respondents of the class {class_} are not on the track {track}",
        "their tracks: {tracks}",
        "terlapor berkelas {class_} tidak berada pada jalur {track}",
        "jalurnya: {tracks}",
    ),
}
