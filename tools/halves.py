"""Run the tests in two halves side by side, one on each of two cores; with arguments, run pytest with those alone."""

from __future__ import annotations

import subprocess
import sys
import tempfile

HALVES = (("tests/api", "tests/cli", "tests/flow"), ("tests/rules", "tests/unit", "tests/verify"))


def main(arguments: list[str]) -> int:
    """The worse of both exit statuses; the second half's report follows the first one's, so that neither is mixed."""
    pytest = [sys.executable, "-m", "pytest"]
    if arguments:
        return subprocess.call([*pytest, *arguments])  # noqa: S603 (our own command)
    first, second = HALVES
    with tempfile.TemporaryFile() as report:
        beside = [*pytest, *second, "-o", "cache_dir=.pytest_cache/second"]
        other = subprocess.Popen(beside, stdout=report, stderr=subprocess.STDOUT)  # noqa: S603
        status = subprocess.call([*pytest, *first])  # noqa: S603
        worse = max(status, other.wait())
        report.seek(0)
        sys.stdout.write(report.read().decode(errors="replace"))
    return worse


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
