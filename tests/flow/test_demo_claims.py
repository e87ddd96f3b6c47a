"""What the demo claims: it fails loudly when a claim is untrue, and a stranger refuses its bundle after any change."""

from __future__ import annotations

import io
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from api import auditing, demo
from api.reading import Reader, Wanted
from api.wiring import VIEWS_DB, VKEY
from ledger.errors import Broken
from ledger.trail.export import export
from tests.short_demo import short_demo as short_demo
from tests.verify.bundles import framed, leaf_hash, load, write

CHECKPOINT, ENTRIES, HASHES = "checkpoint", "tile/entries/*.p/*", "tile/0/*.p/*"
"""The newest file of each kind; a partial tile's name ends in its width."""
FULL = ("tile/entries/00?", "tile/0/00?", "tile/1/000.p/*")
"""What stands beside them, of a trail of more than one tile."""


@pytest.fixture
def screen() -> Console:
    """A console that nobody looks at."""
    return Console(file=io.StringIO(), width=200)


def shown(screen: Console) -> str:
    """What was printed, without line breaks."""
    assert isinstance(screen.file, io.StringIO)
    return " ".join(screen.file.getvalue().split())


def then(monkeypatch: pytest.MonkeyPatch, do: Callable[[Path], None]) -> None:
    """Do something to the demo's folder between its export and its verification."""

    def export_and_then(trail: Path, destination: Path) -> None:
        export(trail, destination)
        do(trail.parent)

    monkeypatch.setattr(demo, "export", export_and_then)


def test_the_demo_shows_what_it_made(screen: Console, tmp_path: Path) -> None:
    """The root, the verifier's verdict, every projection rebuilt, where each allegation stands."""
    house = demo.run_demo(tmp_path / "demo", screen)
    try:
        checkpoint = house.sealer.latest()
        cases = Reader(house.views).cases(Wanted(), None, 200).answer.cases
        assert len(cases) == 4
        assert checkpoint is not None
        assert checkpoint.size == house.store.size()
        for word in (
            checkpoint.root.hex(),
            f"TRUE: trail {house.ledger.origin}, {checkpoint.size} entries",
            "simulated clock",
            *(case.complaint for case in cases if not any(each.handover for each in case.referrals)),
            "on_track (#2)",
            "returned (no_study)",
            *(f"Projection {name}: dibangun ulang = hidup · rebuilt = live" for name in house.views.projections),
        ):
            assert word in shown(screen)
    finally:
        house.close()


def test_each_run_makes_another_ledger_with_another_key(screen: Console, tmp_path: Path) -> None:
    """Two demos can never be taken for one trail."""
    made = []
    for _ in range(2):
        house = demo.run_demo(tmp_path / "demo", screen)
        made.append(
            (house.ledger.ledger, house.ledger.origin, house.ledger.vkey, (tmp_path / "demo" / VKEY).read_text())
        )
        house.close()
    assert all(first != second for first, second in zip(*made, strict=True))


