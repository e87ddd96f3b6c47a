"""The catalogue, written here a second time by hand: topics, members and codes are for ever, and change by a test only.

Each line: topic, mark, who records, from which stages, public members, sealed members by whom they are about. A member
that may be absent ends in `?`. A silent change of the code fails here.
"""

from __future__ import annotations

from enum import StrEnum

import pytest

from ledger.catalogue import CATALOGUE, Row
from ledger.complaint import codes
from ledger.complaint.codes import Stage
from ledger.complaint.facts.people import Complainant, Present, Witness
from ledger.complaint.facts.stages import ENDED
from ledger.complaint.track import codes as track_codes
from ledger.erasure import ErasureReason
from ledger.official.facts import RelationKind
from ledger.parties import ROLES, Party
from ledger.shape import shape_of
from ledger.values import Name, Role

TABLE = """
ledger.opened.v1           | open   | operator | - | ledger origin vkey clock predecessor? | -
ledger.clock_corrected.v1  | open   | operator | - | from reason | -
ledger.key_rotated.v1      | open   | operator | - | retired_key_id vkey from_size | -
ledger.closed.v1           | open   | operator | - | reason | -
office.established.v1      | open   | registry | - | kind level zone from name region? seats? parent? | -
office.ended.v1            | open   | registry | - | on legal_basis successor? | -
election.announced.v1      | open   | registry | - | regime kind polling_on regions? | -
election.stage_recorded.v1 | open   | registry | - | stage from until | -
election.pair_fixed.v1     | open   | registry | - | region on | -
election.revote_ordered.v1 | open   | registry | - | regions on ordered_by basis deadline? border? | -
rulebook.regulation_adopted.v1 | open | registry | - | code regulation digest | -
calendar.adopted.v1        | open   | registry | - | year calendar digest | -
rulebook.adopted.v1        | open   | registry | - | digests digest | -
official.recorded.v1       | closed | any_office | - | class since | official: name? nip? nik? position? unit?
official.class_changed.v1  | closed | any_office | - | class since | -
official.relation_recorded.v1 | closed | actor office_above any_office | - | kind source other until? \
  | official: ground?
official.erased.v1         | closed | protection_officer | - | of reason basis backups_expire_on second | -
complaint.filed.v1         | open   | intake | nothing \
  | election region occurred_from occurred_until known_on channel irregular? complainants? witnesses? \
  | case: narrative? place? received_number?
complaint.preliminary_noted.v1 | open | intake | nothing received \
  | origin election? region? occurred_from? occurred_until? known_on? channel? irregular? witnesses? \
  | case: narrative? place? source?
complaint.traced.v1        | open   | examiner | tracing | result | case: report?
complaint.finding_fixed.v1 | open   | plenary | nothing tracing withdrawn \
  | found_on origin election? region? occurred_from? occurred_until? known_on? channel? irregular? witnesses? \
  | case: place? report? narrative?
complaint.respondent_named.v1 | closed | intake examiner | GOING_ON | respondent class known \
  | respondent: official? name? position_class? unit?
complaint.alleged.v1       | open   | intake examiner | GOING_ON | allegation respondent category kinds? | -
complaint.recategorised.v1 | open   | examiner plenary | registered decided | allegation category kinds? | case: reason?
complaint.reviewed.v1      | open   | examiner | received | formal material result known_on missing? | case: reasons?
complaint.completion_requested.v1 | open | examiner | received | items | case: text?
complaint.completion_received.v1  | open | intake | awaiting_completion | items | case: text?
complaint.registration_refused.v1 | open | examiner | received awaiting_completion tracing found | reason | case: text?
complaint.registered.v1    | open   | examiner | reviewed found | kind irregular? | case: number
complaint.hearing_called.v1 | closed | examiner | registered decided | hearing whom set_for respondent? \
  | case: person? letter_number?
complaint.hearing_held.v1  | closed | examiner | registered decided | hearing | case: minutes?
complaint.hearing_missed.v1 | closed | examiner | registered decided | hearing | case: minutes?
complaint.studied.v1       | open   | examiner supervisor | registered decided | study allegations | case: text?
complaint.plenary_held.v1  | closed | plenary | registered decided | plenary seats present tally recused? irregular? \
  | case: votes? dissents? minutes_number?
complaint.decided.v1       | open   | plenary | registered decided | allegation plenary decision category kinds? \
  | case: reasons?
complaint.status_announced.v1 | open | examiner | ANY | what allegations? | case: notice_number? text?
complaint.referral_offered.v1 | open | owner holder | decided \
  | referral allegation to track binding study_attached handover? irregular? | case: letter_number?
complaint.referral_received.v1 | open | addressee proxy | decided | referral shown_by | case: proof?
complaint.referral_accepted.v1 | open | addressee proxy | decided | referral | case: their_number?
complaint.referral_returned.v1 | open | addressee proxy | decided | referral reason | case: their_number? text?
complaint.retained.v1      | open   | owner | decided | allegation track | -
complaint.outcome.v1       | open   | holder supervisor proxy | decided | allegation outcome level referral? \
  | case: decree_number? text?
complaint.withdrawn.v1     | open   | intake | BEFORE_DECIDED | complainant | complainant: text?
complaint.conflict_recorded.v1 | closed | actor office_above | GOING_ON | actor respondent source | case: kind? ground?
complaint.corrected.v1     | open   | recording_office owner | ANY | version member reason value? \
  | subject: replacement? case: text?
complaint.corrected_closed.v1 | closed | recording_office owner | ANY | version member reason value? \
  | subject: replacement? case: text?
complaint.closed.v1        | open   | owner | decided not_registered withdrawn | reason allegations? irregular? \
  | case: text?
complaint.reopened.v1      | open   | owner | closed not_registered withdrawn | reason allegations? irregular? \
  | case: text?
complaint.evidence_added.v1 | open  | intake examiner holder | GOING_ON | evidence | case: title? digest? source?
complaint.erased.v1        | closed | protection_officer | ANY | of reason basis backups_expire_on second | -
complaint.disclosed.v1     | closed | owner | ANY | version member to basis | -
complaint.extended.v1      | open   | examiner plenary | registered | - | case: reason?
complaint.joined.v1        | open   | owner | GOING_ON | into | case: text?
complaint.admitted.v1      | open   | owner | GOING_ON | joined | -
complaint.separated.v1     | open   | owner | joined | - | case: text?
complaint.delegated.v1     | open   | owner | GOING_ON | to | case: letter_number?
complaint.delegation_received.v1 | open | delegate | GOING_ON | - | case: number?
complaint.taken_over.v1    | open   | office_above | GOING_ON | - | case: text?
complaint.respondent_reclassified.v1 | closed | examiner | GOING_ON | respondent class since? | respondent: text?
complaint.referral_recalled.v1 | open | owner holder | decided | referral | case: text?
complaint.dropped.v1       | open   | owner | registered decided | allegation reason | case: text?
complaint.phase_set.v1     | open   | examiner plenary | registered decided | allegation phase | -
complaint.deadline_started.v1 | open | actor addressee any_office delegate examiner holder intake \
  executor office_above operator owner plenary protection_officer proxy recording_office registry supervisor | ANY \
  | deadline rule rulebook_digest started_by doer office due_at zone trace verified calendar_digests? starts_on? \
  starts_at? allegation? referral? replaces? | -
handover.offered.v1        | open   | holder | - | from to count items digest legal_basis? | -
handover.tallied.v1        | open   | holder addressee | - | side count digest | -
asn.satgas_verified.v1     | open   | supervisor holder proxy | decided | allegation result | case: text?
asn.recommended.v1         | open   | holder proxy | decided | allegation referral class? | case: letter_number?
asn.authority_examined.v1  | closed | holder proxy | decided | allegation | case: minutes?
asn.sanctioned.v1          | open   | holder proxy | decided | allegation class kind basis months? irregular? \
  | case: decree_number?
asn.sanction_delivered.v1  | open   | holder proxy | decided | allegation | -
asn.reprimanded.v1         | open   | supervisor proxy | decided | allegation | case: letter_number?
asn.data_blocked.v1        | open   | supervisor proxy | decided | allegation basis | -
asn.data_unblocked.v1      | open   | supervisor proxy | decided | allegation basis | -
asn.objected.v1            | open   | holder proxy | decided | allegation | case: text?
asn.appealed.v1            | open   | holder proxy | decided | allegation | case: text?
asn.appeal_decided.v1      | open   | holder proxy | decided | allegation result | case: decree_number?
asn.entered_in_idis.v1     | open   | supervisor holder proxy | decided | allegation | -
dkpp.verified.v1           | open   | holder proxy | decided | allegation stage result | -
dkpp.completed.v1          | open   | holder proxy | decided | allegation | -
dkpp.registered.v1         | open   | holder proxy | decided | allegation | case: number?
dkpp.hearing_held.v1       | open   | holder proxy | decided | allegation | case: minutes?
dkpp.decision_read.v1      | open   | holder proxy | decided | allegation proceeding | case: number?
dkpp.executed.v1           | open   | holder executor proxy | decided | allegation | case: decree_number?
adhoc.team_formed.v1       | open   | holder proxy | decided | allegation | case: decree_number?
adhoc.examined.v1          | closed | holder proxy | decided | allegation | case: minutes?
adhoc.executed.v1          | open   | holder proxy | decided | allegation | case: decree_number?
admin.adjudicated.v1       | open   | holder proxy | decided | allegation decision | case: number?
admin.acted.v1             | open   | holder proxy | decided | allegation | case: letter_number? text?
admin.executed.v1          | open   | holder executor proxy | decided | allegation | case: letter_number?
crime.discussed.v1         | open   | holder proxy | decided | allegation discussion result | case: minutes?
crime.investigation_started.v1 | open | holder proxy | decided | allegation | case: number?
crime.investigation_stopped.v1 | open | holder proxy | decided | allegation | case: text?
crime.file_sent.v1         | open   | holder proxy | decided | allegation | case: number?
crime.file_returned.v1     | open   | holder proxy | decided | allegation | case: text?
crime.resubmitted.v1       | open   | holder proxy | decided | allegation | case: number?
crime.transferred.v1       | open   | holder proxy | decided | allegation | case: number?
crime.judged.v1            | open   | holder proxy | decided | allegation level verdict | case: number?
crime.appealed.v1          | open   | holder proxy | decided | allegation | -
"""

