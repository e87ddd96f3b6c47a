"""Relations of officials in a real ledger: found through the key store alone, copied, guarded, and linking nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from api.cleanness import prove_clean
from api.wiring import House
from ledger.complaint.cleanness import As, When
from ledger.complaint.codes import ConflictSource, RespondentClass
from ledger.complaint.commands import TakeOverComplaint
from ledger.complaint.facts import ConflictRecorded
from ledger.concepts import evolved
from ledger.erasing import Erasure, erase
from ledger.erasure import ErasureReason
from ledger.errors import Refused
from ledger.official.commands import RecordOfficial, RecordRelation, office_side, staff_side
from ledger.official.facts import RelationKind
from ledger.values import Actor, Name, Person, Plain, Role, Staff, StreamId
from tests.builders import at, ballot, on
from tests.flow.asking import Jambi, registrar_of
from tests.flow.test_moved_guards import Between

NIP = "nip:198001012005011001"
MEMBER = Staff("anggota2", "Anggota Contoh 2")
EXAMINER = Staff("examiner.kota-jambi", "Petugas Contoh examiner")


@dataclass(frozen=True)
class Register:
    """The register of officials, kept by Bawaslu Kota Jambi."""

    jambi: Jambi

    def official(self, *keys: str) -> StreamId:
        """An official whom the numbers find again; by default the first respondent of the other helpers."""
        command = RecordOfficial(
            act=on("2024-06-01", self.jambi.offices.bawaslu_jambi),
            official=Person("r", keys or (NIP,)),
            class_=RespondentClass.ASN,
            since=date(2020, 1, 1),
            name=Plain("Terlapor Contoh 1"),
        )
        return self.jambi.ask(command).entries[0].stream

    def declare(self, official: StreamId, staff: Staff, role: Role = Role.PLENARY, jambi: Jambi | None = None) -> None:
        """A member of staff declares that they are kin."""
        office = self.jambi.offices.bawaslu_jambi
        command = self.relation(official, staff_side(staff.account, staff.name))
        (jambi or self.jambi).registrar.submit(command, by=Actor(office, role, staff))

    def belongs(self, official: StreamId, office: StreamId, kind: RelationKind = RelationKind.MEMBER) -> None:
        """An office declares its own member."""
        command = replace(
            self.relation(official, office_side(office)), act=on("2024-06-02", office), kind=kind, office=office
        )
        self.jambi.registrar.submit(command, by=Actor(office, Role.EXAMINER, EXAMINER))

    def relation(self, official: StreamId, other: Any) -> RecordRelation:
        return RecordRelation(
            act=on("2024-06-02", self.jambi.offices.bawaslu_jambi),
            stream=official,
            kind=RelationKind.KIN,
            source=ConflictSource.DECLARED,
            other=other,
            ground=Plain("Saudara sepupu."),
        )


@pytest.fixture
def register(jambi: Jambi) -> Register:
    return Register(jambi)


def topics(house: House, complaint: StreamId) -> list[str]:
    return [each.topic.split(".")[1] for each in house.store.history(complaint)]


def conflicts(house: House, complaint: StreamId) -> list[ConflictRecorded]:
    return [each.fact for each in house.store.history(complaint) if isinstance(each.fact, ConflictRecorded)]


def test_a_related_member_does_not_vote_and_recused_is_copied(house: House, jambi: Jambi, register: Register) -> None:
    """Nobody recorded a conflict in the case: the registrar found it through the key store."""
    register.declare(register.official(), MEMBER)
    complaint = jambi.registered(1)
    with pytest.raises(Refused) as refused:
        jambi.read_and_ask(jambi.plenary(complaint))
    assert refused.value.rule == "plenary.conflict"
    recused = replace(
        jambi.plenary(complaint),
        recused=(Person("a", (f"staff:{MEMBER.account}",)),),
        ballots=jambi.plenary(complaint).ballots[:0] or (ballot(1, 3, 0, category=_category(jambi, complaint)),),
    )
    jambi.read_and_ask(recused)
    assert topics(house, complaint)[-3:] == ["conflict_recorded", "plenary_held", "decided"]
    assert prove_clean(house.folder, complaint, house.clock).clean


def _category(jambi: Jambi, complaint: StreamId) -> Any:
    return jambi.plenary(complaint).ballots[0].category


def test_attack_the_related_examiner_acts_and_a_colleague_does(house: House, jambi: Jambi, register: Register) -> None:
    """Refused before anything was copied; the colleague's act copies it, and then the case says so itself."""
    complaint = jambi.registered(1)
    register.declare(register.official(), EXAMINER, Role.EXAMINER)
    study = jambi.study(complaint, 1)
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            jambi.ask(study)
        assert refused.value.rule == "conflict"
    colleague = Actor(jambi.offices.bawaslu_jambi, Role.EXAMINER, Staff("examiner2.kota-jambi", "Petugas Contoh Dua"))
    receipt = jambi.registrar.submit(study, by=colleague, key="k")
    assert [each.topic.split(".")[1] for each in receipt.entries] == ["conflict_recorded", "studied"]
    assert jambi.registrar.submit(study, by=colleague, key="k") == replace(receipt, replayed=True)
    assert len(conflicts(house, complaint)) == 1
    history = house.store.history(complaint)
    assert evolved("complaint", history) == jambi.registrar.load(complaint).state


