"""Run the tests in two halves side by side, one on each of two cores; with arguments, run pytest with those alone.

The halves' files lie in memory where the machine has room for them: the tests kill processes and not machines, so that
nothing is proved by waiting for a disk, and waiting for one was a third of the time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HALVES = (("tests/api", "tests/flow", "tests/rules"), ("tests/cli", "tests/unit", "tests/verify"))
"""As much CPU in each, as far as it was measured folder by folder."""
COMPILED_ANEW = "PYTHONDONTWRITEBYTECODE"
"""Where this is set, each of some hundred processes that the tests start would compile the house anew."""
MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of its own in it)
ROOM = 4 * 1024**3
"""Bytes that must be free there: several times what the tests leave behind until they end."""


def main(arguments: list[str]) -> int:
    """The worse of both exit statuses; the second half's report follows the first one's, so that neither is mixed."""
    pytest = [sys.executable, "-m", "pytest"]
    if arguments:
        return subprocess.call([*pytest, *arguments])  # noqa: S603 (our own command)
    first, second = HALVES
    with tempfile.TemporaryDirectory(prefix="netral-tests-", dir=_in_memory(), ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # a database server that runs as another user has its files below
        report = Path(folder) / "second.txt"
        where = {name: value for name, value in os.environ.items() if name != COMPILED_ANEW} | {"TMPDIR": folder}
        with report.open("w") as told:
            beside = [*pytest, *second, "-o", "cache_dir=.pytest_cache/second"]
            other = subprocess.Popen(beside, stdout=told, stderr=subprocess.STDOUT, env=where)  # noqa: S603
        status = subprocess.call([*pytest, *first], env=where)  # noqa: S603
        worse = max(status, other.wait())
        sys.stdout.write(report.read_text(errors="replace"))
    return worse


def _in_memory() -> Path | None:
    """A folder in memory that is roomy and runs programs, or None: then it is the machine's own for such files."""
    try:
        runs = not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
        return MEMORY if runs and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM else None
    except OSError:
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
