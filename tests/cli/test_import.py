"""`netral generate` and `netral import` as an operator has them: one load everywhere, and nothing recorded twice."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.api.commands import NETRAL, environment, netral
from tests.flow.whole import assert_whole

LEDGER = "ledger"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new ledger on the real clock, and beside it a file of twelve cases."""
    made = tmp_path_factory.mktemp("made")
    who = ("--operator-account", "sari", "--operator-name", "Sari Contoh")
    assert netral(made, "open", LEDGER, "--domain", "load.invalid", *who).returncode == 0
    assert netral(made, "generate", "--cases", "12", "--seed", "3", "--out", "load.ndjson").returncode == 0
    return made


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of them, of the test's own."""
    return Path(shutil.copytree(made, tmp_path / "loaded"))


@pytest.fixture(scope="module")
def imported(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A copy into which the load was imported, and what that said."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("imported") / "loaded"))
    return folder, netral(folder, "import", "load.ndjson", LEDGER)


def lines(folder: Path, name: str = "load.ndjson") -> list[dict[str, Any]]:
    """A file of lines, read."""
    return [json.loads(line) for line in (folder / name).read_text().splitlines()]


def size(folder: Path) -> int:
    """How many entries there are, while somebody records."""
    with closing(sqlite3.connect(folder / LEDGER / "ledger.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    """Also a shorter load is the beginning of a longer one."""
    first, again, longer, other = (
        netral(tmp_path, "generate", "--cases", cases, "--seed", seed).stdout
        for cases, seed in (("20", "1"), ("20", "1"), ("21", "1"), ("20", "2"))
    )
    assert first == again
    assert longer.startswith(first)
    assert first != other


def test_a_load_is_recorded_whole_and_only_once(imported: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """Cases are of 5 to 35 facts; a second run finds everything, and changes nothing."""
    folder, done = imported
    assert (done.returncode, done.stderr) == (0, "")
    facts = assert_whole(folder / LEDGER)
    by_case: dict[str, int] = {}
    for fact in facts:
        if fact.stream.startswith("complaint-"):
            by_case[fact.stream] = by_case.get(fact.stream, 0) + 1
    assert len(by_case) == 12
    assert 4 <= min(by_case.values()) <= max(by_case.values()) <= 35
    again = netral(folder, "import", "load.ndjson", LEDGER)
    assert again.returncode == 0
    assert f"0 commands recorded, 0 facts; {len(lines(folder))} were recorded before; 0 rejected" in again.stdout
    assert len(assert_whole(folder / LEDGER)) == len(facts)
    assert not (folder / "load.rejects.ndjson").exists()


def test_a_bad_line_is_rejected_with_its_reason_and_loses_no_other(folder: Path) -> None:
    """What is no JSON, says a member twice, misses one, names nothing, or breaks a rule; and what hangs on it."""
    good = (folder / "load.ndjson").read_text().splitlines()
    bad = [
        "{no json",
        json.dumps({**lines(folder)[0], "id": "x.1", "body": {"act": {"on": "2024-09-01"}}}),
        json.dumps({**lines(folder)[0], "id": "x.2", "path": "/v1/complaints/{x.9}/closing"}),
        json.dumps({**lines(folder)[0], "id": "x.3", "path": "/v1/nowhere"}),
        json.dumps({**lines(folder)[-1], "id": "x.4", "path": "/v1/complaints", "case": "x"}),
        json.dumps({**lines(folder)[0], "id": "with a space"}),
        '{"id": "x.5", ' + good[0][1:],
    ]
    (folder / "mixed.ndjson").write_text("\n".join([bad[0], *good[:40], *bad[1:], *good[40:]]) + "\n")
    done = netral(folder, "import", "mixed.ndjson", LEDGER)
    assert done.returncode == 3, done.stderr
    assert f"{len(good)} commands recorded" in done.stdout
    rejects = lines(folder, "mixed.rejects.ndjson")
    assert sorted(each["was"] for each in rejects) == sorted(bad)
    assert all(each["reason"] for each in rejects)
    assert (folder / "mixed.rejects.ndjson").stat().st_mode & 0o077 == 0
    assert_whole(folder / LEDGER)


def test_another_command_under_a_known_id_is_rejected(
    imported: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    """An id names one line for ever; a corrected line takes a new one."""
    folder, done = imported
    assert done.returncode == 0
    first = lines(folder)[0]
    first["body"]["name"] = "BKN Lain"
    (folder / "changed.ndjson").write_text(json.dumps(first) + "\n")
    done = netral(folder, "import", "changed.ndjson", LEDGER)
    assert done.returncode == 3
    assert "new key" in lines(folder, "changed.rejects.ndjson")[0]["reason"]


def test_an_import_that_is_killed_goes_on_where_it_was(folder: Path) -> None:
    """SIGKILL in the middle; the second run records the rest, and nothing twice."""
    before = len(assert_whole(folder / LEDGER))
    command = [str(NETRAL), "import", "load.ndjson", str(LEDGER)]
    with subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL) as running:
        until = time.monotonic() + 600
        while size(folder) < before + 70 and running.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.005)
        running.kill()
        assert running.wait() != 0, "it was over before it was killed"
    kept = len(assert_whole(folder / LEDGER))
    done = netral(folder, "import", "load.ndjson", LEDGER)
    assert done.returncode == 0, done.stderr
    facts = assert_whole(folder / LEDGER)
    assert before + 70 <= kept < len(facts)
    assert len([fact for fact in facts if fact.topic == "complaint.filed.v1"]) == 12
