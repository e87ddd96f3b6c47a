"""How a case is told: one sentence for each fact, and a word for each code, in Indonesian and English.

The Indonesian terms are the law's own. Sentences name public members only; what is sealed is not told here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.track_words import MARKS
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
    "election.announced.v1": Said("Polling was set for {polling_on}", "Pemungutan suara ditetapkan {polling_on}"),
    "rulebook.regulation_adopted.v1": Said("The regulation {code} was adopted", "Peraturan {code} diadopsi"),
    "calendar.adopted.v1": Said("The calendar of {year} was adopted", "Kalender {year} diadopsi"),
    "rulebook.adopted.v1": Said("The rulebook was put into force", "Himpunan aturan diberlakukan"),
    "official.recorded.v1": Said("The official entered the register as {class}", "Pejabat dicatat sebagai {class}"),
    "official.class_changed.v1": Said(
        "The official is {class} since {since}", "Pejabat berkelas {class} sejak {since}"
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
    "handover.offered.v1": Said("{count} files were handed over", "{count} berkas diserahterimakan"),
    "handover.tallied.v1": Said("{count} files were counted", "{count} berkas dihitung"),
}
"""One sentence for each topic of the catalogue; a test sees that none is missing."""

CODES: Final[Mapping[str, Said]] = {
    "asn": Said("civil servant", "ASN"),
    "non_asn": Said("contract staff", "pegawai non-ASN"),
    "kpu_member": Said("member of KPU", "anggota KPU"),
    "kpu_adhoc": Said("ad hoc person of KPU", "badan ad hoc KPU"),
    "bawaslu_member": Said("member of Bawaslu", "anggota Bawaslu"),
    "bawaslu_adhoc": Said("ad hoc person of Bawaslu", "badan ad hoc Bawaslu"),
    "organiser_secretariat": Said("secretariat of an election organiser", "sekretariat penyelenggara"),
    "village_head": Said("village head", "kepala desa"),
    "tni": Said("member of the armed forces", "anggota TNI"),
    "polri": Said("member of the police", "anggota Polri"),
    "regional_head": Said("regional head", "kepala daerah"),
    "state_company": Said("staff of a state company", "pegawai BUMN/BUMD"),
    "unknown": Said("unknown", "belum diketahui"),
    "in_person": Said("in person", "datang langsung"),
    "post": Said("by post", "pos"),
    "online": Said("online", "daring"),
    "media": Said("media", "media"),
    "other": Said("other", "lainnya"),
    "tip": Said("tip", "laporan lisan atau anonim"),
    "report": Said("report", "laporan"),
    "finding": Said("finding", "temuan"),
    "supervision": Said("supervision", "hasil pengawasan"),
    "tracing": Said("tracing", "penelusuran"),
    "withdrawn": Said("withdrawn", "dicabut"),
    "ongoing": Said("ongoing", "berlangsung"),
    "supported": Said("supported", "didukung bukti"),
    "unsupported": Said("unsupported", "tidak didukung bukti"),
    "undetermined": Said("undetermined", "belum ditentukan"),
    "administrative": Said("administrative violation", "pelanggaran administrasi"),
    "ethics": Said("ethics violation", "pelanggaran kode etik"),
    "crime": Said("election crime", "tindak pidana"),
    "other_law": Said("violation of other law", "pelanggaran hukum lainnya"),
    "register": Said("can be registered", "dapat diregistrasi"),
    "complete": Said("to be completed", "perlu perbaikan"),
    "refuse": Said("not to be registered", "tidak dapat diregistrasi"),
    "preliminary": Said("taken as preliminary information", "dijadikan informasi awal"),
    "other_office": Said("a matter of another office", "kewenangan lembaga lain"),
    "complainant_name": Said("complainant's name", "nama pelapor"),
    "complainant_address": Said("complainant's address", "alamat pelapor"),
    "respondent": Said("respondent", "terlapor"),
    "signature": Said("signature", "tanda tangan"),
    "time": Said("time", "waktu kejadian"),
    "place": Said("place", "tempat kejadian"),
    "description": Said("description", "uraian kejadian"),
    "evidence": Said("evidence", "bukti"),
    "late": Said("late", "lewat waktu"),
    "formal": Said("formal requirements", "syarat formal"),
    "material": Said("material requirements", "syarat materiel"),
    "not_election": Said("not an election matter", "bukan perkara pemilihan"),
    "handled_elsewhere": Said("handled elsewhere", "ditangani lembaga lain"),
    "stopped": Said("stopped", "dihentikan"),
    "complainant": Said("complainant", "pelapor"),
    "witness": Said("witness", "saksi"),
    "expert": Said("expert", "ahli"),
    "violation": Said("alleged violation established", "dugaan pelanggaran"),
    "not_violation": Said("not a violation", "bukan pelanggaran"),
    "received": Said("received", "diterima"),
    "not_registered": Said("not registered", "tidak diregistrasi"),
    "registered": Said("registered", "diregistrasi"),
    "decided": Said("decided", "diputus"),
    "referred": Said("referred", "diteruskan"),
    "outcome": Said("outcome", "hasil"),
    "dkpp": Said("ethics court (DKPP)", "etik di DKPP"),
    "kpu_admin": Said("administrative, at KPU", "administrasi di KPU"),
    "no_study": Said("no study", "tanpa kajian"),
    "no_hearing": Said("no hearing", "tanpa klarifikasi"),
    "no_status_notice": Said("no status notice", "tanpa pemberitahuan status"),
    "report_late": Said("report late", "laporan lewat waktu"),
    "finding_late": Said("finding late", "temuan lewat waktu"),
    "incomplete": Said("incomplete", "tidak lengkap"),
    "wrong_body": Said("wrong body", "bukan kewenangan"),
    "duplicate": Said("duplicate", "ganda"),
    "first": Said("first word", "tingkat pertama"),
    "appeal": Said("on appeal", "banding"),
    "final": Said("final", "akhir"),
    "declared": Said("declared", "dinyatakan sendiri"),
    "established": Said("established", "ditetapkan"),
    "clerical": Said("clerical", "salah tulis"),
    "identity": Said("identity", "identitas"),
    "date": Said("date", "tanggal"),
    "court": Said("court", "putusan pengadilan"),
    "settled": Said("settled", "selesai"),
    "new_evidence": Said("new evidence", "bukti baru"),
    "error": Said("error", "kekeliruan"),
    "request": Said("request", "permintaan"),
    "retention_ended": Said("retention ended", "masa simpan berakhir"),
    "unlawful": Said("unlawful", "tidak sah"),
    "proven": Said("proven", "terbukti"),
    "not_proven": Said("not proven", "tidak terbukti"),
    "sanctioned": Said("sanctioned", "dijatuhi sanksi"),
    "rehabilitated": Said("rehabilitated", "direhabilitasi"),
    "warned": Said("warned", "diperingatkan"),
    "dismissed": Said("dismissed", "diberhentikan"),
    "cannot_be_processed": Said("cannot be processed", "tidak dapat diproses"),
    "corrected": Said("corrected", "diperbaiki"),
    "convicted": Said("convicted", "dipidana"),
    "acquitted": Said("acquitted", "bebas"),
    "receiver": Said("the receiver's own word", "pernyataan penerima"),
    "delivery_proof": Said("proof of delivery", "bukti pengiriman"),
    "bawaslu": Said("election supervisor (Bawaslu)", "Bawaslu"),
    "kpu": Said("election commission (KPU)", "KPU"),
    "kasn": Said("civil service commission (KASN)", "KASN"),
    "bkn": Said("civil service agency (BKN)", "BKN"),
    "home_ministry": Said("home ministry", "Kementerian Dalam Negeri"),
    "personnel_authority": Said("personnel authority", "pejabat pembina kepegawaian"),
    "gakkumdu": Said("integrated law enforcement (Gakkumdu)", "Sentra Gakkumdu"),
    "national": Said("national", "pusat"),
    "province": Said("provincial", "provinsi"),
    "regency": Said("regency or city", "kabupaten/kota"),
    "pilkada": Said("regional-head election (Pilkada)", "Pilkada"),
    "pemilu": Said("general election (Pemilu)", "Pemilu"),
    "governor": Said("governor", "gubernur"),
    "regent": Said("regent", "bupati"),
    "mayor": Said("mayor", "wali kota"),
    "president": Said("president", "presiden"),
    "legislature": Said("legislature", "anggota legislatif"),
    "real": Said("the machine's clock", "jam mesin"),
    "simulated": Said("a simulated clock", "jam simulasi"),
    "both": Said("Pilkada and Pemilu", "Pilkada dan Pemilu"),
    "calendar_day": Said("calendar days", "hari kalender"),
    "working_day": Said("working days", "hari kerja"),
    "hour": Said("hours", "jam"),
    "owner": Said("the office that handles the complaint", "lembaga yang menangani laporan"),
    "task_force": Said("neutrality task force", "Satgas Netralitas"),
    "kpu_team": Said("KPU's examining team", "tim pemeriksa KPU"),
    "executor": Said("the organiser that executes", "penyelenggara yang melaksanakan"),
    "investigator": Said("investigator", "penyidik"),
    "prosecutor": Said("prosecutor", "penuntut umum"),
    "district_court": Said("district court", "pengadilan negeri"),
    "high_court": Said("high court", "pengadilan tinggi"),
    "parties": Said("prosecutor or defendant", "penuntut umum atau terdakwa"),
    "data_controller": Said("data controller", "pengendali data pribadi"),
    "discipline": Said("discipline", "disiplin"),
    "moral": Said("moral sanction", "sanksi moral"),
    "light": Said("light", "ringan"),
    "medium": Said("medium", "sedang"),
    "heavy": Said("heavy", "berat"),
    "contract": Said("by contract", "menurut kontrak"),
    "criminal": Said("criminal", "pidana"),
    "against": Said("against the respondent", "memberatkan terlapor"),
    "cleared": Said("in the respondent's favour", "membebaskan terlapor"),
    "not_processed": Said("without a decision on the act", "tanpa putusan atas perbuatan"),
    "remedied": Said("remedied", "dipulihkan"),
    "wib": Said("Western Indonesia Time (UTC+7)", "WIB"),
    "wita": Said("Central Indonesia Time (UTC+8)", "WITA"),
    "wit": Said("Eastern Indonesia Time (UTC+9)", "WIT"),
    "passed": Said("passed", "lolos"),
    "rejected": Said("rejected", "ditolak"),
    "cancelled": Said("cancelled", "dibatalkan"),
    "closed_statement": Said("closed statement", "pernyataan tertutup"),
    "open_statement": Said("open statement", "pernyataan terbuka"),
    "oral_reprimand": Said("oral reprimand", "teguran lisan"),
    "written_reprimand": Said("written reprimand", "teguran tertulis"),
    "written_dissatisfaction": Said("written statement of dissatisfaction", "pernyataan tidak puas secara tertulis"),
    "allowance_cut": Said("cut of the performance allowance", "pemotongan tunjangan kinerja"),
    "demotion": Said("demotion", "penurunan jabatan"),
    "released_from_post": Said("release from the post", "pembebasan dari jabatan"),
    "honourable_dismissal": Said(
        "honourable dismissal not at own request", "pemberhentian dengan hormat tidak atas permintaan sendiri"
    ),
    "pay_rise_delay": Said("delay of the periodic pay rise", "penundaan kenaikan gaji berkala"),
    "promotion_delay": Said("delay of promotion", "penundaan kenaikan pangkat"),
    "rank_down": Said("lowering of rank", "penurunan pangkat"),
    "contract_terminated": Said("end of the contract", "pemutusan kontrak"),
    "upheld": Said("upheld", "dikuatkan"),
    "changed": Said("changed", "diubah"),
    "annulled": Said("annulled", "dibatalkan"),
    "ms": Said("requirements met (MS)", "memenuhi syarat (MS)"),
    "bms": Said("requirements not yet met (BMS)", "belum memenuhi syarat (BMS)"),
    "tms": Said("requirements not met (TMS)", "tidak memenuhi syarat (TMS)"),
    "proceed": Said("proceeds", "dilanjutkan"),
    "stop": Said("stops", "dihentikan"),
    "guilty": Said("guilty", "bersalah"),
    "died": Said("died", "meninggal"),
    "moot": Said("moot", "gugur"),
    "before_pairs": Said("before the pairs were fixed", "sebelum penetapan pasangan calon"),
    "after_pairs": Said("after the pairs were fixed", "sesudah penetapan pasangan calon"),
    "joined": Said("joined", "digabung"),
    **MARKS,
}
"""A word for a code; a code without one is told as it is written."""


def told(topic: str, members: Mapping[str, Any]) -> Said:
    """A fact's sentence, with its public members in words."""
    sentence = SENTENCES[topic]
    return Said(sentence.en.format_map(_words(members, "en")), sentence.id.format_map(_words(members, "id")))


def word(code: str) -> Said:
    """The word for a code."""
    return CODES.get(code, Said(code, code))


def _words(members: Mapping[str, Any], language: str) -> dict[str, str]:
    """Members as a sentence says them: codes by their words, arrays one after another."""
    said = {}
    for name, held in members.items():
        held_all = held if isinstance(held, list) else [held]
        said[name] = ", ".join(
            str(getattr(word(each), language)) if isinstance(each, str) else str(each) for each in held_all
        )
    return said
