"""The auditor: verify.py over a whole trail, in a process of its own, with nothing but the bundle and the key."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import ledger.verify
from api.wiring import House
from ledger.trail.export import export

VERIFIER = Path(ledger.verify.__file__).with_name("verify.py")


def verify(bundle: Path, key: str) -> subprocess.CompletedProcess[str]:
    """Run the verifier, isolated from the environment and from our packages."""
    command = [sys.executable, "-I", str(VERIFIER), str(bundle), "--key", key]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=1_200)


def audit(house: House) -> None:
    """Seal what is recorded, export it, and have the verifier accept it; an assertion error carries what it said."""
    house.sealer.seal()
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "bundle"
        export(house.trail, bundle)
        verdict = verify(bundle, house.signing.verifiers()[-1].vkey)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