GOING_ON = {"received", "awaiting_completion", "tracing", "found", "reviewed", "registered", "decided"}
ENDINGS = {"not_registered", "withdrawn", "closed"}
STAGES = {
    "-": set(),
    "GOING_ON": GOING_ON,
    "BEFORE_DECIDED": GOING_ON - {"decided"},
    "ANY": GOING_ON | ENDINGS | {"joined"},
}
LINES = {
    cells[0]: cells[1:]
    for line in TABLE.replace("\\\n", "").strip().splitlines()
    for cells in [[cell.strip() for cell in line.split("|")]]
}
AT_AN_INSTANT = {
    "complaint.filed.v1",
    "complaint.referral_received.v1",
    "complaint.hearing_held.v1",
    "complaint.hearing_missed.v1",
    "complaint.plenary_held.v1",
}
NEVER_CORRECTED = {"votes", "dissents", "official", "digest", "replacement"}
"""Sealed values that change by a new act only: what was voted, who it is about, which bytes were given."""


def _sealed(cell: str) -> set[tuple[str, str]]:
    """(member, whom it is about) of every sealed member."""
    found, subject = set(), ""
    for word in cell.replace("-", "").split():
        if word.endswith(":"):
            subject = word[:-1]
        else:
            found.add((word, subject))
    return found


