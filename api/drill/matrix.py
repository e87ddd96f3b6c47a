"""The matrix: every attack, who noticed it, and what nobody does, with the reason."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from api.drill import by_administrator, by_signer
from api.drill.attack import Attack
from api.drill.detectors import DETECTORS, noticed
from api.drill.prepared import prepare
from api.drill.world import NotHere

ATTACKS: Final[tuple[Attack, ...]] = (*by_administrator.ATTACKS, *by_signer.ATTACKS)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one attack; `tried` is false where the ledger holds nothing to try it on."""

    attack: Attack
    detected_by: list[str]
    tried: bool = True

    @property
    def as_documented(self) -> bool:
        """Noticed by somebody, or in the residue; and not in the residue if somebody notices it."""
        return not self.tried or bool(self.detected_by) != bool(self.attack.residue)

    def told(self) -> dict[str, Any]:
        """For a program."""
        return {
            "name": self.attack.name,
            "attacker": self.attack.attacker,
            "detected_by": self.detected_by,
            "expected": self.attack.expected,
            "tried": self.tried,
            "as_documented": self.as_documented,
        }


def drill(source: Path | None = None, tell: Callable[[Attack], None] = lambda _: None) -> Iterator[Result]:
    """Attack a ledger made for the purpose, or a copy of one; nothing outside a temporary folder is written."""
    with tempfile.TemporaryDirectory(prefix="netral-drill-") as held:
        folder = Path(held)
        (folder / "world").mkdir()
        world = prepare(folder / "world", source)
        for attack in ATTACKS:
            tell(attack)
            attacked = world.copy(folder / "attacked")
            try:
                attack.do(attacked)
                yield Result(attack, noticed(attacked))
            except NotHere:
                yield Result(attack, [], tried=False)
            shutil.rmtree(attacked.folder)


HEAD: Final = """\
# The drill: who notices which attack

Made by `netral drill --markdown`; a test fails when this page is not what a drill finds. A copy of a ledger is attacked
in every way named here, and everybody who could notice looks at it. The administrator has the database, the disk and
the machine's clock; the signer has the signing key too. The outside, which is verifier and monitor, has the key by
another channel, a policy of two witnesses of two organisations, and a checkpoint that it kept.

- **store**: triggers, and reading: every entry is decoded, every sealed value opened.
- **start-up**: the ledger refuses to start. **sealer**: it starts and seals no more.
- **witness**: does not cosign, or has seen what contradicts.
- **re-hash**: `netral backup` hashes every row. **rebuild**: the projections made again are others.
- **verifier**: `verify.py` with key, policy and the kept checkpoint. **monitor**: `netral monitor`.

"""


def markdown(results: list[Result]) -> str:
    """The page docs/drill.md."""
    names = list(DETECTORS)
    lines = [f"| attack | attacker | {' | '.join(names)} |", f"|---|---|{'---|' * len(names)}"]
    for each in results:
        marks = " | ".join("x" if name in each.detected_by else "" for name in names)
        lines.append(f"| {each.attack.name} | {each.attack.attacker} | {marks} |")
    residue = [
        f"- **{each.attack.name}** ({each.attack.attacker}): {each.attack.residue}."
        for each in results
        if each.attack.residue
    ]
    return HEAD + "\n".join([*lines, "", "## What stays undetected, and why", "", *residue, ""])
