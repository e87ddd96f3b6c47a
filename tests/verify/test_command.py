"""The verifier as an auditor runs it: one file in a folder of its own, by an isolated Python."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.verify.bundles import (
    CORRECTED,
    FOLDER,
    HOME,
    NEXT_KEY,
    ORIGIN,
    VERIFY,
    entry,
    files_of,
    genesis,
    home_body,
    leaf_hash,
    replaced,
    trail,
    tree_hash,
    vkey,
    write,
)

SOURCE = FOLDER / "verify.py"


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """A copy of the one file in an empty folder."""
    (tmp_path / "alone").mkdir()
    return Path(shutil.copy(SOURCE, tmp_path / "alone" / "check.py"))


def run(script: Path, *arguments: str) -> tuple[int, str, str]:
    """Run the copy by `python -I`: no environment, no user packages, nothing from the folder that it lies in."""
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", str(script), *arguments],
        capture_output=True,
        cwd=script.parent,
        check=False,
    )
    return done.returncode, done.stdout.decode("ascii"), done.stderr.decode("ascii")


def test_the_file_is_short_enough_to_be_read_in_one_sitting() -> None:
    """An auditor trusts what they have read: at most 450 lines of at most 120 characters."""
    lines = SOURCE.read_text("utf-8").splitlines()
    assert len(lines) <= 450
    assert max(map(len, lines)) <= 120


def test_the_file_imports_the_standard_library_and_cryptography_and_nothing_of_ours() -> None:
    """It re-implements what it checks: a mistake of the ledger's must not be made twice by sharing code."""
    names = set()
    for node in ast.walk(ast.parse(SOURCE.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(node.module or "")
    foreign = {name for name in names if name.split(".")[0] not in sys.stdlib_module_names}
    assert {name.split(".")[0] for name in foreign} == {"cryptography"}


def test_a_true_bundle_ends_in_sah_and_exit_zero(alone: Path, tmp_path: Path) -> None:
    """The verdict, in Indonesian first; twelve numbered steps; what it cannot know."""
    write(tmp_path / "bundle", files_of(trail(7)))
    status, out, err = run(alone, str(tmp_path / "bundle"), "--key", vkey())
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("SAH ")
    assert lines[1].startswith("TRUE")
    assert [line.split(":")[0].split() for line in lines[2:14]] == [
        [str(number), name]
        for number, name in enumerate(
            [
                "key",
                "checkpoint",
                "bundle",
                "header",
                "order",
                "body",
                "act",
                "once",
                "ledger",
                "tile",
                "root",
                "extra",
            ],
            start=1,
        )
    ]
    root = tree_hash([leaf_hash(raw) for raw in trail(7)]).hex()
    for told in (ORIGIN, root, "size 7", "7 nonces and 4 commitments", "5 streams", "clock corrected: never"):
        assert told in out
    for limit in (
        "operator's key only, not witnessed",
        "clock is simulated",
        "come by another",
        "lost before they were sealed",
        "never recorded",
        "an administrator submitted in another's name",
        "truth of claimed times",
    ):
        assert limit in out


def test_a_false_bundle_ends_in_tidak_sah_and_exit_one(alone: Path, tmp_path: Path) -> None:
    """Which check, of which step, at which entry, what was expected and what was found."""
    entries = list(trail(7))
    entries[4] = replaced(entries[4], b"version", b"5")
    write(tmp_path / "bundle", files_of(entries))
    status, out, err = run(alone, str(tmp_path / "bundle"), "--key", vkey())
    assert (status, err) == (1, "")
    assert out == (
        "TIDAK SAH (langkah 5)\nFALSE: step 5, check order.version, entry 4\n  expected: version 1\n  found:    '5'\n"
    )


def test_a_false_checkpoint_is_no_fault_of_an_entry(alone: Path, tmp_path: Path) -> None:
    """Where no entry is at fault none is named."""
    write(tmp_path / "bundle", files_of(trail(3), NEXT_KEY))
    status, out, err = run(alone, str(tmp_path / "bundle"), "--key", vkey())
    assert (status, err) == (1, "")
    assert "FALSE: step 2, check checkpoint.signature\n" in out


@pytest.mark.parametrize("end", ["", "\n", "\r\n", " \n\n"])
def test_the_key_may_stand_in_a_file(end: str, alone: Path, tmp_path: Path) -> None:
    """As it came by its own channel, with the line end that came along."""
    write(tmp_path / "bundle", files_of(trail(3)))
    (tmp_path / "key").write_bytes((vkey() + end).encode())
    assert run(alone, str(tmp_path / "bundle"), "--key", f"@{tmp_path / 'key'}")[0] == 0


MISUSE = {
    "nothing": [],
    "no key": ["bundle"],
    "an option without its value": ["bundle", "--key"],
    "another option": ["bundle", "--vkey", "x"],
    "the key before the bundle": ["--key", "x", "bundle"],
    "too much": ["bundle", "--key", "x", "y"],
    "an empty key": ["bundle", "--key", ""],
    "a malformed key": ["bundle", "--key", "x+y+z"],
    "a key of another type": ["bundle", "--key", vkey().replace("+AQ", "+Ag")],
    "a key file that is not there": ["bundle", "--key", "@nowhere"],
    "a key file that is a folder": ["bundle", "--key", "@bundle"],
    "a key file of no name": ["bundle", "--key", "@"],
    "a key file that is no text": ["bundle", "--key", "@noise"],
    "a folder that is not there": ["nowhere", "--key", vkey()],
    "a file for a folder": ["noise", "--key", vkey()],
    "a key in another script": ["bundle", "--key", "\u043a\u043b\u044e\u0447"],
    "a folder in another script": ["\u7d50\u679c", "--key", vkey()],
}


@pytest.mark.parametrize("name", MISUSE)
def test_misuse_is_one_sentence_and_exit_two(name: str, alone: Path) -> None:
    """The asker's mistake is not the bundle's: no verdict, no traceback."""
    write(alone.parent, {"bundle/checkpoint": b"", "noise": bytes(range(256))})
    status, out, err = run(alone, *MISUSE[name])
    assert (status, out) == (2, "")
    assert err.startswith("verify.py: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_a_step_back_of_the_clock_is_printed(alone: Path, tmp_path: Path) -> None:
    """An announced correction is lawful, and the auditor must see it."""
    step = entry(2, HOME, 2, CORRECTED, "2024-10-01T12:00:00Z", home_body("step", {"reason": "clock_ahead"}))
    write(tmp_path / "bundle", files_of([*trail(2), step]))
    status, out, _ = run(alone, str(tmp_path / "bundle"), "--key", vkey())
    assert status == 0
    assert "clock corrected: 2024-10-02T00:00:01Z to 2024-10-01T12:00:00Z at entry 2" in out


def test_a_real_clock_is_not_called_simulated(alone: Path, tmp_path: Path) -> None:
    """The word stands in every demonstration and in nothing else."""
    write(tmp_path / "bundle", files_of([genesis(clock="real")]))
    status, out, _ = run(alone, str(tmp_path / "bundle"), "--key", vkey())
    assert status == 0
    assert "simulated" not in out
    assert "clock real" in out


def test_every_check_belongs_to_a_numbered_step() -> None:
    """The number printed with a failure is that of the step whose name the check begins with."""
    source = SOURCE.read_text("utf-8")
    for number, name in enumerate(
        ["checkpoint", "bundle", "header", "order", "body", "act", "once", "ledger", "tile", "root", "extra"], start=2
    ):
        assert f"{number} {name}: " in VERIFY.STEPS
        assert f"# {number} {name}" in source