def test_the_catalogue_has_these_topics_and_no_others() -> None:
    """A topic is added here and in CATALOGUE.md first."""
    assert set(CATALOGUE) == set(LINES)


@pytest.mark.parametrize("topic", LINES)
def test_a_row_is_as_the_catalogue_says(topic: str) -> None:
    """Mark, who records, from which stages, public members, and sealed members by whom they are about."""
    mark, by, stages, public, sealed = LINES[topic]
    row: Row = CATALOGUE[topic]
    assert row.open is (mark == "open")
    assert row.by == {Party(party) for party in by.split()}
    assert {stage.value for stage in row.stages} == STAGES.get(stages, set(stages.split()))
    assert {_named(row, member.name) for member in row.members if not member.sealed} == set(public.split()) - {"-"}
    about = {(_named(row, each.name), each.about or "case") for each in row.members if each.sealed}
    assert about == _sealed(sealed)
    assert row.at_an_instant is (topic in AT_AN_INSTANT)


def _named(row: Row, name: str) -> str:
    return name + ("" if next(each for each in row.members if each.name == name).required else "?")


def test_an_open_topic_carries_no_words_of_a_case() -> None:
    """Envelopes and open topics identify nobody: free text stands in the registers' public names and nowhere else."""
    free = shape_of(Name).schema
    holding = {topic for topic, row in CATALOGUE.items() for each in row.members if each.schema == free}
    assert {topic for topic in holding if CATALOGUE[topic].stages and CATALOGUE[topic].open} == set()


