"""A ledger in a PostgreSQL database, by the command line: opened, worked, looked at, and what it says of itself."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from api import cli
from api.opened import open_as_set
from api.wiring import LEDGER_DB, House
from ledger.errors import Misconfigured, Unreadable
from ledger.settings import read_settings
from ledger.store.database import Database
from tests.api.commands import ROOT
from tests.auditor import audit
from tests.postgres import Databases
from tests.unit.store.stores import administrator, tables

RUN = CliRunner()
OPEN = (
    "open",
    "--domain=trail.contoh.id",
    "--operator-account=sari",
    "--operator-name=Sari Contoh",
    "--office-name=Bawaslu RI",
    "--office-kind=bawaslu",
    "--zone=wib",
)


def netral(*arguments: str, code: int = 0) -> str:
    """What a command prints; errors of the ledger are raised as they are."""
    done = RUN.invoke(cli.app, list(arguments))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def place(database: Database, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose ledger lies in a database, opened on the server's clock."""
    monkeypatch.setenv("NETRAL_DATABASE", database.url)
    netral(*OPEN, "mine")
    return Path("mine")


def opened(place: Path) -> House:
    return open_as_set(place, read_settings(place))


def test_a_new_ledger_is_recorded_in_the_database_and_nowhere_else(place: Path, database: Database) -> None:
    """Keys, lock and trail stay in the folder; the auditor finds nothing to object to."""
    assert [row[0] for row in tables(database)["events"]] == [0, 1]
    assert not list(place.glob(f"{LEDGER_DB}*"))
    with closing(opened(place)) as house:
        audit(house)


def test_it_is_healthy_and_its_tokens_are_given(place: Path) -> None:
    assert json.loads(netral("status", str(place), "--json"))["recorded"] == 2
    with closing(opened(place)) as house:
        office = next(each.stream for each in house.store.read_from(1, 1))
    told = netral("token", str(place), "--account=sari", "--name=Sari Contoh", f"--office={office}", "--role=intake")
    assert len(told.split(".")) >= 3
    assert "due" not in netral("rules", "adopt", str(place), "--operator-account=sari", "--operator-name=Sari Contoh")
    assert "pk.handle" in netral("rules", "list", "--data", str(place))
    assert json.loads(netral("status", str(place), "--json"))["healthy"]


def test_lost_entries_are_put_back_from_the_bundles(place: Path, database: Database) -> None:
    """As from an asynchronous standby, or an older dump: what was sealed is still in the trail's own files."""
    before = tables(database)["events"]
    with administrator(database) as connection:
        connection.execute("ALTER TABLE netral.events DISABLE TRIGGER USER")
        connection.execute("DELETE FROM netral.events WHERE position = 1")
        connection.execute("ALTER TABLE netral.events ENABLE TRIGGER USER")
    assert "entries" in netral("recover", str(place))
    assert tables(database)["events"] == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("restore", "copy", "again"), "NETRAL_DATABASE is set"),
        (("demo", "--once"), "NETRAL_DATABASE is set"),
        (("drill", "mine"), "NETRAL_DATABASE is set"),
        ((*OPEN, "other"), "holds a ledger already"),
    ],
)
def test_what_does_not_work_with_it_says_so_in_one_sentence(place: Path, arguments: tuple[str, ...], said: str) -> None:
    del place
    with pytest.raises(Misconfigured, match=said):
        netral(*arguments)


