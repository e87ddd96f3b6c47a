"""Foreign eyes: the npm package @sigstore/verify, which shares nothing with us, reads our checkpoints and proofs.

It runs where Node and npm are present and the package can be installed (once, into pytest's cache); else it is skipped.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ledger.trail.checkpoint import Checkpoint, SigningKey
from ledger.trail.merkle import inclusion_proof, leaf_hash, root_at, root_of
from tests.verify.bundles import ORIGIN, PUBLISHED, VERIFY, trail, vkey

PACKAGE = "@sigstore/verify@3.1.1"
SCRIPT = Path(__file__).with_name("foreign.js")
KEY = SigningKey.from_seed(ORIGIN, bytes(range(32)))
SIZES = [*range(1, 18), 255, 256, 257, 300]

Case = dict[str, Any]


@pytest.fixture(scope="module")
def foreign(request: pytest.FixtureRequest) -> Callable[[Sequence[Case]], list[bool]]:
    """What the foreign verifier says of each case."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("Node and npm are not here")
    assert request.config.cache is not None
    folder = request.config.cache.mkdir("foreign-eyes")
    if not (folder / "node_modules" / "@sigstore" / "verify").is_dir():
        command = [npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1_200)
        except subprocess.TimeoutExpired:
            pytest.skip(f"npm did not install {PACKAGE} in time")
        if done.returncode:
            pytest.skip(f"npm cannot install {PACKAGE} here")

    def judge(cases: Sequence[Case]) -> list[bool]:
        command = [node, str(SCRIPT), str(folder)]
        done = subprocess.run(
            command, input=json.dumps(cases), capture_output=True, text=True, check=False, timeout=600
        )
        assert done.returncode == 0, done.stderr
        verdicts: list[bool] = json.loads(done.stdout)
        return verdicts

    return judge


def sealed(entries: Sequence[bytes], index: int) -> Case:
    """An entry with the proof and the checkpoint that the ledger's own code makes for it."""
    leaves = [leaf_hash(raw) for raw in entries]

    def hash_at(level: int, place: int) -> bytes:
        return root_of(leaves[place << level : (place + 1) << level])

    note = KEY.sign(Checkpoint(ORIGIN, len(entries), root_at(len(entries), hash_at)).text())
    hashes = inclusion_proof(index, len(entries), hash_at)
    return {
        "vkey": KEY.vkey,
        "checkpoint": note.decode(),
        "index": index,
        "entry": base64.b64encode(entries[index]).decode(),
        "hashes": [base64.b64encode(each).decode() for each in hashes],
    }


def ours(case: Case) -> bool:
    """What verify.py says of the same bytes."""
    lines = ["c2sp.org/tlog-proof@v1", f"index {case['index']}", *case["hashes"], "", case["checkpoint"]]
    asked = {"proof": ["\n".join(lines).encode()], "entry": [base64.b64decode(case["entry"])]}
    try:
        VERIFY.verify(None, case["vkey"], **asked)
    except VERIFY.VerificationError:
        return False
    return True


def test_the_ledgers_checkpoints_and_proofs_are_accepted(foreign: Callable[[Sequence[Case]], list[bool]]) -> None:
    """Around powers of two and the width of a tile, the first, the last and some entries between."""
    cases = [sealed(trail(size), index) for size in SIZES for index in sorted({0, size // 3, size // 2, size - 1})]
    assert foreign(cases) == [True] * len(cases)
    assert all(map(ours, cases))


def test_the_published_leaves_are_accepted(foreign: Callable[[Sequence[Case]], list[bool]]) -> None:
    """Any bytes can be a leaf."""
    leaves = [bytes.fromhex(data) for data, _ in PUBLISHED]
    cases = [sealed(leaves[:size], index) for size in range(1, 9) for index in range(size)]
    assert foreign(cases) == [True] * len(cases)


def attacks(case: Case) -> list[Case]:
    """Every way in which one member of a true case is made false."""
    other = sealed(trail(7), 3)
    flipped = base64.b64encode(bytes(32)).decode()
    return [
        case | {"index": case["index"] + 1},
        case | {"index": 7},
        case | {"hashes": case["hashes"][:-1]},
        case | {"hashes": [*case["hashes"], flipped]},
        case | {"hashes": [flipped, *case["hashes"][1:]]},
        case | {"hashes": case["hashes"][::-1]},
        case | {"entry": other["entry"]},
        case | {"checkpoint": sealed(trail(6), 0)["checkpoint"]},
        case | {"checkpoint": case["checkpoint"].replace("\n7\n", "\n8\n", 1)},
        case | {"vkey": vkey(KEY.private, "other.invalid/x")},
    ]


def test_attack_nothing_false_is_accepted_by_either(foreign: Callable[[Sequence[Case]], list[bool]]) -> None:
    """Two verifiers that share no line agree on what is false."""
    cases = attacks(sealed(trail(7), 4))
    assert foreign(cases) == [False] * len(cases)
    assert not any(map(ours, cases))