@pytest.mark.parametrize(
    ("people", "members"),
    [
        (Complainant, {"handle", "name", "id_number", "address", "phone", "email", "capacity"}),
        (Witness, {"handle", "name", "address", "phone"}),
        (Present, {"handle", "who"}),
    ],
)
def test_people_stand_by_handle_and_everything_else_of_them_is_sealed(people: type, members: set[str]) -> None:
    """The names and addresses of people stand in no entry."""
    described = shape_of(people).schema["properties"]
    assert set(described) == members
    reference = {name for name, schema in described.items() if schema["type"] == "object"}
    assert reference == members - {"handle"}


def test_what_may_be_corrected_is_a_date_a_region_or_a_sealed_text() -> None:
    """Decisions, votes, outcomes, category and holder change only by a new act."""
    public = {"region", "occurred_from", "occurred_until", "known_on", "found_on", "set_for"}
    for row in CATALOGUE.values():
        sealed = {member.name for member in row.members if member.sealed} - NEVER_CORRECTED
        plain = {member for member in row.correctable if "." not in member}
        if row.stages and row.correctable:
            assert plain <= sealed | public, row.topic
            assert sealed <= plain, row.topic
            named = {each.name for each in row.members if not each.sealed}
            assert named & public <= plain, row.topic


@pytest.mark.parametrize(
    "topic",
    [
        "complaint.alleged.v1",
        "complaint.retained.v1",
        "complaint.conflict_recorded.v1",
        "complaint.corrected.v1",
        "complaint.corrected_closed.v1",
        "complaint.erased.v1",
        "complaint.disclosed.v1",
    ],
)
def test_some_facts_have_nothing_that_may_be_corrected(topic: str) -> None:
    """A conflict, an erasure, a correction stand as they are."""
    assert CATALOGUE[topic].correctable == frozenset()


