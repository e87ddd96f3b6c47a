"""The verifier as an auditor runs it: another process, isolated, with nothing of ours on its path."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import ledger.verify

VERIFIER: Final = Path(ledger.verify.__file__).with_name("verify.py")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a bundle is what the key vouches for, and the verifier's own words."""

    true: bool
    said: str


def verdict_on(bundle: Path, key: Path, *more: str) -> Verdict:
    """Run verify.py over a bundle with the verifier key in a file, and whatever else an auditor holds it against."""
    done = subprocess.run(  # noqa: S603 (our own file, our own arguments)
        [sys.executable, "-I", str(VERIFIER), str(bundle), "--key", f"@{key}", *more],
        capture_output=True,
        text=True,
        check=False,
    )
    return Verdict(done.returncode == 0, done.stdout.strip() or done.stderr.strip())
