"""Refusals beyond the decision: referrals, outcomes, ends and reopenings, corrections and disclosures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.refusals.words import Words, words

TRACKS: Final[Mapping[str, Words]] = {
    "referral.standing": words(
        "allegation {number} is {standing}, not on the owner's desk",
        "an established allegation without an open referral can be offered or retained",
        "dugaan {number} berstatus {standing}, tidak di meja pemilik perkara",
        "dugaan terbukti tanpa penerusan terbuka dapat diteruskan atau ditangani sendiri",
    ),
    "referral.handover": words(
        "referral {number} is still open at {predecessor}, which {successor} succeeds",
        "its files pass by the hand-over, not by a second referral; {successor} may act on it already",
        "penerusan {number} masih terbuka di {predecessor}, yang digantikan {successor}",
        "berkasnya beralih melalui serah terima, bukan penerusan kedua; {successor} sudah dapat menindaklanjutinya",
    ),
    "referral.competence": words(
        "{office} takes nothing on the track {track}",
        "competent there: {competent}",
        "{office} tidak menangani jalur {track}",
        "yang berwenang: {competent}",
    ),
    "referral.self": words(
        "an office refers nothing to itself",
        "retain the allegation instead",
        "lembaga tidak meneruskan kepada dirinya sendiri",
        "tangani sendiri dugaannya (retain)",
    ),
    "referral.region": words(
        "{office} is responsible for region {own}, not for {region}",
        "refer it to the office of the region, or to one above it",
        "{office} berwenang di wilayah {own}, bukan {region}",
        "teruskan ke lembaga wilayah itu, atau yang di atasnya",
    ),
    "referral.study": words(
        "no study of allegation {number} is recorded that could be attached",
        "record the study first, or offer without one: that is recorded as irregular",
        "tidak ada kajian dugaan {number} yang dapat dilampirkan",
        "catat kajiannya dahulu, atau teruskan tanpa kajian: itu dicatat sebagai tidak lazim",
    ),
    "referral.unknown": words(
        "there is no referral {number}",
        "referrals here: {known}",
        "tidak ada penerusan {number}",
        "penerusan di sini: {known}",
    ),
    "referral.past": words(
        "referral {number} is not the one under which allegation {allegation} stands",
        "that is referral {current}",
        "penerusan {number} bukan yang berlaku bagi dugaan {allegation}",
        "yang berlaku: penerusan {current}",
    ),
    "referral.returned": words(
        "referral {number} was returned already",
        "offer the allegation anew",
        "penerusan {number} sudah dikembalikan",
        "teruskan dugaannya kembali",
    ),
    "referral.received": words(
        "referral {number} arrived already",
        "accept or return it",
        "penerusan {number} sudah diterima",
        "tangani atau kembalikan",
    ),
    "referral.proof": words(
        "an arrival that the receiver does not record needs a proof",
        "give the proof",
        "penerimaan yang tidak dicatat penerima memerlukan bukti",
        "beri buktinya",
    ),
    "referral.accepted": words(
        "referral {number} was accepted already",
        "it can still be returned, until there is an outcome",
        "penerusan {number} sudah diterima untuk ditangani",
        "masih dapat dikembalikan selama belum ada hasil",
    ),
    "referral.binding": words(
        "referral {number} is binding: it is not accepted but acted on",
        "record its receipt",
        "penerusan {number} mengikat: bukan diterima, melainkan dilaksanakan",
        "catat penerimaannya",
    ),
    "referral.settled": words(
        "referral {number} has an outcome, or is not the one that stands",
        "an outcome is answered by another outcome, or by reopening",
        "penerusan {number} sudah ada hasilnya, atau bukan yang berlaku",
        "hasil dijawab dengan hasil lain, atau dengan membuka kembali",
    ),
    "outcome.standing": words(
        "allegation {number} is {standing}: no office has it on a track",
        "outcomes follow acceptance, a binding receipt, or retention",
        "dugaan {number} berstatus {standing}: belum ada lembaga yang menanganinya",
        "hasil menyusul penerimaan, penerimaan yang mengikat, atau penanganan sendiri",
    ),
    # --- ends and reopenings
    "closing.reason": words(
        "at this stage a case closes as {reason}",
        "give that reason",
        "pada tahap ini perkara ditutup sebagai {reason}",
        "beri alasan itu",
    ),
    "closing.open": words(
        "these allegations are not final: {waiting}",
        "close once each is cleared or settled",
        "dugaan ini belum selesai: {waiting}",
        "tutup setelah masing-masing tidak terbukti atau ada hasilnya",
    ),
    "reopening.open": words(
        "allegation {number} is not final",
        "name allegations that are cleared or settled",
        "dugaan {number} belum selesai",
        "sebut dugaan yang tidak terbukti atau sudah ada hasilnya",
    ),
    "reopening.empty": words(
        "a decided case is reopened for some of its allegations",
        "name them: {known}",
        "perkara yang sudah diputus dibuka kembali untuk sebagian dugaannya",
        "sebut dugaannya: {known}",
    ),
    # --- corrections and disclosures
    "version.unknown": words(
        "there is no version {version} yet",
        "the last one is {last}",
        "versi {version} belum ada",
        "yang terakhir {last}",
    ),
    "correction.path": words(
        "{member} is no path of a member",
        "write narrative, or complainants[0].name",
        "{member} bukan jalur anggota",
        "tulis narrative, atau complainants[0].name",
    ),
    "correction.member": words(
        "{member} of {topic} is not corrected but changed by a new act",
        "correctable there: {known}",
        "{member} dari {topic} tidak dikoreksi, melainkan diubah dengan tindakan baru",
        "yang dapat dikoreksi: {known}",
    ),
    "correction.absent": words(
        "nothing stands at {member} of version {version}",
        "name a member that holds a value",
        "tidak ada nilai pada {member} versi {version}",
        "sebut anggota yang mempunyai nilai",
    ),
    "correction.value": words(
        "{member} is corrected by {wanted}, and by nothing beside it",
        "give {wanted}",
        "{member} dikoreksi dengan {wanted} saja",
        "beri {wanted}",
    ),
    "correction.type": words(
        "the new value of {member} is of another type than {held}",
        "give a value of the same type",
        "nilai baru {member} berjenis lain dari {held}",
        "beri nilai sejenis",
    ),
    "correction.mark": words(
        "{topic} is {mark}, and its corrections are too",
        "correct it as what it is",
        "{topic} bersifat {mark}, demikian pula koreksinya",
        "koreksi sesuai sifatnya",
    ),
    "correction.same": words(
        "{member} holds that value already",
        "give another one",
        "{member} sudah bernilai demikian",
        "beri nilai lain",
    ),
    "correction.subject": words(
        "{member} is about {subject}",
        "name that subject, so that erasing the person erases the correction too",
        "{member} adalah tentang {subject}",
        "sebut subjek itu, agar penghapusan orangnya juga menghapus koreksinya",
    ),
    "disclosure.member": words(
        "no sealed value stands at {member} of version {version}",
        "name a sealed member",
        "tidak ada nilai tersegel pada {member} versi {version}",
        "sebut anggota yang tersegel",
    ),
    "disclosure.erased": words(
        "{member} is about somebody who was erased",
        "nobody can open it any more",
        "{member} tentang orang yang sudah dihapus datanya",
        "tidak ada lagi yang dapat membukanya",
    ),
}