def test_an_official_who_enters_the_register_after_the_case_is_found_too(jambi: Jambi, register: Register) -> None:
    """By any number that both have in common; by none, they are two people."""
    complaint = jambi.registered(1)
    stranger = register.official("nik:1571000000000009")
    register.declare(stranger, EXAMINER, Role.EXAMINER)
    jambi.ask(jambi.notice(complaint))
    register.declare(register.official("nik:1571000000000008", NIP), EXAMINER, Role.EXAMINER)
    with pytest.raises(Refused) as refused:
        jambi.ask(jambi.notice(complaint))
    assert refused.value.rule == "conflict"


def test_a_respondent_who_is_named_brings_the_conflict_of_whoever_acted_before(
    house: House, jambi: Jambi, register: Register
) -> None:
    """The clerk who took the report in is kin to the second respondent, as it turns out; another clerk names them."""
    register.declare(register.official(), Staff("intake.kota-jambi", "Petugas Contoh intake"), Role.INTAKE)
    complaint = jambi.filed()
    with pytest.raises(Refused) as refused:
        jambi.registrar.submit(
            jambi.naming(complaint),
            by=Actor(jambi.offices.bawaslu_jambi, Role.INTAKE, Staff("intake.kota-jambi", "Petugas Contoh intake")),
        )
    assert refused.value.rule == "conflict"
    examiner = Actor(jambi.offices.bawaslu_jambi, Role.EXAMINER, EXAMINER)
    jambi.registrar.submit(jambi.naming(complaint), by=examiner)
    assert topics(house, complaint) == ["filed", "respondent_named", "conflict_recorded"]
    found = prove_clean(house.folder, complaint, house.clock)
    assert found.clean
    assert [(each.version, each.when, each.acted) for each in found.acts] == [(1, When.BEFORE_NAMED, As.RECORDER)]


def test_attack_a_relation_is_declared_between_deciding_and_recording(
    house: House, jambi: Jambi, neighbour: Jambi, register: Register
) -> None:
    """The official's stream is guarded: the vote is decided again, and refused."""
    official, complaint = register.official(), jambi.registered(1)
    clock = Between(lambda: register.declare(official, MEMBER, jambi=neighbour))
    with pytest.raises(Refused) as refused:
        jambi.through(registrar_of(house, clock=clock)).read_and_ask(jambi.plenary(complaint))
    assert refused.value.rule == "plenary.conflict"
    assert clock.asked == 2


def test_a_case_against_a_member_passes_to_the_office_above(house: House, jambi: Jambi, register: Register) -> None:
    """Bawaslu Kota Jambi may not review it; the province takes it over and does."""
    complaint = jambi.accused(1)
    register.belongs(register.official(), jambi.offices.bawaslu_jambi)
    with pytest.raises(Refused) as refused:
        jambi.read_and_ask(jambi.review(complaint))
    assert refused.value.rule == "conflict.office"
    assert f"Bawaslu Provinsi Jambi ({jambi.offices.bawaslu_province})" in refused.value.allowed.id
    province = jambi.offices.bawaslu_province
    by = Actor(province, Role.EXAMINER, Staff("pemeriksa.provinsi", "Pemeriksa Provinsi"))
    jambi.registrar.submit(TakeOverComplaint(act=on("2024-06-12", province), stream=complaint), by=by)
    review = replace(jambi.review(complaint), act=on("2024-06-13", province))
    jambi.registrar.submit(review, by=by, seen=jambi.version(complaint))
    assert prove_clean(house.folder, complaint, house.clock).clean


