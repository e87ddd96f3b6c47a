"""How a case is told: one sentence for each fact, in Indonesian and English.

The Indonesian terms are the law's own. Sentences name public members only; what is sealed is not told here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.election_words import ELECTION_SENTENCES
from api.words import word
from ledger.speech import Said

SENTENCES: Final[Mapping[str, Said]] = {
    "ledger.opened.v1": Said("The ledger was opened as {origin}", "Buku besar dibuka sebagai {origin}"),
    "ledger.clock_corrected.v1": Said("The clock was corrected", "Jam dikoreksi"),
    "ledger.key_rotated.v1": Said(
        "Another key signs from size {from_size} on", "Kunci lain menandatangani sejak ukuran {from_size}"
    ),
    "ledger.closed.v1": Said("The ledger was closed", "Buku besar ditutup"),
    "office.established.v1": Said("{name} entered the register", "{name} masuk daftar lembaga"),
    "office.ended.v1": Said("The office ended on {on} ({legal_basis})", "Lembaga berakhir pada {on} ({legal_basis})"),
    **ELECTION_SENTENCES,
    "rulebook.regulation_adopted.v1": Said("The regulation {code} was adopted", "Peraturan {code} diadopsi"),
    "calendar.adopted.v1": Said("The calendar of {year} was adopted", "Kalender {year} diadopsi"),
    "rulebook.adopted.v1": Said("The rulebook was put into force", "Himpunan aturan diberlakukan"),
    "official.recorded.v1": Said("The official entered the register as {class}", "Pejabat dicatat sebagai {class}"),
    "official.class_changed.v1": Said(
        "The official is {class} since {since}", "Pejabat berkelas {class} sejak {since}"
    ),
    "official.relation_recorded.v1": Said(
        "A relation of the official was recorded: {kind} ({source})",
        "Hubungan pejabat dicatat: {kind} ({source})",
    ),
    "official.erased.v1": Said("The official was erased: {reason}", "Data pejabat dihapus: {reason}"),
    "complaint.filed.v1": Said("A report was received ({channel})", "Laporan diterima ({channel})"),
    "complaint.preliminary_noted.v1": Said(
        "Preliminary information was noted ({origin})", "Informasi awal dicatat ({origin})"
    ),
    "complaint.traced.v1": Said("Tracing: {result}", "Penelusuran: {result}"),
    "complaint.finding_fixed.v1": Said(
        "A finding was fixed, found on {found_on} ({origin})", "Temuan ditetapkan, ditemukan {found_on} ({origin})"
    ),
    "complaint.respondent_named.v1": Said("Respondent {respondent}: {class}", "Terlapor {respondent}: {class}"),
    "complaint.alleged.v1": Said(
        "Allegation {allegation} against {respondent}: {category}",
        "Dugaan {allegation} terhadap {respondent}: {category}",
    ),
    "complaint.recategorised.v1": Said(
        "Allegation {allegation} is read as {category}", "Dugaan {allegation} dibaca sebagai {category}"
    ),
    "complaint.reviewed.v1": Said("Initial review: {result}", "Kajian awal: {result}"),
    "complaint.completion_requested.v1": Said("Completion was requested: {items}", "Perbaikan diminta: {items}"),
    "complaint.completion_received.v1": Said("Completion was received: {items}", "Perbaikan diterima: {items}"),
    "complaint.registration_refused.v1": Said("Not registered: {reason}", "Tidak diregistrasi: {reason}"),
    "complaint.registered.v1": Said("Registered as a {kind}", "Diregistrasi sebagai {kind}"),
    "complaint.withdrawn.v1": Said("{complainant} withdrew", "{complainant} mencabut laporan"),
    "complaint.hearing_called.v1": Said(
        "Hearing {hearing} was called for {set_for}: {whom}", "Klarifikasi {hearing} diundang untuk {set_for}: {whom}"
    ),
    "complaint.hearing_held.v1": Said("Hearing {hearing} was held", "Klarifikasi {hearing} dilaksanakan"),
    "complaint.hearing_missed.v1": Said("Hearing {hearing} was missed", "Klarifikasi {hearing} tidak dihadiri"),
    "complaint.studied.v1": Said("Study {study} was completed", "Kajian {study} selesai"),
    "complaint.plenary_held.v1": Said("Plenary {plenary} was held", "Pleno {plenary} dilaksanakan"),
    "complaint.decided.v1": Said(
        "Allegation {allegation}: {decision} ({category})", "Dugaan {allegation}: {decision} ({category})"
    ),
    "complaint.status_announced.v1": Said("The status was announced: {what}", "Status diumumkan: {what}"),
    "complaint.evidence_added.v1": Said("Evidence {evidence} was added", "Bukti {evidence} ditambahkan"),
    "complaint.conflict_recorded.v1": Said(
        "{actor} has a conflict of interest towards {respondent} ({source})",
        "{actor} mempunyai benturan kepentingan terhadap {respondent} ({source})",
    ),
    "complaint.referral_offered.v1": Said(
        "Referral {referral} of allegation {allegation}, track {track}",
        "Penerusan {referral} dugaan {allegation}, jalur {track}",
    ),
    "complaint.referral_received.v1": Said("Referral {referral} arrived", "Penerusan {referral} diterima instansi"),
    "complaint.referral_accepted.v1": Said("Referral {referral} was accepted", "Penerusan {referral} ditangani"),
    "complaint.referral_returned.v1": Said(
        "Referral {referral} was returned: {reason}", "Penerusan {referral} dikembalikan: {reason}"
    ),
    "complaint.retained.v1": Said(
        "Allegation {allegation} is handled by the owner, track {track}",
        "Dugaan {allegation} ditangani sendiri, jalur {track}",
    ),
    "complaint.outcome.v1": Said(
        "Outcome of allegation {allegation}: {outcome} ({level})", "Hasil dugaan {allegation}: {outcome} ({level})"
    ),
    "complaint.corrected.v1": Said(
        "{member} of version {version} was corrected: {reason}", "{member} versi {version} dikoreksi: {reason}"
    ),
    "complaint.corrected_closed.v1": Said(
        "{member} of version {version} was corrected: {reason}", "{member} versi {version} dikoreksi: {reason}"
    ),
    "complaint.closed.v1": Said("The case was closed: {reason}", "Perkara ditutup: {reason}"),
    "complaint.reopened.v1": Said("The case was reopened: {reason}", "Perkara dibuka kembali: {reason}"),
    "complaint.erased.v1": Said("{of} was erased: {reason}", "Data {of} dihapus: {reason}"),
    "complaint.disclosed.v1": Said(
        "{member} of version {version} was disclosed", "{member} versi {version} diungkapkan"
    ),
    "asn.satgas_verified.v1": Said(
        "The task force verified allegation {allegation}: {result}",
        "Satgas memverifikasi dugaan {allegation}: {result}",
    ),
    "asn.recommended.v1": Said(
        "A sanction was recommended for allegation {allegation} (referral {referral})",
        "Sanksi atas dugaan {allegation} direkomendasikan (penerusan {referral})",
    ),
    "asn.authority_examined.v1": Said(
        "The personnel authority examined allegation {allegation}", "PPK memeriksa dugaan {allegation}"
    ),
    "asn.sanctioned.v1": Said(
        "Sanction for allegation {allegation}: {kind} ({class}; {basis})",
        "Sanksi atas dugaan {allegation}: {kind} ({class}; {basis})",
    ),
    "asn.sanction_delivered.v1": Said(
        "The decree on allegation {allegation} was delivered", "Keputusan atas dugaan {allegation} diserahkan"
    ),
    "asn.reprimanded.v1": Said(
        "The personnel authority was reprimanded about allegation {allegation}", "PPK ditegur atas dugaan {allegation}"
    ),
    "asn.data_blocked.v1": Said(
        "Personnel data were suspended over allegation {allegation} ({basis})",
        "Data kepegawaian diblokir atas dugaan {allegation} ({basis})",
    ),
    "asn.data_unblocked.v1": Said(
        "The suspension over allegation {allegation} was lifted ({basis})",
        "Blokir atas dugaan {allegation} dibuka ({basis})",
    ),
    "asn.objected.v1": Said(
        "The respondent objected in allegation {allegation}", "Terlapor mengajukan keberatan atas dugaan {allegation}"
    ),
    "asn.appealed.v1": Said(
        "The respondent appealed in allegation {allegation}", "Terlapor mengajukan banding atas dugaan {allegation}"
    ),
    "asn.appeal_decided.v1": Said(
        "Objection or appeal in allegation {allegation}: {result}",
        "Keberatan atau banding atas dugaan {allegation}: {result}",
    ),
    "asn.entered_in_idis.v1": Said(
        "Allegation {allegation} was entered in I'DIS", "Dugaan {allegation} tercatat di I'DIS"
    ),
    "dkpp.verified.v1": Said(
        "DKPP verified allegation {allegation}: {stage}, {result}",
        "DKPP memverifikasi dugaan {allegation}: {stage}, {result}",
    ),
    "dkpp.completed.v1": Said(
        "The complaint at DKPP about allegation {allegation} was completed",
        "Pengaduan DKPP atas dugaan {allegation} dilengkapi",
    ),
    "dkpp.registered.v1": Said("DKPP registered allegation {allegation}", "DKPP meregistrasi dugaan {allegation}"),
    "dkpp.hearing_held.v1": Said(
        "DKPP held a hearing on allegation {allegation}", "DKPP bersidang atas dugaan {allegation}"
    ),
    "dkpp.decision_read.v1": Said(
        "DKPP read out its decision on allegation {allegation} (proceeding {proceeding})",
        "DKPP membacakan putusan atas dugaan {allegation} (perkara {proceeding})",
    ),
    "dkpp.executed.v1": Said(
        "The decision of DKPP on allegation {allegation} was executed",
        "Putusan DKPP atas dugaan {allegation} dilaksanakan",
    ),
    "adhoc.team_formed.v1": Said(
        "A team was formed for allegation {allegation}", "Tim pemeriksa dugaan {allegation} dibentuk"
    ),
    "adhoc.examined.v1": Said("The team examined allegation {allegation}", "Tim memeriksa dugaan {allegation}"),
    "adhoc.executed.v1": Said(
        "The decision on allegation {allegation} was executed", "Keputusan atas dugaan {allegation} dilaksanakan"
    ),
    "admin.adjudicated.v1": Said(
        "Adjudication of allegation {allegation}: {decision}", "Putusan adjudikasi dugaan {allegation}: {decision}"
    ),
    "admin.acted.v1": Said(
        "KPU acted on the recommendation in allegation {allegation}",
        "KPU menindaklanjuti rekomendasi atas dugaan {allegation}",
    ),
    "admin.executed.v1": Said(
        "KPU executed the decision on allegation {allegation}", "KPU melaksanakan putusan atas dugaan {allegation}"
    ),
    "crime.discussed.v1": Said(
        "Discussion {discussion} of allegation {allegation} at Gakkumdu: {result}",
        "Pembahasan {discussion} dugaan {allegation} di Gakkumdu: {result}",
    ),
    "crime.investigation_started.v1": Said(
        "The police investigate allegation {allegation}", "Penyidikan dugaan {allegation} dimulai"
    ),
    "crime.investigation_stopped.v1": Said(
        "The investigation of allegation {allegation} was stopped", "Penyidikan dugaan {allegation} dihentikan"
    ),
    "crime.file_sent.v1": Said(
        "The file on allegation {allegation} went to the prosecutor", "Berkas dugaan {allegation} dikirim ke jaksa"
    ),
    "crime.file_returned.v1": Said(
        "The prosecutor returned the file on allegation {allegation}", "Jaksa mengembalikan berkas dugaan {allegation}"
    ),
    "crime.resubmitted.v1": Said(
        "The file on allegation {allegation} was submitted again", "Berkas dugaan {allegation} dikirim kembali"
    ),
    "crime.transferred.v1": Said(
        "Allegation {allegation} was transferred to the court", "Dugaan {allegation} dilimpahkan ke pengadilan"
    ),
    "crime.judged.v1": Said(
        "Verdict on allegation {allegation}: {verdict}", "Putusan pengadilan atas dugaan {allegation}: {verdict}"
    ),
    "crime.appealed.v1": Said(
        "The verdict on allegation {allegation} was appealed", "Putusan atas dugaan {allegation} dibanding"
    ),
    "complaint.extended.v1": Said("The examination was extended", "Pemeriksaan diperpanjang"),
    "complaint.joined.v1": Said("The case was joined to another one", "Perkara digabung ke perkara lain"),
    "complaint.admitted.v1": Said("Another case was joined to this one", "Perkara lain digabung ke perkara ini"),
    "complaint.separated.v1": Said("The case was separated again", "Perkara dipisahkan kembali"),
    "complaint.delegated.v1": Said("The complaint was delegated", "Laporan dilimpahkan"),
    "complaint.delegation_received.v1": Said("The delegated complaint was received", "Pelimpahan laporan diterima"),
    "complaint.taken_over.v1": Said(
        "The complaint was taken over by the office above", "Laporan diambil alih lembaga di atasnya"
    ),
    "complaint.respondent_reclassified.v1": Said(
        "{respondent} is of the class {class}", "{respondent} berkelas {class}"
    ),
    "complaint.referral_recalled.v1": Said("Referral {referral} was recalled", "Penerusan {referral} ditarik"),
    "complaint.dropped.v1": Said(
        "Allegation {allegation} was dropped: {reason}", "Dugaan {allegation} gugur: {reason}"
    ),
    "complaint.phase_set.v1": Said(
        "Allegation {allegation} lies in the phase {phase}", "Dugaan {allegation} berada pada fase {phase}"
    ),
    "complaint.deadline_started.v1": Said(
        "The time limit {rule} began; it is over at {due_at}", "Batas waktu {rule} mulai; berakhir pada {due_at}"
    ),
    "handover.offered.v1": Said("{count} files were handed over", "{count} berkas diserahterimakan"),
    "handover.tallied.v1": Said("The {side} counted {count} files", "{side} menghitung {count} berkas"),
}
"""One sentence for each topic of the catalogue; a test sees that none is missing."""


def told(topic: str, members: Mapping[str, Any]) -> Said:
    """A fact's sentence, with its public members in words."""
    sentence = SENTENCES[topic]
    return Said(sentence.en.format_map(_words(members, "en")), sentence.id.format_map(_words(members, "id")))


def _words(members: Mapping[str, Any], language: str) -> dict[str, str]:
    """Members as a sentence says them: codes by their words, arrays one after another."""
    said = {}
    for name, held in members.items():
        held_all = held if isinstance(held, list) else [held]
        said[name] = ", ".join(
            str(getattr(word(each), language)) if isinstance(each, str) else str(each) for each in held_all
        )
    return said
