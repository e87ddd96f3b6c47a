"""Disclosing a sealed value: whose it is follows from the fact that holds it, also where that is a correction."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.commands import DiscloseValue
from ledger.complaint.decisions import decide
from ledger.complaint.facts import ComplaintPersonErased, ValueDisclosed
from ledger.erasure import ErasureReason
from ledger.errors import Refused
from ledger.values import Audience, Handle, MemberPath, Name, Number, Role, Subject
from tests.builders import COMPLAINT, JAMBI, LEDGER, NOON, ONE, Happened, after, by, filed, on, ref

CORRECTED = Happened(
    facts.ValueCorrected(
        ONE,
        MemberPath("complainants[0].name"),
        codes.CorrectionReason.IDENTITY,
        replacement=ref("right"),
        text=ref("w"),
    ),
    on("2024-06-12"),
)


def erased(of: str) -> Happened:
    fact = ComplaintPersonErased(
        Subject(of), ErasureReason.REQUEST, Name("UU 27/2022"), date(2025, 1, 1), facts.Present(Handle("a9"))
    )
    return Happened(fact, on("2024-06-13", LEDGER))


def disclose(version: int, member: str) -> DiscloseValue:
    return DiscloseValue(
        act=on("2024-06-14"),
        stream=COMPLAINT,
        by=by(Role.EXAMINER),
        version=Number(version),
        member=MemberPath(member),
        to=Audience("public"),
        basis=Name("UU 14/2008"),
    )


@pytest.mark.parametrize(
    ("version", "member"), [(1, "complainants[0].name"), (1, "narrative"), (2, "replacement"), (2, "text")]
)
def test_a_sealed_value_is_disclosed(version: int, member: str) -> None:
    """As it was first told, and as it was corrected."""
    (fact,) = decide(disclose(version, member), after(filed(), CORRECTED), at=NOON, grounds=JAMBI)
    assert fact == ValueDisclosed(Number(version), MemberPath(member), Audience("public"), Name("UU 14/2008"))


@pytest.mark.parametrize(
    ("of", "version", "member"),
    [("k1", 1, "complainants[0].name"), ("k1", 2, "replacement"), ("case", 1, "narrative"), ("case", 2, "text")],
)
def test_what_was_erased_is_not_disclosed(of: str, version: int, member: str) -> None:
    """A replacement is erased with the person whose value it replaces."""
    with pytest.raises(Refused) as refused:
        decide(disclose(version, member), after(filed(), CORRECTED, erased(of)), at=NOON, grounds=JAMBI)
    assert refused.value.rule == "disclosure.erased"
