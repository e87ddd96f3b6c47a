"""How a case is told: one sentence for each fact, and a word for each code, in Indonesian and English.

The Indonesian terms are the law's own. Sentences name public members only; what is sealed is not told here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

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
