"""Settings: variables win over a file, a file over the default; what cannot be read is named, and never repeated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ledger.errors import Misconfigured
from ledger.settings import Settings, document, read_settings
from tests.api.commands import ROOT


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in ("CONFIG", *(each.upper() for each in Settings.model_fields)):
        monkeypatch.delenv(f"NETRAL_{name}", raising=False)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_the_table_of_settings_is_current() -> None:
    """Made again by: python -m ledger.settings > docs/settings.md"""
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == document()


def test_the_table_is_made_by_running_the_file() -> None:
    """As the table itself says."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "ledger.settings"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == document()


def test_every_setting_says_what_it_sets() -> None:
    """In the table it would be an empty cell."""
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_a_variable_wins_over_the_file_of_the_ledgers_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And the file over the default."""
    write(tmp_path / "mine" / "netral.toml", 'port = 8100\nfollow_seconds = 2\noperator_account = "sari"\n')
    monkeypatch.setenv("NETRAL_PORT", "8200")
    found = read_settings(tmp_path / "mine")
    assert (found.port, found.follow_seconds, found.operator_account) == (8200, 2.0, "sari")


def test_the_file_is_found_in_the_folder_that_a_variable_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Or in var/ledger, where nothing names one."""
    write(tmp_path / "mine" / "netral.toml", "port = 8100\n")
    write(tmp_path / "var" / "ledger" / "netral.toml", "port = 8300\n")
    assert read_settings().port == 8300
    monkeypatch.setenv("NETRAL_DATA", str(tmp_path / "mine"))
    assert read_settings().port == 8100


def test_a_file_that_a_variable_names_stands_for_the_one_in_the_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It may lie anywhere, so it may also say where the ledger lies."""
    write(tmp_path / "mine" / "netral.toml", "port = 8100\n")
    named = write(tmp_path / "etc" / "netral.toml", 'data = "mine"\nfollow_seconds = 3\n')
    monkeypatch.setenv("NETRAL_CONFIG", str(named))
    found = read_settings()
    assert (found.data, found.port, found.follow_seconds) == (Path("mine"), 8000, 3.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prot = 8100\n", "no setting 'prot'.*port"),
        ("port = 70000\n", "port in .*netral.toml.*less than"),
        ("port = [\n", "no TOML file"),
        ("[ledger]\nport = 1\n", "no setting 'ledger'"),
        ('data = "elsewhere"\n', "NETRAL_DATA"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_by_name(tmp_path: Path, text: str, words: str) -> None:
    """A misspelt key that was passed over would be a setting that nobody set."""
    write(tmp_path / "mine" / "netral.toml", text)
    with pytest.raises(Misconfigured, match=words):
        read_settings(tmp_path / "mine")


def test_a_named_file_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Going on with the defaults would be another ledger."""
    monkeypatch.setenv("NETRAL_CONFIG", "nowhere.toml")
    with pytest.raises(Misconfigured, match=r"NETRAL_CONFIG names nowhere\.toml"):
        read_settings()


def test_attack_no_value_of_a_setting_is_repeated_in_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A secret in the wrong place must not reach a log."""
    monkeypatch.setenv("NETRAL_PORT", "hunter2")
    with pytest.raises(Misconfigured, match="NETRAL_PORT") as told:
        read_settings()
    monkeypatch.delenv("NETRAL_PORT")
    write(tmp_path / "mine" / "netral.toml", 'port = "hunter2"\n')
    with pytest.raises(Misconfigured, match="port in") as also:
        read_settings(tmp_path / "mine")
    assert "hunter2" not in f"{told.value}{also.value}"
