"""`netral migrate`, `netral doctor` and `netral copy`, by the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from api.chronicles.register import Register
from api.copying import copy, place
from api.opened import open_as_set
from api.wiring import LEDGER_DB, House
from ledger.errors import Broken, Invalid, Misconfigured
from ledger.settings import read_settings
from ledger.store.database import Database
from ledger.store.migrating import migrations
from tests.auditor import audit
from tests.cli.test_postgresql import netral
from tests.postgres import Databases
from tests.scribes import Scribe, record_k4
from tests.unit.store.stores import administrator, raw, tables


@pytest.fixture
def bare(databases: Databases) -> Iterator[Database]:
    """A database of the owner's without any tables."""
    name = databases.new("template1")
    yield Database(databases.server.url("owner", name))
    databases.drop(name)


def examined(database: Database, monkeypatch: pytest.MonkeyPatch, *, code: int) -> dict[str, dict[str, object]]:
    monkeypatch.setenv("NETRAL_DATABASE", database.url)
    told = json.loads(netral("doctor", "--json", code=code))
    assert told["healthy"] is (code == 0)
    return {each["name"]: each for each in told["findings"]}


# --- migrate --------------------------------------------------------------------------------------------------------


def test_a_bare_database_is_migrated_once(bare: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRAL_DATABASE", bare.url)
    assert netral("migrate").count("applied") == len(migrations())
    assert "nothing to do" in netral("migrate")


def test_a_migration_that_fails_leaves_the_database_as_it_was(bare: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRAL_DATABASE", bare.url)
    with administrator(Database(bare.url.replace("//owner@", "//postgres@"))) as connection:
        connection.execute("CREATE SCHEMA netral")
        with pytest.raises(Broken, match="could not be migrated"):
            netral("migrate")
        connection.execute("DROP SCHEMA netral")
    assert netral("migrate").count("applied") == len(migrations())


def test_attack_a_migration_that_is_not_the_release_s_own_is_noticed(
    bare: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever applied other text under the same number has another database than this release knows."""
    monkeypatch.setenv("NETRAL_DATABASE", bare.url)
    netral("migrate")
    with administrator(Database(bare.url.replace("//owner@", "//postgres@"))) as connection:
        connection.execute("UPDATE netral.migrations SET digest = 'x' WHERE number = 1")
    with pytest.raises(Broken, match="migration 1"):
        netral("migrate")


def test_migrations_are_numbered_from_1_without_a_gap() -> None:
    assert [each.number for each in migrations()] == list(range(1, len(migrations()) + 1))


@pytest.mark.parametrize("command", ["migrate", "doctor"])
def test_without_a_database_there_is_nothing_to_look_at(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NETRAL_DATABASE", raising=False)
    with pytest.raises(Misconfigured, match="NETRAL_DATABASE"):
        netral(command)


# --- doctor ---------------------------------------------------------------------------------------------------------


def test_a_database_that_is_set_up_as_the_page_says_is_well(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = examined(database, monkeypatch, code=0)
    assert {"server", "durability", "schema", "triggers", "role", "clock", "standbys"} < found.keys()
    assert "read and record" in str(found["role"]["found"])
    netral("doctor")


@pytest.mark.parametrize("user", ["owner", "postgres"])
def test_a_role_that_may_do_more_than_record_is_found(
    user: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    mighty = Database(database.url.replace("//writer@", f"//{user}@"))
    assert not examined(mighty, monkeypatch, code=1)["role"]["right"]


def test_a_trigger_that_was_turned_off_is_found(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with administrator(database) as connection:
        connection.execute("ALTER TABLE netral.events DISABLE TRIGGER events_are_not_deleted")
    assert not examined(database, monkeypatch, code=1)["triggers"]["right"]


def test_a_server_that_would_lose_what_it_acknowledged_is_found_and_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here by the database's own setting; fsync and full_page_writes are the server's, and asked alike."""
    with administrator(database) as connection:
        connection.execute(f"ALTER DATABASE {connection.info.dbname} SET synchronous_commit = 'off'")
    assert not examined(database, monkeypatch, code=1)["durability"]["right"]
    with pytest.raises(Misconfigured, match="synchronous_commit=off"):
        netral("open", "--domain=a.id", "--operator-account=sari", "--operator-name=Sari", "mine")


def test_a_database_without_tables_is_found(bare: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    found = examined(bare, monkeypatch, code=1)
    assert not found["schema"]["right"]


# --- copy -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def recorded(house: House, scribe: Scribe, offices: Register) -> Path:
    """A folder with a chronicle, sealed, that nobody serves."""
    record_k4(scribe, offices)
    house.sealer.seal()
    return house.folder


def test_a_ledger_goes_to_postgresql_and_back_and_keeps_every_byte(
    recorded: Path, database: Database, tmp_path: Path
) -> None:
    told = netral("copy", str(recorded), database.url)
    assert "same root" in told
    assert tables(database) == tables(recorded / LEDGER_DB)
    back = tmp_path / "back"
    assert copy(place(database.url), place(str(back))).root in told
    assert tables(back / LEDGER_DB) == tables(recorded / LEDGER_DB)
    assert [each.name for each in back.iterdir()] == [LEDGER_DB]


def test_a_ledger_that_was_copied_is_served_from_there(
    recorded: Path, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the folder's own keys, lock and trail; nothing has to be sealed or projected again."""
    moved = tmp_path / "moved"
    shutil.copytree(recorded, moved)
    copy(place(str(moved)), database)
    for each in moved.glob(f"{LEDGER_DB}*"):
        each.unlink()
    monkeypatch.setenv("NETRAL_DATABASE", database.url)
    with closing(open_as_set(moved, read_settings(moved))) as house:
        audit(house)


def test_a_target_that_is_not_empty_is_refused_and_left_alone(
    recorded: Path, database: Database, tmp_path: Path
) -> None:
    copy(place(str(recorded)), database)
    before = tables(database)
    with pytest.raises(Invalid, match="not empty"):
        copy(place(str(recorded)), database)
    assert tables(database) == before
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / LEDGER_DB).write_bytes(b"mine")
    with pytest.raises(Invalid, match="exists"):
        copy(database, place(str(tmp_path / "there")))
    assert (tmp_path / "there" / LEDGER_DB).read_bytes() == b"mine"


def test_a_copy_that_is_interrupted_leaves_nothing(recorded: Path, database: Database, tmp_path: Path) -> None:
    """On either side: one transaction, and a file that gets its name last."""

    class Stopping:
        def __init__(self) -> None:
            self.left = 10

        def __call__(self) -> None:
            self.left -= 1
            if not self.left:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(place(str(recorded)), database, Stopping())
    assert not any(tables(database).values())
    copy(place(str(recorded)), database)
    with pytest.raises(KeyboardInterrupt):
        copy(database, place(str(tmp_path / "again")), Stopping())
    assert not list((tmp_path / "again").iterdir())


def test_attack_a_source_with_a_gap_is_not_copied(recorded: Path, database: Database) -> None:
    """The target's own triggers look at every row."""
    with raw(recorded / LEDGER_DB) as connection:
        connection.execute("DROP TRIGGER events_are_not_deleted")
        connection.execute("DELETE FROM events WHERE position = 3")
    with pytest.raises(Broken, match="next position"):
        copy(place(str(recorded)), database)
    assert not any(tables(database).values())


def test_a_place_that_is_none_is_named(tmp_path: Path, database: Database) -> None:
    with pytest.raises(Invalid, match=r"there is no ledger\.db"):
        copy(place(str(tmp_path)), database)
    with pytest.raises(Invalid, match="postgresql:// URL"):
        place("mysql://host/b")
    with pytest.raises(Invalid, match=r"there is no x\.db"):
        copy(place(str(tmp_path / "x.db")), database)
