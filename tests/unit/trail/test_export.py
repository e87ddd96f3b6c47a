"""Exports: what an auditor is handed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.errors import Invalid, Missing
from ledger.trail.sealer import export
from tests.unit.trail.faults import Disk
from tests.unit.trail.trails import Trail, audit, expected_files, files_in


@pytest.fixture
def trail(tmp_path: Path) -> Trail:
    return Trail(tmp_path / "ledger").sealed(1, 100, 300)


@pytest.mark.parametrize("sizes", [(1,), (1, 2, 100), (1, 256), (1, 100, 300, 600)])
def test_an_export_holds_the_checkpoint_and_what_it_implies(sizes: tuple[int, ...], tmp_path: Path) -> None:
    """And nothing else: no older partial file, no staging, no lock."""
    trail = Trail(tmp_path / "ledger").sealed(*sizes)
    export(trail.folder, tmp_path / "new/bundle")
    assert files_in(tmp_path / "new/bundle") == {"checkpoint", *expected_files(sizes[-1])}
    assert audit(tmp_path / "new/bundle", trail.key.verifier) == trail.sealer().latest()


def test_an_export_is_renewed_in_its_place(trail: Trail, tmp_path: Path) -> None:
    """Also into an empty folder that is there already, and also over an older state."""
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    for size in (300, 300, 520):
        trail.sealed(size)
        export(trail.folder, bundle)
        assert files_in(bundle) == {"checkpoint", *expected_files(size)}
        assert audit(bundle, trail.key.verifier).size == size


def test_a_partial_file_that_went_meanwhile_is_cut_from_the_wider_one(trail: Trail, tmp_path: Path) -> None:
    """The trail may be sealed on while it is exported: the checkpoint that was read first is the one exported."""
    note = (trail.folder / "checkpoint").read_bytes()
    trail.sealed(512)
    (trail.folder / "checkpoint").write_bytes(note)
    assert not (trail.folder / "tile/entries/001.p").exists()
    export(trail.folder, tmp_path / "bundle")
    assert files_in(tmp_path / "bundle") == {"checkpoint", *expected_files(300)}
    assert audit(tmp_path / "bundle", trail.key.verifier).size == 300


@pytest.mark.parametrize(
    "name", ["letter.txt", "tile/notes.txt", "tile/0/000.p/256", "tile/0/1", "tile/64/000", "a/checkpoint"]
)
def test_attack_an_export_over_somebodys_files(name: str, trail: Trail, tmp_path: Path) -> None:
    """A folder with a file that no export writes is left as it is, whether or not an export stands there too."""
    bundle = tmp_path / "bundle"
    export(trail.folder, bundle)
    kept = bundle / name
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("mine")
    before = files_in(bundle)
    with pytest.raises(Invalid, match="choose another folder"):
        export(trail.folder, bundle)
    assert files_in(bundle) == before
    assert kept.read_text() == "mine"


def test_attack_an_export_through_a_link(trail: Trail, tmp_path: Path) -> None:
    """What a link leads to is not the export's to remove."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle/tile").symlink_to(tmp_path / "mine")
    with pytest.raises(Invalid, match="tile"):
        export(trail.folder, tmp_path / "bundle")


def test_attack_an_export_over_a_file(trail: Trail, tmp_path: Path) -> None:
    """It says so, and the file stays."""
    (tmp_path / "bundle").write_text("mine")
    with pytest.raises(Invalid, match="is a file"):
        export(trail.folder, tmp_path / "bundle")
    assert (tmp_path / "bundle").read_text() == "mine"


def test_attack_an_export_over_that_of_another_trail(trail: Trail, tmp_path: Path) -> None:
    """The auditor of two ledgers does not lose one of them."""
    export(trail.folder, tmp_path / "bundle")
    checkpoint = tmp_path / "bundle/checkpoint"
    checkpoint.write_bytes(checkpoint.read_bytes().replace(b"demo.", b"prod."))
    with pytest.raises(Invalid, match=r"another trail, prod\.invalid"):
        export(trail.folder, tmp_path / "bundle")
    checkpoint.write_bytes(b"not a note")
    with pytest.raises(Invalid, match="cannot be read"):
        export(trail.folder, tmp_path / "bundle")


@pytest.mark.parametrize("place", [".", "bundle", ".."])
def test_attack_an_export_over_the_trail_itself(place: str, trail: Trail) -> None:
    """Neither the trail's folder, nor one inside it, nor one around it."""
    before = files_in(trail.folder)
    with pytest.raises(Invalid, match="lie apart"):
        export(trail.folder, trail.folder / place)
    assert files_in(trail.folder) == before


def test_nothing_published_is_nothing_to_export(tmp_path: Path) -> None:
    """And no folder is made."""
    with pytest.raises(Missing, match="no published checkpoint"):
        export(tmp_path / "trail", tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()


@pytest.mark.parametrize("how", ["half", "after"])
def test_an_interrupted_export_never_passes_for_complete(
    how: str, trail: Trail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over an older export too: at every step it is the old one, or has no checkpoint, or is the new one."""
    disk = Disk(monkeypatch)
    bundle = tmp_path / "bundle"
    for at in range(1, 1000):
        with disk.failing(at, how):
            export(trail.folder, bundle)
        if not disk.happened(at):
            break
        if (bundle / "checkpoint").exists():
            assert audit(bundle, trail.key.verifier).size == 300
    assert at > 15
    assert files_in(bundle) == {"checkpoint", *expected_files(300)}
