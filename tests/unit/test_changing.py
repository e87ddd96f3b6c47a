"""What `changed` gives is what `dataclasses.replace` gives."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

import pytest

from ledger.changing import changed
from ledger.complaint.file import File
from ledger.values import Region, StreamId

FILE = File(
    owner=StreamId("office-" + "1" * 32),
    election=StreamId("election-" + "2" * 32),
    region=Region("71"),
    occurred_from=None,
    occurred_until=None,
    known_on=None,
    since=date(2024, 9, 22),
)


@dataclass(frozen=True, slots=True)
class Single:
    only: int


@pytest.mark.parametrize("name", [each.name for each in fields(File)])
def test_one_changed_value_of_a_file_gives_what_replace_gives(name: str) -> None:
    told = object()

    assert changed(FILE, **{name: told}) == replace(FILE, **{name: told})  # type: ignore[arg-type]
    assert changed(FILE, **{name: told}) != FILE  # type: ignore[arg-type]


def test_a_class_of_one_value_is_changed_too() -> None:
    assert changed(Single(1), only=2) == Single(2)
    assert changed(Single(1)) == Single(1)


def test_a_name_that_the_class_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError, match="other"):
        changed(FILE, other=1)  # type: ignore[call-arg]