def test_a_backup_is_made_of_its_rows_and_restored_as_a_file(
    place: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it works, in the same order and with the same questions as a file's; and copied on from there."""
    (place / "netral.toml").write_text(f'database = "{database.url}"\n')
    netral("backup", str(place), "copy")
    monkeypatch.delenv("NETRAL_DATABASE")
    assert "TRUE" in netral("restore", "copy", "again", "--lock", str(place / "lock"))
    assert tables(Path("again") / LEDGER_DB) == tables(database)
    assert (Path("copy") / "ledger" / LEDGER_DB).stat().st_mode & 0o777 == 0o600


def test_the_page_s_own_statements_set_a_database_up(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/postgresql.md, from an empty server to a healthy ledger."""
    page = (ROOT / "docs" / "postgresql.md").read_text("utf-8")
    before, after = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    url = databases.server.url

    def run(statements: str, database: str) -> None:
        with psycopg.connect(url("postgres", database), autocommit=True) as prompt:
            for each in filter(None, map(str.strip, statements.split(";"))):
                prompt.execute(each.encode())

    run(before, "postgres")
    try:
        monkeypatch.setenv("NETRAL_DATABASE", url("netral_owner", "netral"))
        netral("migrate")
        run(after, "netral")
        monkeypatch.setenv("NETRAL_DATABASE", url("netral_service", "netral"))
        netral(*OPEN, "mine")
        netral("doctor", "mine")
        assert json.loads(netral("status", "mine", "--json"))["healthy"]
    finally:
        databases.drop("netral")


def test_a_folder_without_its_database_says_where_to_look(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is easily forgotten in another shell."""
    monkeypatch.delenv("NETRAL_DATABASE")
    with pytest.raises(Misconfigured, match="set NETRAL_DATABASE"):
        netral("status", str(place))


def test_a_folder_with_a_file_and_a_database_is_opened_by_neither(place: Path) -> None:
    """Going on with the wrong one would make a second history."""
    (place / LEDGER_DB).touch()
    with pytest.raises(Misconfigured, match="which is the ledger"):
        netral("status", str(place))


def test_attack_another_ledger_s_database_is_refused(place: Path, databases: Databases) -> None:
    """The trail in the folder is of one history, and the database of another."""
    other = databases.new()
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("NETRAL_DATABASE", databases.server.url("writer", other))
            netral(*OPEN, "theirs")
            with pytest.raises(Misconfigured, match="not the key store of this ledger"):
                opened(place)
    finally:
        databases.drop(other)


def test_the_database_may_be_named_in_the_folder_s_own_file(
    place: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where its URL holds no password; so no shell has to know it."""
    monkeypatch.delenv("NETRAL_DATABASE")
    (place / "netral.toml").write_text(f'database = "{database.url}"\n')
    assert json.loads(netral("status", str(place), "--json"))["recorded"] == 2


@pytest.mark.parametrize(
    "url", ["postgresql://a:hunter2@/b", "postgres://a:hunter2@host/b", "postgresql://host/b?user=a&password=hunter2"]
)
def test_a_password_in_a_file_is_refused_and_not_repeated(here: Path, url: str) -> None:
    (here / "mine").mkdir()
    (here / "mine" / "netral.toml").write_text(f'database = "{url}"\n')
    with pytest.raises(Misconfigured, match="a password does not belong") as refused:
        read_settings(Path("mine"))
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///hunter2",
        "hunter2",
        "postgresql://a:hunter2@nowhere.invalid/b?connect_timeout=1",
        "postgresql://a:hunter2@[/b",
        "postgresql://a:hunter2@/b?nonsense=1",
        "postgresql://a:hunter2@/b?host=/nowhere",
    ],
)
def test_a_url_that_leads_nowhere_is_never_repeated(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """It may hold a password."""
    monkeypatch.setenv("NETRAL_DATABASE", url)
    with pytest.raises(Exception, match=r"NETRAL_DATABASE|cannot be reached") as refused:
        netral(*OPEN, "mine")
    assert "hunter2" not in str(refused.value)
    assert not list(Path("mine").glob("*"))


def test_attack_the_library_s_own_functions_are_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its variable set, the event store library writes without our lock."""
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "true")
    with pytest.raises(Misconfigured, match="POSTGRES_ENABLE_DB_FUNCTIONS is set"):
        netral("status", str(place))
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "no")
    netral("status", str(place))


def test_a_database_without_tables_or_with_others_names_the_way_out(place: Path, database: Database) -> None:
    """Older: migrate. Newer: another release."""
    with administrator(database) as connection:
        connection.execute("INSERT INTO netral.migrations (number, name, digest) VALUES (99, 'future', 'x')")
        with pytest.raises(Unreadable, match="schema 99"):
            opened(place)
        connection.execute("DELETE FROM netral.migrations WHERE number <> 1")
        with pytest.raises(Misconfigured, match="run `netral migrate`"):
            opened(place)
        connection.execute("DROP SCHEMA netral CASCADE")
        with pytest.raises(Misconfigured, match="`netral migrate`"):
            opened(place)
