"""`netral status`: a healthy ledger says 0, and each thing that is wrong says 1 and the way out; nothing is changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from api.backing import back_up
from api.chronicles import register
from api.status import status_of
from api.wiring import PROJECTIONS, House, create_house
from ledger.clock import SimulatedClock, real_clock
from ledger.errors import Misconfigured
from ledger.itself.facts import ClockKind
from ledger.office.commands import EstablishOffice
from ledger.office.facts import Level, OfficeKind
from ledger.values import Act, Name, Source, Zone
from tests.api.commands import files_below
from tests.cli.conftest import Netral


def test_a_healthy_ledger_is_told_in_one_screen(netral: Netral, folder: Path) -> None:
    """Whose, how far, sealed, projected, the cases, the backup; exit 0."""
    done = netral("status", folder)
    assert done.exit_code == 0
    for told in (
        "test.invalid/",
        "simulated clock",
        "26 entries",
        "decided 1",
        "never: netral backup",
        "never: netral serve",
        "agree",
    ):
        assert told in done.output
    assert done.output.splitlines()[-1] == "healthy"
    assert max(map(len, done.output.splitlines())) <= 80


def test_a_program_reads_the_same_as_json(netral: Netral, folder: Path, tmp_path: Path) -> None:
    """One object; ages in seconds."""
    back_up(folder, tmp_path / "backup", real_clock)
    done = netral("status", folder, "--json")
    told = json.loads(done.output)
    assert (done.exit_code, told["healthy"], told["wrong"]) == (0, True, [])
    assert (told["recorded"], told["sealed"], told["backup_size"]) == (26, 26, 26)
    assert told["projections"] == {each.name: 26 for each in PROJECTIONS}
    assert told["cases"] == {"decided": 1}
    assert told["backup_age"] < 3600


def test_asking_changes_nothing(netral: Netral, folder: Path) -> None:
    """Not even what a start would heal: a watching program asks once a minute."""
    (folder / "trail" / "checkpoint").unlink()
    assert "was sealed and not published" in netral("status", folder).output
    before = files_below(folder)
    netral("status", folder)
    assert files_below(folder) == before
    assert not (folder / "trail" / "checkpoint").exists()


def shorten(folder: Path) -> None:
    """Put back an older database."""
    with closing(sqlite3.connect(folder / "ledger.db")) as connection:
        connection.execute("DROP TRIGGER events_are_not_deleted")
        connection.execute("DELETE FROM events WHERE position > 20")
        connection.commit()


def rewrite(folder: Path) -> None:
    """Rewrite a row."""
    with closing(sqlite3.connect(folder / "ledger.db")) as connection:
        connection.execute("DROP TRIGGER events_are_not_updated")
        connection.execute("UPDATE events SET at = '2024-05-02T01:00:01Z' WHERE position = 3")
        connection.commit()


def forget(name: str) -> Callable[[Path], None]:
    """Lose a file."""
    return lambda folder: (folder / name).unlink()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (shorten, "lock store is ahead of the database"),
        (rewrite, "another root at size 26"),
        (forget("lock/checkpoint"), "lock store is missing"),
        (forget("signing.key"), "signing.key cannot be read"),
    ],
)
def test_attack_stores_that_do_not_agree_are_told(
    netral: Netral, folder: Path, spoil: Callable[[Path], None], words: str
) -> None:
    """Exit 1, and what a start would say."""
    spoil(folder)
    done = netral("status", folder)
    assert done.exit_code == 1
    assert words in done.output
    assert "healthy" not in done.output


def test_a_lost_key_store_is_told_and_not_made_anew(folder: Path) -> None:
    """As a start refuses it."""
    (folder / "keys.db").unlink()
    with pytest.raises(Misconfigured, match=r"keys\.db is missing"):
        status_of(folder, real_clock)
    assert not (folder / "keys.db").exists()


def test_a_folder_without_a_ledger_says_how_to_make_one(tmp_path: Path) -> None:
    """Or to name its folder."""
    with pytest.raises(Misconfigured, match=r"there is no ledger in .*netral open"):
        status_of(tmp_path, real_clock)


def record(house: House) -> None:
    day = date(2024, 5, 2)
    command = EstablishOffice(
        act=Act(house.stream, Source.OWN, on=day),
        kind=OfficeKind.OTHER,
        level=Level.NATIONAL,
        zone=Zone.WIB,
        from_=day,
        name=Name("Lembaga Contoh"),
    )
    house.registrar.submit(command, by=register.by_registry(house.stream))


@pytest.fixture
def working(tmp_path: Path, clock: SimulatedClock) -> Path:
    """A ledger that says that its clock is real, with one entry that nothing sealed or projected yet."""
    house = create_house(
        tmp_path / "real", domain="test.invalid", kind=ClockKind.REAL, operator=register.OPERATOR, clock=clock
    )
    house.follower.catch_up()
    record(house)
    house.close()
    return tmp_path / "real"


def test_what_was_just_recorded_may_wait_a_moment(working: Path, clock: SimulatedClock) -> None:
    """A server seals and projects within a second; a status in between is no alarm."""
    found = status_of(working, clock)
    assert (found.recorded, found.sealed, found.wrong) == (2, 1, [])


def test_what_waits_for_longer_is_told(working: Path, clock: SimulatedClock) -> None:
    """Nobody seals, nobody projects: the server has stopped."""
    clock.now += timedelta(minutes=2)
    found = status_of(working, clock)
    assert not found.healthy
    assert found.wrong == [
        "1 entries wait to be sealed: start the ledger (netral serve)",
        f"behind the trail: {', '.join(each.name for each in PROJECTIONS)}: start the ledger (netral serve)",
    ]


def test_a_clock_behind_the_last_entry_is_told(working: Path, clock: SimulatedClock) -> None:
    """Nothing is recorded until it is right again."""
    clock.now -= timedelta(minutes=5)
    (told,) = status_of(working, clock).wrong
    assert "clock is more than a minute behind" in told


def test_attack_no_secret_is_printed(netral: Netral, folder: Path, tmp_path: Path) -> None:
    """Not the signing key, not a secret or key of the key store, by no command that reads them."""
    with closing(sqlite3.connect(folder / "keys.db")) as connection:
        secrets = {each for (each,) in connection.execute("SELECT value FROM secrets UNION SELECT key FROM subjects")}
    seed = (folder / "signing.key").read_text().split()[1]
    said = "".join(
        netral(*arguments).output
        for arguments in (
            ("status", folder),
            ("status", folder, "--json"),
            ("office", "list", folder),
            ("receipt", "0", folder),
            ("backup", folder, tmp_path / "backup"),
            ("token", folder, "--account", "a", "--name", "A", "--office", "ledger", "--role", "auditor"),
        )
    )
    assert len(secrets) > 5
    assert [each for each in (seed, *(each.hex() for each in secrets)) if each in said] == []
