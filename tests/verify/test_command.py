"""The verifier as an auditor runs it: one file in a folder of its own, by an isolated Python."""

from __future__ import annotations

import ast
import re
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
    complaint,
    cosignature,
    entry,
    evidence_file,
    files_of,
    genesis,
    home_body,
    leaf_hash,
    note,
    policy,
    receipt,
    replaced,
    sealed_note,
    signature,
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


CASE = "complaint-" + "0" * 32
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
    "a policy that is not there": ["bundle", "--key", vkey(), "--policy", "nowhere"],
    "a policy that is none": ["bundle", "--key", vkey(), "--policy", "noise"],
    "a policy twice": ["bundle", "--key", vkey(), "--policy", "noise", "--policy", "noise"],
    "a kept checkpoint that is not there": ["bundle", "--key", vkey(), "--since", "nowhere"],
    "a size without a case": ["bundle", "--key", vkey(), "--upto", "3"],
    "a size that is no number": ["bundle", "--key", vkey(), "--case", CASE, "--upto", "three"],
    "a size of nothing": ["bundle", "--key", vkey(), "--case", CASE, "--upto", "0"],
    "a case that is no stream": ["bundle", "--key", vkey(), "--case", "Jambi"],
    "two cases": ["bundle", "--key", vkey(), "--case", CASE, "--case", CASE],
    "a proof without its entry": ["--proof", "noise", "--key", vkey()],
    "an entry without its proof": ["--entry", "noise", "--key", vkey()],
    "an entry beside a bundle": ["bundle", "--proof", "noise", "--entry", "noise", "--key", vkey()],
    "two proofs of one entry": ["--proof", "noise", "--proof", "noise", "--entry", "noise", "--key", vkey()],
    "evidence beside a bundle": ["bundle", "--evidence", "noise", "--key", vkey()],
    "evidence and a proof": ["--evidence", "noise", "--proof", "noise", "--key", vkey()],
    "evidence without a key": ["--evidence", "noise"],
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


# What else may be asked


def test_all_that_may_be_asked_of_a_bundle_is_answered_at_once(alone: Path, tmp_path: Path) -> None:
    """Each thing asked for is a numbered step of its own, below the twelve."""
    text = sealed_note(trail(7)).partition(b"\n\n")[0] + b"\n"
    files = files_of(trail(7)) | {"checkpoint": note(text, signature(text), cosignature(text, 0))}
    write(tmp_path / "bundle", files)
    kept = {
        "since": sealed_note(trail(3)),
        "proof": receipt(trail(5), 4),
        "policy": policy("group g any w0 w1 w2 w3", "quorum g"),
    }
    write(tmp_path, kept)
    asked = [word for name in kept for word in (f"--{name}", str(tmp_path / name))]
    case = ["--case", complaint(0), "--upto", "6"]
    status, out, err = run(alone, str(tmp_path / "bundle"), "--key", vkey(), *asked, *case)
    assert (status, err) == (0, "")
    numbered = [line.split(":")[0] for line in out.splitlines() if line[:2].strip().isdigit() and line[2:3] == " "]
    assert [line.split()[1] for line in numbered[12:]] == ["witness", "since", "proof", "case"]
    assert "   2. complaint.traced.v1, entry 5, " in out


def test_a_receipt_is_verified_without_any_bundle(alone: Path, tmp_path: Path) -> None:
    """An office, its entry, its proof, and the key."""
    write(tmp_path, {"proof": receipt(trail(7), 3), "entry": trail(7)[3], "other": trail(7)[4]})
    asked = ["--key", vkey(), "--proof", str(tmp_path / "proof"), "--entry"]
    assert run(alone, *asked, str(tmp_path / "entry"))[0] == 0
    status, out, _ = run(alone, *asked, str(tmp_path / "other"))
    assert status == 1
    assert out.startswith("TIDAK SAH (langkah 5)\nFALSE: step 5, check order.position\n")


def test_evidence_is_explained_and_what_is_none_is_refused(alone: Path, tmp_path: Path) -> None:
    """Exit 0 says that the accusation is true."""
    notes = [sealed_note(trail(7)), sealed_note(trail(7, streams=2))]
    for number, pair in enumerate((notes, notes[:1] * 2)):
        write(tmp_path, {"evidence": evidence_file(*pair)})
        status, out, err = run(alone, "--evidence", str(tmp_path / "evidence"), "--key", vkey())
        assert (status, err) == (number, "")
        assert ("this key signed two roots" in out) == (status == 0)


@pytest.mark.parametrize("number", range(12, 18))
def test_every_further_check_belongs_to_a_numbered_step(number: int) -> None:
    """As the first twelve do."""
    assert VERIFY.NAMES[number] == ["witness", "since", "proof", "opened", "case", "evidence"][number - 12]
    assert re.search(rf"# ([0-9 a-z]+, )?{number + 1}\b", SOURCE.read_text("utf-8"))
