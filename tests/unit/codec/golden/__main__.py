"""Run by hand: write the golden files of the topics that are named. See the package's docstring."""

from __future__ import annotations

import sys

from tests.unit.codec.golden import add
from tests.unit.codec.golden.examples import BY_TOPIC


def main(topics: list[str]) -> int:
    """Write each topic's file; the first that cannot be written ends the run."""
    if not topics:
        print("usage: python -m tests.unit.codec.golden TOPIC...", file=sys.stderr)
        return 2
    for topic in topics:
        if topic not in BY_TOPIC:
            print(f"{topic} has no example in tests/unit/codec/golden/examples.py", file=sys.stderr)
            return 2
        try:
            add(BY_TOPIC[topic])
        except FileExistsError as error:
            print(f"refused: {error}", file=sys.stderr)
            return 1
        print(f"{topic}.entry written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
