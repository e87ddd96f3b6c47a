"""Chronicle K4 through the whole house: the sentences that must be true once it is recorded.

All but the clock's: that the return ends the receiving office's deadline belongs to the law as data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from api.chronicles import register
from api.chronicles.register import Register
from api.proving import Prover
from api.reading import AllegationOut, CaseOut, Reader, ReferralOut
from api.wiring import House
from ledger.carried import references_in
from ledger.registrar import ReceiptEntry
from ledger.trail.merkle import verify_inclusion
from ledger.values import Actor, Role, Staff, StreamId
from ledger.vault import Opened, unseal
from projections.follow import Follower
from projections.views import open_views
from tests.listening import Listener, plain_values
from tests.scribes import Scribe, record_k4

TOLD = (
    ("filed", "2024-06-11T02:15:00Z", 0),
    ("respondent_named", "2024-06-11", 0),
    ("alleged", "2024-06-11", 0),
    ("reviewed", "2024-06-12", 0),
    ("registered", "2024-06-12", 0),
    ("hearing_called", "2024-06-12", 0),
    ("hearing_held", "2024-06-13T03:00:00Z", 0),
    ("plenary_held", "2024-06-14T06:30:00Z", 0),
    ("decided", "2024-06-14", 0),
    ("status_announced", "2024-06-14", 0),
    ("referral_offered", "2024-06-18", 0),
    ("referral_received", "2024-06-19T02:00:00Z", 0),
    ("referral_returned", "2024-06-26", 0),
    ("studied", "2024-06-28", 0),
    ("referral_offered", "2024-07-01", 0),
    ("referral_received", "2024-07-03T05:00:00Z", 1),
    ("referral_accepted", "2024-07-05", 0),
)
"""What happened, when by its own claim, and how many days later it was recorded."""


@dataclass(frozen=True)
class Told:
    """K4 as it was recorded, with everything that was said."""

    complaint: StreamId
    offices: Register
    scribe: Listener

    def entries(self, topic: str) -> list[ReceiptEntry]:
        """Where the facts of a topic stand, by the receipts of the commands."""
        return [
            entry
            for heard in self.scribe.heard
            for entry in heard.receipt.entries
            if entry.topic == f"complaint.{topic}.v1"
        ]


@pytest.fixture
def told(house: House, scribe: Scribe, offices: Register) -> Told:
    listener = Listener(scribe.registrar, scribe.clock, scribe.ledger)
    complaint = record_k4(listener, offices)
    house.follower.catch_up()
    return Told(complaint, offices, listener)


@pytest.fixture
def case(house: House, told: Told) -> CaseOut:
    """The case at the end."""
    answer = Reader(house.views).case(told.complaint).answer
    assert isinstance(answer, CaseOut)
    return answer


def referral(case: CaseOut, number: int) -> ReferralOut:
    (found,) = (each for each in case.referrals if each.referral == number)
    return found


def test_the_referral_without_a_study_is_recorded_although_irregular_and_marked_so(case: CaseOut) -> None:
    """The ledger records what was done, also when it was done wrongly."""
    first = referral(case, 1)
    assert (first.study_attached, first.irregular) == (False, ["no_study"])


def test_its_return_and_the_reason_are_recorded(case: CaseOut) -> None:
    """By a code that can be counted; the words stand sealed beside it."""
    first = referral(case, 1)
    assert (first.standing, first.return_reason) == ("returned", "no_study")


def allegations_at_each_position(house: House, told: Told, path: Path) -> Iterator[tuple[int, AllegationOut]]:
    """The allegation as a reader at each position believed it."""
    views = open_views(path, list(house.views.projections.values()))
    try:
        follower = Follower(house.store, views)
        for position in range(told.entries("alleged")[0].position, house.store.size()):
            follower.catch_up(stop=position + 1)
            at = Reader(views).case(told.complaint)
            assert at.position == position
            (allegation,) = at.answer.allegations
            yield position, allegation
    finally:
        views.close()


def test_between_return_and_second_referral_the_file_is_again_on_bawaslus_desk(
    house: House, told: Told, tmp_path: Path
) -> None:
    """At every position in between, by a projection that knows no more than that."""
    believed = dict(allegations_at_each_position(house, told, tmp_path / "views.db"))
    (back,) = told.entries("referral_returned")
    out, again = told.entries("referral_offered")
    (studied,) = told.entries("studied")
    between = [believed[position] for position in range(back.position, again.position)]
    assert back.position < studied.position < again.position
    assert {(each.standing, each.holder, each.referral) for each in between} == {
        ("returned", told.offices.bawaslu_jambi, 1)
    }
    assert {each.since for each in between} == {"2024-06-26"}
    before = [believed[position].standing for position in range(out.position, back.position)]
    assert before == ["offered", "received"]
    after = [believed[position] for position in range(again.position, house.store.size())]
    assert [(each.standing, each.referral) for each in after] == [("offered", 2), ("received", 2), ("on_track", 2)]


def test_whoever_sent_it_holds_it_until_the_addressee_takes_it(house: House, told: Told, tmp_path: Path) -> None:
    """No file lies at nobody's desk: the holder is Bawaslu at every position but the last, and KASN then."""
    holders = [each.holder for _, each in allegations_at_each_position(house, told, tmp_path / "views.db")]
    assert holders[-1] == told.offices.kasn
    assert set(holders[:-1]) == {told.offices.bawaslu_jambi}


def test_the_second_referral_is_another_one(case: CaseOut, told: Told) -> None:
    """A number of its own, the study attached, regular, accepted; and the first is still what it was."""
    first, second = case.referrals
    assert (second.referral, second.allegation, second.to) == (2, 1, told.offices.kasn)
    assert (second.study_attached, second.irregular) == (True, [])
    assert (second.standing, second.return_reason) == ("accepted", None)
    assert (first.referral, first.standing) == (1, "returned")