CODES: dict[type[StrEnum], str] = {
    codes.RespondentClass: "asn non_asn kpu_member kpu_adhoc bawaslu_member bawaslu_adhoc organiser_secretariat "
    "village_head tni polri regional_head state_company unknown",
    codes.Channel: "in_person post online media other",
    codes.PreliminaryOrigin: "tip media report",
    codes.FindingOrigin: "supervision tracing withdrawn",
    codes.Category: "undetermined administrative ethics crime other_law",
    codes.Kind: "n01 n02 n03 n04 n05 n06 n07 n08 n09 n10 n11 n12 n13",
    codes.TracingResult: "ongoing supported unsupported",
    codes.ReviewResult: "register complete refuse preliminary other_office",
    codes.Requirement: "complainant_name complainant_address respondent signature time place description evidence",
    codes.RefusalReason: "late formal material not_election handled_elsewhere unsupported stopped",
    codes.Whom: "respondent complainant witness expert",
    codes.Decision: "violation not_violation",
    codes.Announcement: "received not_registered registered decided referred outcome",
    codes.Track: "asn dkpp kpu_adhoc bawaslu_adhoc kpu_admin crime other",
    codes.ShownBy: "receiver delivery_proof",
    codes.ReturnReason: "no_study incomplete wrong_body duplicate other",
    codes.OutcomeLevel: "first appeal final",
    codes.ConflictSource: "declared established",
    codes.CorrectionReason: "clerical identity date court",
    codes.ClosingReason: "settled not_registered withdrawn",
    codes.ReopeningReason: "new_evidence appeal court error",
    codes.Irregularity: "report_late finding_late no_study no_hearing no_status_notice",
    codes.RegistrationKind: "report finding",
    codes.DropReason: "died moot",
    codes.Phase: "before_pairs after_pairs",
    track_codes.VerificationResult: "passed rejected cancelled",
    track_codes.SanctionClass: "moral light medium heavy contract ethics administrative criminal",
    track_codes.SanctionKind: "closed_statement open_statement oral_reprimand written_reprimand "
    "written_dissatisfaction allowance_cut demotion released_from_post honourable_dismissal pay_rise_delay "
    "promotion_delay rank_down contract_terminated",
    track_codes.AppealResult: "upheld changed annulled",
    track_codes.DkppStage: "administrative material",
    track_codes.DkppResult: "ms bms tms",
    track_codes.DiscussionResult: "proceed stop",
    track_codes.Verdict: "guilty acquitted",
    Role: "intake examiner plenary holder supervisor registry operator auditor protection_officer",
    RelationKind: "same_unit kin party earlier_case same_person head member",
    ErasureReason: "request retention_ended unlawful court",
}


@pytest.mark.parametrize("enum", CODES, ids=lambda enum: enum.__name__)
def test_a_list_of_codes_is_as_the_catalogue_says(enum: type[StrEnum]) -> None:
    """Codes are added to, and never renamed."""
    assert [code.value for code in enum] == CODES[enum].split()


def test_the_three_endings_admit_what_the_catalogue_lists_and_nothing_else() -> None:
    """Corrected, StatusAnnounced, Erased, Disclosed everywhere; what leads on, where it does."""
    assert {stage.value for stage in ENDED} == ENDINGS
    everywhere = {"deadline_started", "status_announced", "erased", "disclosed", "reopened"} | {
        "corrected",
        "corrected_closed",
    }
    for ending, more in (("closed", set()), ("not_registered", {"closed"}), ("withdrawn", {"closed", "finding_fixed"})):
        admitted = {topic.split(".")[1] for topic, row in CATALOGUE.items() if Stage(ending) in row.stages}
        assert admitted == everywhere | more, ending


def test_the_auditor_records_nothing() -> None:
    """An auditor reads and verifies."""
    assert all(Role.AUDITOR not in roles for roles in ROLES.values())


def test_parties_record_in_these_roles() -> None:
    """The roles of the token that each letter of the catalogue's column stands for."""
    assert {party.value: " ".join(sorted(roles)) for party, roles in ROLES.items()} == {
        "intake": "intake",
        "examiner": "examiner",
        "plenary": "plenary",
        "owner": "examiner plenary",
        "holder": "holder",
        "addressee": "holder intake",
        "supervisor": "supervisor",
        "proxy": "examiner holder",
        "actor": "examiner holder intake plenary",
        "office_above": "examiner plenary",
        "recording_office": "examiner holder intake plenary",
        "protection_officer": "protection_officer",
        "any_office": "examiner intake",
        "registry": "registry",
        "operator": "operator",
        "delegate": "examiner intake",
        "executor": "examiner holder",
    }
