"""What a command imports before it begins: its own, and not what the other commands need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from typer.main import get_group

from api.commands.told import HIDDEN, TOLD, file_of
from tests.api.commands import ROOT, environment

FILES: Final = ROOT / "api/commands"
WEB: Final = {"fastapi", "starlette", "uvicorn"}
DATABASES: Final = {"sqlalchemy", "psycopg", "eventsourcing"}
OURS: Final = {"ledger.concepts", "ledger.codec", "ledger.settings", "projections"}
SHOWING: Final = "import sys; from api.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"


def imported_by(folder: Path, *arguments: str) -> set[str]:
    """The modules that a process has imported when it has run one command well."""
    ran = subprocess.run(
        [sys.executable, "-c", SHOWING, *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stderr.split())


def test_the_help_imports_no_web_framework_and_no_database(tmp_path: Path) -> None:
    """Whoever asks what there is does not wait for all of it."""
    found = imported_by(tmp_path, "--help")
    assert "api.cli" in found
    assert found & (WEB | DATABASES | OURS) == set()


@pytest.mark.parametrize("command", ["witness", "monitor"])
def test_those_outside_import_no_database_and_nothing_of_a_ledger(tmp_path: Path, command: str) -> None:
    """A witness and a monitor have no ledger to open."""
    assert imported_by(tmp_path, command, "--help") & (DATABASES | OURS) == set()


@pytest.mark.parametrize("command", ["status", "export", "demo"])
def test_a_command_on_a_ledger_in_files_imports_no_web_framework_and_no_server_database(
    folder: Path, tmp_path: Path, command: str
) -> None:
    """Together they are most of what starting would take."""
    arguments = {
        "status": [str(folder)],
        "export": [str(tmp_path / "bundle"), "--data", str(folder)],
        "demo": ["--help"],
    }
    found = imported_by(tmp_path, command, *arguments[command])
    assert "ledger.settings" in found
    assert found & (WEB | {"psycopg", "psycopg_pool", "sqlalchemy.dialects.postgresql"}) == set()


@pytest.mark.parametrize("command", [*TOLD, *HIDDEN])
def test_the_help_says_of_each_command_what_its_own_file_says(command: str) -> None:
    """What is told without importing a file must not drift from it."""
    file = get_group(file_of(command))
    told = (file.commands.get(command, file).help or "").split("\n\n")[0]
    assert told == (TOLD | HIDDEN)[command]


def test_every_command_of_every_file_is_told() -> None:
    """A command that is missing from the table could not be asked for."""
    groups = {"election", "office", "official", "rules", "witness"}
    by_file = {command: get_group(file_of(command)).commands for command in TOLD if command not in groups}
    assert {name for commands in by_file.values() for name in commands} == (TOLD | HIDDEN).keys() - groups
    written = {path.stem for path in FILES.glob("*.py") if "\napp = typer.Typer(" in path.read_text("utf-8")}
    told = (FILES / "told.py").read_text("utf-8")
    assert {file for file in written if f"from api.commands.{file} import app" not in told} == set()
