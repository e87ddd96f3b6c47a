"""A key store that was put back from a backup: it opens nobody who was erased since, and gives no handle twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from api.chronicles import people
from api.chronicles.play import instant
from api.chronicles.register import Register
from api.wiring import KEYS_DB, House, create_house, open_house
from ledger.clock import SimulatedClock
from ledger.complaint.codes import Announcement
from ledger.complaint.commands import AnnounceStatus, Attendee, ErasePerson
from ledger.erasing import Erasure, destroy_what_was_erased, erase
from ledger.erasure import ErasureReason
from ledger.errors import Broken, Misconfigured, Missing
from ledger.itself.facts import ClockKind
from ledger.values import Act, Actor, Name, Person, Plain, Role, Source, Staff, StreamId, Subject
from ledger.vault import unseal
from tests.in_file import in_file
from tests.scribes import Scribe, record_k4

NIK = "nik:1571000000000001"
OFFICERS = Staff("pdp1.contoh", "Petugas Satu"), Staff("pdp2.contoh", "Petugas Dua")


def openable(house: House, stream: StreamId, of: str) -> int:
    """How many sealed values about a subject still open."""
    count = 0
    with in_file(house.store) as connection:
        rows = connection.execute("SELECT commitment FROM vault WHERE stream = ? AND of = ?", (stream, of)).fetchall()
    for (commitment,) in rows:
        row = house.store.sealed_value(commitment)
        assert row is not None
        try:
            unseal(house.keys, row)
        except (Missing, Broken):
            continue
        count += 1
    return count


def erase_complainant(house: House) -> None:
    act = Act(house.stream, Source.OWN, on=date(2024, 7, 10))
    asked = Erasure((NIK,), ErasureReason.REQUEST, Name("UU 27/2022"), date(2025, 7, 10), OFFICERS[1])
    erase(
        house.registrar,
        house.store,
        house.keys,
        asked,
        act=act,
        by=Actor(house.stream, Role.PROTECTION_OFFICER, OFFICERS[0]),
    )


@contextmanager
def started_again(house: House, clock: SimulatedClock, keys: Path | None = None) -> Iterator[House]:
    """A copy of the ledger's folder as a start finds it, with another key store where one is put in its place."""
    folder = house.folder.with_name("again")
    shutil.copytree(house.folder, folder)
    for name in ("ledger.db", KEYS_DB):
        (folder / name).unlink()
        (folder / f"{name}-wal").unlink(missing_ok=True)
        (folder / f"{name}-shm").unlink(missing_ok=True)
    house.store.copy_to(folder / "ledger.db")
    if keys is None:
        house.keys.copy_to(folder / KEYS_DB)
    else:
        shutil.copy(keys, folder / KEYS_DB)
    again = open_house(folder, clock=clock)
    try:
        yield again
    finally:
        again.close()


def test_attack_a_key_store_from_before_an_erasure_opens_nothing_of_the_erased_person(
    house: House, scribe: Scribe, offices: Register, clock: SimulatedClock, tmp_path: Path
) -> None:
    """Nor does its index find them again; everybody else's values open as before."""
    case = record_k4(scribe, offices)
    house.keys.copy_to(tmp_path / "old.db")
    before = {of: openable(house, case, of) for of in ("k1", "r1", "case")}
    clock.now = instant("2024-07-10T03:00:00")
    erase_complainant(house)
    with started_again(house, clock, tmp_path / "old.db") as again:
        assert before["k1"] > 0
        assert openable(again, case, "k1") == 0
        assert again.keys.streams_of(NIK) == []
        assert {of: openable(again, case, of) for of in ("r1", "case")} == {of: before[of] for of in ("r1", "case")}


def test_what_was_sealed_after_an_erasure_outlives_every_start(
    house: House, scribe: Scribe, offices: Register, clock: SimulatedClock
) -> None:
    """A case whose texts were erased may go on: its new texts have a key of their own, which no start destroys."""
    case = record_k4(scribe, offices)
    clock.now = instant("2024-07-10T03:00:00")
    who = Attendee(handle=people.account(OFFICERS[1]), who=Plain(OFFICERS[1].name))
    erasing = ErasePerson(
        act=Act(house.stream, Source.OWN, on=date(2024, 7, 10)),
        stream=case,
        of=Subject("case"),
        reason=ErasureReason.RETENTION_ENDED,
        basis=Name("UU 27/2022"),
        backups_expire_on=date(2025, 7, 10),
        second=who,
    )
    house.registrar.submit(erasing, by=Actor(house.stream, Role.PROTECTION_OFFICER, OFFICERS[0]))
    destroy_what_was_erased(house.store, house.keys)
    assert openable(house, case, "case") == 0
    notice = AnnounceStatus(
        act=Act(offices.bawaslu_jambi, Source.OWN, on=date(2024, 7, 10)),
        stream=case,
        what=Announcement.REFERRED,
        text=Plain("Pemberitahuan baru."),
    )
    by = Actor(offices.bawaslu_jambi, Role.EXAMINER, people.JAMBI.examiner)
    house.registrar.submit(notice, by=by, seen=scribe.version(case))
    with started_again(house, clock) as again:
        assert openable(again, case, "case") == 1


def test_attack_an_old_key_store_gives_nobody_a_handle_that_is_taken(
    house: House, scribe: Scribe, offices: Register, clock: SimulatedClock, tmp_path: Path
) -> None:
    """Somebody new would record in the name of whoever was introduced under that handle after the backup."""
    house.keys.copy_to(tmp_path / "old.db")
    case = record_k4(scribe, offices)
    taken = {recorded.by.actor for recorded in house.store.history(case)}
    with started_again(house, clock, tmp_path / "old.db") as again:
        assert again.keys.handle(case, Person("a", ("staff:baru.contoh",))) not in taken


def test_attack_a_key_store_is_never_made_anew(house: House, clock: SimulatedClock) -> None:
    """A ledger without its key store would begin again to give handles from 1."""
    folder = house.folder.with_name("lost")
    shutil.copytree(house.folder, folder)
    (folder / KEYS_DB).unlink()
    with pytest.raises(Misconfigured, match=r"keys\.db is missing .* put the key store back"):
        open_house(folder, clock=clock)
    assert not (folder / KEYS_DB).exists()


def test_attack_another_ledgers_key_store_is_refused(house: House, clock: SimulatedClock, tmp_path: Path) -> None:
    """It was put in the wrong folder, or is empty."""
    other = create_house(
        tmp_path / "other", domain="test.invalid", kind=ClockKind.SIMULATED, operator=OFFICERS[0], clock=clock
    )
    other.keys.copy_to(tmp_path / "other.db")
    other.close()
    with (
        pytest.raises(Misconfigured, match="not the key store of this ledger"),
        started_again(house, clock, tmp_path / "other.db"),
    ):
        pass
