"""A demo of fewer chronicles, for tests that run it several times; the whole one is run by the command line's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.chronicles import together
from api.chronicles.places import Places
from api.chronicles.play import Chronicle
from api.chronicles.register import Register

CASES = ("K1", "K2", "K4", "K5")
WHOLE = together.chronicles


def fewer(offices: Register, places: Places, files: int) -> dict[str, Chronicle]:
    """The chronicles of the first register; in the place of K3 only the end of KASN, of which it tells."""
    told = WHOLE(offices, places, files)
    return {"K3": told["end of KASN"], **{name: told[name] for name in (*CASES, "pairs")}}


@pytest.fixture(autouse=True, scope="module")
def short_demo() -> Iterator[None]:
    """Import it into a module, and its demos are short."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(together, "chronicles", fewer)
        patch.setattr(together, "CASES", CASES)
        yield