@pytest.mark.parametrize("name", [CHECKPOINT, ENTRIES, HASHES])
def test_the_demo_fails_when_the_verifier_refuses_its_bundle(
    name: str, screen: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte, changed after the export: it says so, shows the verdict, and ends there."""

    def flip(folder: Path) -> None:
        (path,) = (folder / demo.BUNDLE).glob(name)
        path.write_bytes(flipped(path.read_bytes(), 70))

    then(monkeypatch, flip)
    with pytest.raises(Broken, match="refused the bundle"):
        demo.run_demo(tmp_path / "demo", screen)
    assert "FALSE: step" in shown(screen)
    assert "rebuilt = live" not in shown(screen)
    assert not (tmp_path / "demo" / demo.TOKENS).exists()


@pytest.mark.parametrize("name", ["cases", "timeline"])
def test_the_demo_fails_when_a_view_is_not_what_its_entries_make(
    name: str, screen: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that no entry tells of, in the live view: the rebuilt one has another root."""

    def add_a_row(folder: Path) -> None:
        with closing(sqlite3.connect(folder / VIEWS_DB)) as connection:
            (table,) = connection.execute(
                "SELECT name FROM sqlite_master WHERE name GLOB ?", (f"{name}_v*",)
            ).fetchone()
            columns = connection.execute(f"SELECT count(*) FROM pragma_table_info('{table}')").fetchone()[0]
            connection.execute(f"INSERT INTO {table} VALUES ({','.join('0' * columns)})")
            connection.commit()

    then(monkeypatch, add_a_row)
    with pytest.raises(Broken, match=f"{name} is not what its entries make"):
        demo.run_demo(tmp_path / "demo", screen)
    assert not (tmp_path / "demo" / demo.TOKENS).exists()


# The bundle, in a stranger's hands


@dataclass(frozen=True)
class Stranger:
    """Somebody elsewhere with the bundle, the key and the verifier's one file, and nothing of ours."""

    folder: Path
    key: str
    files: dict[str, bytes]
    verifier: Any

    def name(self, pattern: str) -> str:
        """The one file of a kind."""
        (found,) = (name for name in self.files if fnmatch(name, pattern))
        return found

    def refuses(self, files: dict[str, bytes]) -> bool:
        """Whether the bundle is refused with these files in the place of its own; they are put back afterwards."""
        write(self.folder / "bundle", files)
        try:
            self.verifier.verify(self.folder / "bundle", self.key)
        except self.verifier.VerificationError:
            return True
        finally:
            write(self.folder / "bundle", {name: self.files[name] for name in files})
        return False


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Stranger:
    ours, theirs = tmp_path_factory.mktemp("ours"), tmp_path_factory.mktemp("theirs")
    demo.run_demo(ours / "demo", Console(file=io.StringIO())).close()
    shutil.copytree(ours / "demo" / demo.BUNDLE, theirs / "bundle")
    shutil.copy(auditing.VERIFIER, theirs / "verify.py")
    files = {
        path.relative_to(theirs / "bundle").as_posix(): path.read_bytes()
        for path in (theirs / "bundle").rglob("*")
        if path.is_file()
    }
    return Stranger(theirs, (ours / "demo" / VKEY).read_text().strip(), files, load(theirs / "verify.py"))


def flipped(data: bytes, place: int, bits: int = 0x01) -> bytes:
    return data[:place] + bytes([data[place] ^ bits]) + data[place + 1 :]


def test_the_verifier_copied_alone_accepts_the_demos_bundle(stranger: Stranger) -> None:
    """In a folder of its own and a process of its own, isolated, from where nothing of ours can be imported."""
    command = [sys.executable, "-I", "verify.py", "bundle", "--key", stranger.key]
    said = subprocess.run(command, cwd=stranger.folder, env={}, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("SAH")
    kinds = (CHECKPOINT, ENTRIES, HASHES, *FULL)
    assert all(any(fnmatch(name, kind) for kind in kinds) for name in stranger.files)
    assert not stranger.refuses({})


def test_the_verifier_copied_alone_refuses_a_changed_byte_with_exit_status_1(stranger: Stranger) -> None:
    """The demo's own command, as a stranger would type it."""
    name = stranger.name(ENTRIES)
    bundle = write(stranger.folder / "changed", stranger.files | {name: flipped(stranger.files[name], 5000)})
    command = [sys.executable, "-I", "verify.py", str(bundle), "--key", stranger.key]
    said = subprocess.run(command, cwd=stranger.folder, env={}, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (1, "")
    assert "FALSE" in said.stdout


@pytest.mark.parametrize("bits", [0x01, 0x20, 0x80])
def test_attack_any_byte_of_the_checkpoint_was_changed(stranger: Stranger, bits: int) -> None:
    """Every one of them, under a flip that keeps hex hex, one that changes a letter's case, and one out of ASCII."""
    true = stranger.files[CHECKPOINT]
    changes = [place for place in range(len(true)) if not stranger.refuses({CHECKPOINT: flipped(true, place, bits)})]
    assert changes == []


@pytest.mark.parametrize("kind", [ENTRIES, HASHES])
def test_attack_a_byte_anywhere_in_a_tile_was_changed(stranger: Stranger, kind: str) -> None:
    """Entries with all their headers, bodies and lengths; hashes of all of them; some two hundred places of each."""
    name = stranger.name(kind)
    true = stranger.files[name]
    places = range(0, len(true), max(97, len(true) // 200))
    assert [place for place in places if not stranger.refuses({name: flipped(true, place)})] == []
    assert len(places) > 5


def rearranged(entries: list[bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """Each entry, or every so manyth of many, dropped, repeated, and swapped with the next one."""
    for place in range(0, len(entries), len(entries) // 50 + 1):
        before, this, after = entries[:place], entries[place], entries[place + 1 :]
        yield f"{place} dropped", [*before, *after]
        yield f"{place} repeated", [*before, this, this, *after]
        if after:
            yield f"{place} swapped", [*before, after[0], this, *after[1:]]


def unframed(bundle: bytes) -> list[bytes]:
    """The entries of an entry bundle: two bytes of length before each."""
    entries = []
    while bundle:
        end = 2 + int.from_bytes(bundle[:2], "big")
        entries.append(bundle[2:end])
        bundle = bundle[end:]
    return entries


@pytest.mark.parametrize("hashed", ["not hashed again", "hashed again"])
def test_attack_an_entry_was_dropped_repeated_or_swapped(stranger: Stranger, hashed: str) -> None:
    """With the hash tile as it was, or made anew to fit: the signed root is another one."""
    accepted = []
    bundle, hashes = stranger.name(ENTRIES), stranger.name(HASHES)
    for what, entries in rearranged(unframed(stranger.files[bundle])):
        files = {bundle: framed(entries)}
        if hashed == "hashed again":
            files[hashes] = b"".join(leaf_hash(raw) for raw in entries)
        if not stranger.refuses(files):
            accepted.append(what)
    assert accepted == []
