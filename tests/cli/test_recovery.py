"""What a start refuses, and the ways out: entries from the trail's own bundles, a corrected clock, an evidence kept."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from api.chronicles import register
from api.recovering import recover
from api.status import status_of
from api.wiring import LEDGER_DB, LOCK, TRAIL, create_house, open_house
from ledger.clock import SimulatedClock, real_clock
from ledger.errors import Broken, ClockBehind, Diverged, Invalid
from ledger.itself.facts import ClockKind
from ledger.settings import read_settings
from ledger.trail.export import export
from tests.auditor import audit
from tests.cli.conftest import Netral
from tests.cli.test_backup import go_on
from tests.cli.test_status import rewrite, shorten


def rows(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / LEDGER_DB)) as connection:
        return connection.execute("SELECT * FROM events ORDER BY position").fetchall()


def test_entries_that_the_database_lost_come_back_from_the_trail(netral: Netral, folder: Path) -> None:
    """Row by row the same; the ledger starts, seals on, and the auditor finds one history."""
    before = rows(folder)
    shorten(folder)
    with pytest.raises(Diverged, match="lock store is ahead of the database: 26 entries are sealed and 21 recorded"):
        open_house(folder)
    done = netral("recover", folder)
    assert "entries 21 to 25 were put back" in done.output
    assert rows(folder) == before
    assert status_of(folder, real_clock).wrong == []
    go_on(folder)
    house = open_house(folder)
    audit(house)
    house.close()


def test_entries_come_back_from_an_auditors_export_where_the_own_trail_is_lost(folder: Path, tmp_path: Path) -> None:
    """And the trail's folder is made again from the database by the next start."""
    export(folder / TRAIL, tmp_path / "auditor")
    shutil.rmtree(folder / TRAIL)
    shorten(folder)
    with pytest.raises(Diverged, match="is not in"):
        recover(folder, None, real_clock)
    assert recover(folder, tmp_path / "auditor", real_clock).first == 21
    house = open_house(folder)
    audit(house)
    house.close()


def test_a_seal_that_was_committed_and_not_published_is_recovered_from_staging(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The crash came after the lock store's swap, and then the database was lost."""
    older = (folder / LEDGER_DB).read_bytes()
    house = open_house(folder)
    house.close()
    shutil.copy(folder / LEDGER_DB, folder / "newer.db")
    with monkeypatch.context() as patched:
        patched.setattr("ledger.trail.staging.Staging.publish", lambda _: (_ for _ in ()).throw(OSError("dead")))
        with pytest.raises(OSError, match="dead"):
            go_on(folder)
    newest = rows(folder)
    for each in folder.glob(f"{LEDGER_DB}*"):
        each.unlink()
    (folder / LEDGER_DB).write_bytes(older)
    assert recover(folder, None, real_clock).last == 27
    assert rows(folder) == newest


def test_attack_a_forged_bundle_recovers_nothing(folder: Path, tmp_path: Path) -> None:
    """The sealed root is over other bytes."""
    export(folder / TRAIL, tmp_path / "forged")
    (bundle,) = (tmp_path / "forged" / "tile" / "entries").rglob("26")
    bundle.write_bytes(bundle.read_bytes().replace(b'"source":"own"', b'"source":"owN"'))
    shorten(folder)
    left = rows(folder)
    with pytest.raises(Diverged, match="do not give the root that is sealed at size 26"):
        recover(folder, tmp_path / "forged", real_clock)
    assert rows(folder) == left


def test_a_rewritten_row_is_not_papered_over(folder: Path) -> None:
    """What is left must be true for what is put back to be of any use."""
    shorten(folder)
    rewrite(folder)
    with pytest.raises(Diverged, match="one of the two is not this history"):
        recover(folder, None, real_clock)


def test_a_whole_ledger_has_nothing_to_recover(folder: Path) -> None:
    """It is left as it is; without a lock store nobody knows what is missing."""
    with pytest.raises(Invalid, match="nothing is missing: 26 entries are sealed, and 26 recorded"):
        recover(folder, None, real_clock)
    shutil.rmtree(folder / LOCK)
    with pytest.raises(Diverged, match="lock store is missing"):
        recover(folder, None, real_clock)


def test_a_clock_behind_the_last_entry_is_refused_at_the_start_and_corrected_by_a_fact(
    netral: Netral, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine was a day ahead when it recorded; the trail says so, and time goes on."""
    folder = tmp_path / "ahead"
    clock = SimulatedClock(real_clock() + timedelta(days=1))
    create_house(folder, domain="test.invalid", kind=ClockKind.REAL, operator=register.OPERATOR, clock=clock).close()
    with pytest.raises(ClockBehind, match="netral correct-clock"):
        open_house(folder)
    monkeypatch.setenv("NETRAL_OPERATOR_ACCOUNT", "sari")
    monkeypatch.setenv("NETRAL_OPERATOR_NAME", "Sari Contoh")
    done = netral("correct-clock", folder, "--reason", "the clock chip was a day ahead")
    assert "recorded at position 1" in done.output
    house = open_house(folder)
    audit(house)
    house.close()


def test_a_policy_that_cannot_be_meant_is_refused_before_anything_starts(
    netral: Netral, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names another log, or asks for more than it gives addresses of."""
    vkey = (folder / "trail.vkey").read_text().strip()
    witness = netral("witness", "new", "--state", tmp_path / "w", "--name", "w.invalid/w").output.strip()
    other = "test.invalid/" + "0" * 16
    monkeypatch.setenv("NETRAL_POLICY", str(tmp_path / "policy"))
    assert read_settings(folder).policy == tmp_path / "policy"
    for text, words in (
        (f"log {vkey}\nwitness w {witness} http://w.invalid\ngroup o any w\nquorum o", "it does not end in a newline"),
        (f"log {vkey}\nwitness w {witness}\ngroup o any w\nquorum o\n", "gives the addresses of 0"),
        (f"log {vkey}\nwitness w {witness} ftp://w\ngroup o any w\nquorum o\n", "has no address"),
        (None, "cannot be read: No such file"),
    ):
        (tmp_path / "policy").unlink(missing_ok=True)
        if text is not None:
            (tmp_path / "policy").write_text(text)
        with pytest.raises(Broken, match=words):
            netral("office", "list", folder)
    from ledger.trail.checkpoint import SigningKey

    (tmp_path / "policy").write_text(f"log {SigningKey.generate(other).vkey}\nquorum none\n")
    with pytest.raises(Broken, match="is that of another log"):
        netral("office", "list", folder)


def test_a_key_is_rotated_on_the_command_line(netral: Netral, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It prints the new key and what to do with it; the backup carries all of them."""
    monkeypatch.setenv("NETRAL_OPERATOR_ACCOUNT", "sari")
    monkeypatch.setenv("NETRAL_OPERATOR_NAME", "Sari Contoh")
    done = netral("rotate-key", folder)
    vkey = (folder / "trail.vkey").read_text().strip()
    assert vkey in done.output
    assert "from size 27 on" in done.output
    assert max(len(line) for line in done.output.splitlines() if vkey not in line and "trail" not in line) <= 120
    netral("backup", folder, folder.parent / "backup")
    kept = {path.name for path in (folder.parent / "backup" / "keys" / "signing.keys").glob("*.key")}
    assert len(kept) == 2
    done = netral("restore", folder.parent / "backup", folder.parent / "again")
    assert done.exit_code == 0