def test_an_office_that_decided_before_its_member_was_on_record_is_told(
    house: House, jambi: Jambi, register: Register
) -> None:
    """What it did counts from the naming on; taking in and passing on does not."""
    complaint = jambi.registered(1)
    register.belongs(register.official(), jambi.offices.bawaslu_jambi)
    found = prove_clean(house.folder, complaint, house.clock)
    assert not found.clean
    told = {(each.topic.split(".")[1], each.acted, each.when) for each in found.acts}
    assert told == {(topic, As.OFFICE, When.BEFORE) for topic in ("reviewed", "registered")}


def test_an_act_before_the_conflict_was_known_is_told_as_such(house: House, jambi: Jambi, register: Register) -> None:
    """The examiner reviewed and registered, and only then it came out; nothing was copied yet."""
    complaint = jambi.registered(1)
    register.declare(register.official(), EXAMINER, Role.EXAMINER)
    found = prove_clean(house.folder, complaint, house.clock)
    assert not found.clean
    told = {(each.topic.split(".")[1], each.acted, each.when) for each in found.acts}
    topics = ("respondent_named", "alleged", "reviewed", "registered")
    assert told == {(topic, As.RECORDER, When.BEFORE) for topic in topics}
    assert [each.version for each in found.conflicts] == [None]


def test_no_identifier_of_a_person_or_stream_stands_in_another_stream(
    house: House, jambi: Jambi, register: Register
) -> None:
    """The official's entries do not name the case, the office that is meant or an account; the case's, no official."""
    official = register.official()
    register.declare(official, MEMBER)
    register.belongs(official, jambi.offices.bawaslu_province)
    complaint = jambi.registered(1)
    rows = house.store.rows_from(0, 1_000)
    theirs = b"".join(row.body for row in rows if row.stream == official)
    cases = b"".join(row.body for row in rows if row.stream == complaint)
    every = b"".join(row.body for row in rows)
    assert theirs
    assert complaint.encode() not in theirs
    assert official.encode() not in cases
    fact_of = [row.body for row in rows if row.stream == official and b'"kind":"member"' in row.body]
    assert fact_of[0].count(jambi.offices.bawaslu_province.encode()) == 2  # the act, and who records it
    for said in (MEMBER.account, MEMBER.name, "sepupu", NIP):
        assert said.encode() not in every


def test_whoever_was_erased_is_found_no_more_and_what_was_copied_stays(
    house: House, jambi: Jambi, register: Register
) -> None:
    """The keys are gone, in the official's stream and in the case's; the case's own fact is for ever."""
    copied, other = jambi.accused(1), jambi.accused(1)
    register.declare(register.official(), EXAMINER, Role.EXAMINER)
    assert len(conflicts(house, copied)) == 0
    colleague = Actor(jambi.offices.bawaslu_jambi, Role.EXAMINER, Staff("examiner2.kota-jambi", "Petugas Contoh Dua"))
    house.registrar.submit(jambi.notice(copied), by=colleague)
    with pytest.raises(Refused):
        jambi.ask(jambi.notice(copied))
    house.registrar.submit(jambi.notice(copied), by=colleague)
    assert len(conflicts(house, copied)) == 1
    erasure = Erasure(
        (NIP,), ErasureReason.REQUEST, Name("UU 27/2022"), date(2025, 1, 1), Staff("pdp2", "Petugas Pelindungan 2")
    )
    officer = Actor(house.stream, Role.PROTECTION_OFFICER, Staff("pdp1", "Petugas Pelindungan 1"))
    erase(house.registrar, house.store, house.keys, erasure, act=on("2024-07-01", house.stream), by=officer)
    assert len(conflicts(house, copied)) == 1
    with pytest.raises(Refused):
        jambi.ask(jambi.notice(copied))
    jambi.ask(jambi.notice(other))


def test_a_plenary_of_the_office_above_is_not_kept_from_voting_by_anothers_relation(
    jambi: Jambi, register: Register
) -> None:
    """Nobody but those who are related is kept away."""
    register.declare(register.official(), Staff("orang.lain", "Orang Lain"), Role.EXAMINER)
    complaint = jambi.registered(1)
    jambi.read_and_ask(replace(jambi.plenary(complaint), act=at("2024-06-14T06:30:00", jambi.offices.bawaslu_jambi)))