def test_the_timeline_tells_it_in_order_and_how_much_later_each_was_recorded(house: House, told: Told) -> None:
    """Only the arrival of the second referral became known a day later, from its proof of delivery."""
    lines = Reader(house.views).timeline(told.complaint).answer.timeline
    assert [(each.topic, each.acted, each.days_later) for each in lines] == [
        (f"complaint.{topic}.v1", acted, days) for topic, acted, days in TOLD
    ]
    assert [each.version for each in lines] == list(range(1, len(TOLD) + 1))
    assert [each.position for each in lines] == sorted(each.position for each in lines)


def test_the_timeline_tells_whose_act_it_was_how_we_know_and_who_recorded_it(house: House, told: Told) -> None:
    """KASN's acts are KASN's, also the one that Bawaslu recorded from a letter."""
    lines = Reader(house.views).timeline(told.complaint).answer.timeline
    bawaslu, kasn = told.offices.bawaslu_jambi, told.offices.kasn
    assert [(each.referral, each.office, each.source, each.recorded_by) for each in lines if each.referral] == [
        (1, bawaslu, "own", bawaslu),
        (1, kasn, "own", kasn),
        (1, kasn, "own", kasn),
        (2, bawaslu, "own", bawaslu),
        (2, kasn, "letter", bawaslu),
        (2, kasn, "own", kasn),
    ]
    assert {each.office for each in lines if not each.referral} == {bawaslu}
    assert [(each.topic, each.irregular) for each in lines if each.irregular] == [
        ("complaint.plenary_held.v1", ["no_study"]),
        ("complaint.referral_offered.v1", ["no_study"]),
    ]


def opened(house: House, told: Told) -> Iterator[tuple[dict[str, Any], Opened, str]]:
    """Every sealed value of the complaint: its payload, what was opened, and its commitment in the trail."""
    for recorded in house.store.history(told.complaint):
        for reference in (*references_in(recorded.by), *references_in(recorded.fact)):
            row = house.store.sealed_value(reference.sealed)
            assert row is not None
            value = unseal(house.keys, row)
            yield orjson.loads(value.payload), value, reference.sealed


def test_every_sealed_value_opens_again_to_what_was_told(house: House, told: Told) -> None:
    """None is lost, none is told twice, and each commitment is that of what it opens to."""
    staff = {heard.by.staff.name for heard in told.scribe.heard}
    said = [value for heard in told.scribe.heard for value in plain_values(heard.command)]
    found = list(opened(house, told))
    assert sorted(payload["value"] for payload, _, _ in found) == sorted([*said, *staff])
    assert {payload["stream"] for payload, _, _ in found} == {told.complaint}
    for _, value, commitment in found:
        assert hashlib.sha256(b"netral-sealed/v1\n" + value.salt + value.payload).hexdigest() == commitment


def test_a_sealed_value_says_what_it_is_and_whom_it_is_about(house: House, told: Told) -> None:
    """So that whoever is handed one cannot be told that it was another."""
    found = {(payload["kind"], payload["of"], payload["value"]) for payload, _, _ in opened(house, told)}
    assert found >= {
        ("complaint.filed.complainants.id_number", "k1", "1571000000000001"),
        ("complaint.filed.witnesses.name", "w1", "Joko Saksi"),
        ("complaint.filed.place", "case", "Kantor Kecamatan Contoh"),
        ("complaint.filed.by.who", "a1", "Ratna Penerima"),
        ("complaint.respondent_named.name", "r1", "Budi Terlapor"),
        ("complaint.respondent_named.unit", "r1", "Kecamatan Contoh"),
        ("complaint.decided.reasons", "case", "Dugaan pelanggaran netralitas didukung rekaman dan keterangan saksi."),
        ("complaint.plenary_held.present.who", "a3", "Anggota 1 kota-jambi"),
        ("complaint.referral_returned.text", "case", "Berkas dikembalikan karena tidak dilampiri kajian."),
        ("complaint.referral_received.proof", "case", "Tanda terima pengiriman tercatat, 3 Juli 2024."),
    }


@pytest.mark.parametrize("number", [1, 2])
def test_the_entries_of_each_referral_verify(house: House, told: Told, number: int) -> None:
    """The receipts told their digests before anything was sealed; the signed root proves them afterwards."""
    root = house.sealer.seal().root
    auditor = Actor(house.stream, Role.AUDITOR, Staff("auditor", "Auditor"))
    lines = Reader(house.views).timeline(told.complaint).answer.timeline
    receipts = {entry.position: entry for heard in told.scribe.heard for entry in heard.receipt.entries}
    mine = [each.position for each in lines if each.referral == number]
    assert len(mine) == 3
    for position in mine:
        raw = Prover(house).entry(position, auditor)
        assert orjson.loads(raw.partition(b"\n\n")[2])["fact"]["referral"] == number
        proof = Prover(house).inclusion(position, None)
        leaf = hashlib.sha256(b"\x00" + raw).digest()
        assert leaf.hex() == receipts[position].leaf_digest == proof.leaf_digest
        verify_inclusion(leaf, position, proof.size, [bytes.fromhex(each) for each in proof.hashes], root)


def test_the_end_of_kasn_moves_no_file(house: House, told: Told, case: CaseOut) -> None:
    """Succession moves competence; the recorded holder stays until the file's hand-over."""
    told.scribe.play(register.end_of_kasn(told.offices))
    assert house.follower.catch_up() == house.store.size()
    now = Reader(house.views).case(told.complaint).answer
    assert now.model_copy(update={"as_of": case.as_of}) == case
    assert case.allegations[0].holder == told.offices.kasn
