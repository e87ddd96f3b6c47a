"""The manifest of a hand-over, and what each side counts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.codec import content_digest
from ledger.errors import Refused
from ledger.handover.commands import OfferHandover, TallyHandover
from ledger.handover.decisions import decide, needs
from ledger.handover.facts import MOST, HandoverOffered, HandoverTallied, Item, Side, in_order
from ledger.handover.state import Handover, KnownHandover, NoHandover, evolve
from ledger.values import Act, Count, Digest, Number, Role, Source, StreamId
from tests.builders import AUTHORITY, BKN, COMPLAINT, KASN, by, on, stream
from tests.builders_wide import OTHER_COMPLAINT
from tests.unit.complaint.test_tracks import ENDED

LATER = datetime(2024, 9, 30, 5, tzinfo=UTC)
HANDOVER = stream("handover", "1")
ITEMS = (
    Item(COMPLAINT, Number(1), Number(2)),
    Item(COMPLAINT, Number(2), Number(3)),
    Item(OTHER_COMPLAINT, Number(1), Number(2)),
)
DIGEST = content_digest(ITEMS)


def offer(**changes: Any) -> OfferHandover:
    command = OfferHandover(
        act=on("2024-09-17", BKN), stream=HANDOVER, by=by(Role.HOLDER, BKN), from_=KASN, to=BKN, items=ITEMS
    )
    asked = replace(command, **changes)
    return replace(asked, digest=content_digest(asked.items))


def tally(side: Side = Side.TAKING, **changes: Any) -> TallyHandover:
    command = TallyHandover(
        act=on("2024-09-18", BKN),
        stream=HANDOVER,
        by=by(Role.INTAKE, BKN),
        side=side,
        count=Count(3),
        digest=DIGEST,
    )
    return replace(command, **changes)


def rule(command: Any, handover: Handover) -> str | None:
    """The rule that refuses a command of September, with exactly the grounds that it needs."""
    offices = {each: ENDED.offices[each] for each in needs(command, handover) if each in ENDED.offices}
    try:
        decide(command, handover, at=LATER, grounds=replace(ENDED, offices=offices))
    except Refused as refused:
        return refused.rule
    return None


def after(*commands: Any) -> Handover:
    handover: Handover = NoHandover()
    for command in commands:
        for fact in decide(command, handover, at=LATER, grounds=ENDED):
            handover = evolve(handover, fact, command.act)
    return handover


def known(*commands: Any) -> KnownHandover:
    handover = after(*commands)
    assert isinstance(handover, KnownHandover)
    return handover


def test_a_manifest_counts_names_and_digests_its_files() -> None:
    """By whom it was offered, stands beside from whom: BKN acts for KASN, which is no more."""
    (fact,) = decide(offer(), NoHandover(), at=LATER, grounds=ENDED)
    assert fact == HandoverOffered(from_=KASN, to=BKN, count=Number(3), items=ITEMS, digest=DIGEST)
    handover = known(offer())
    assert (handover.sender, handover.to, handover.offered_by) == (KASN, BKN, BKN)
    assert handover.offered_on == date(2024, 9, 17)


items = st.builds(
    Item,
    st.sampled_from([COMPLAINT, OTHER_COMPLAINT, stream("complaint", "a")]),
    st.integers(1, 300).map(Number),
    st.integers(1, 9).map(Number),
)


sets = st.lists(items, unique_by=lambda item: (item.complaint, item.allegation))


@given(sets.flatmap(lambda made: st.tuples(st.just(made), st.permutations(made))))
def test_the_digest_is_that_of_the_files_in_whatever_order_they_are_counted(
    counted: tuple[list[Item], list[Item]],
) -> None:
    """And anybody makes it with nothing but JSON and SHA-256, as docs/hand-overs.md says."""
    one, other = counted
    by_hand = sorted(
        ({"complaint": each.complaint, "allegation": each.allegation, "referral": each.referral} for each in other),
        key=lambda item: (item["complaint"], item["allegation"]),
    )
    text = json.dumps(by_hand, sort_keys=True, separators=(",", ":"))
    assert content_digest(in_order(one)) == hashlib.sha256(text.encode()).hexdigest()


def test_a_manifest_out_of_order_or_without_its_digest_never_reaches_a_decision() -> None:
    """Both are made before `decide`, whatever was asked."""
    for wrong in (replace(offer(), digest=None), offer(items=ITEMS[::-1])):
        with pytest.raises(TypeError, match="reached decide"):
            decide(wrong, NoHandover(), at=LATER, grounds=ENDED)


MANY = tuple(Item(StreamId(f"complaint-{number:032x}"), Number(1), Number(1)) for number in range(MOST + 1))


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (offer(), None),
        (offer(items=MANY[:MOST]), None),
        (offer(items=MANY), "handover.items"),
        (offer(items=()), "handover.items"),
        (offer(items=(ITEMS[0], replace(ITEMS[0], referral=Number(3)))), "handover.twice"),
        (offer(to=KASN), "handover.self"),
        (offer(from_=AUTHORITY), "handover.sender"),
        (offer(act=on("2024-08-23", BKN)), "handover.sender"),
        (offer(act=on("2024-09-17", KASN), by=by(Role.HOLDER, KASN)), "office.ended"),
        (offer(act=on("2024-08-23", KASN), by=by(Role.HOLDER, BKN)), "act.source"),
        (offer(act=on("2024-08-23", KASN, Source.LETTER)), "handover.source"),
        (offer(by=by(Role.INTAKE, BKN)), "role"),
        (offer(from_=BKN, to=KASN), "office.ended"),
        (offer(to=stream("office", "f")), "office.unknown"),
        (offer(from_=stream("office", "f")), "office.unknown"),
        (offer(act=on("2024-10-01", BKN)), "act.future"),
    ],
)
def test_who_hands_over_what_to_whom(command: Any, refused: str | None) -> None:
    """The office itself, or whoever followed it from the day of its end; up to five hundred files, each once."""
    assert rule(command, NoHandover()) == refused


def test_a_hand_over_is_offered_once() -> None:
    """A new set has a manifest of its own."""
    assert rule(offer(), known(offer())) == "handover.known"
    assert rule(tally(), NoHandover()) == "handover.unknown"


def test_each_side_counts_and_one_office_may_stand_for_both() -> None:
    """BKN counts for KASN, which it followed, and for itself; they agree once both counted the manifest's files."""
    giving = tally(Side.GIVING)
    (fact,) = decide(giving, known(offer()), at=LATER, grounds=ENDED)
    assert fact == HandoverTallied(Side.GIVING, Count(3), DIGEST)
    assert not known(offer(), giving).agreed
    assert known(offer(), giving, tally()).agreed


@pytest.mark.parametrize("other", [{"count": Count(2)}, {"digest": Digest("0" * 64)}])
def test_a_count_that_differs_stands_beside_the_other_until_that_side_counts_again(other: dict[str, Any]) -> None:
    """A mismatch is recorded, not refused: it is what the counting is for."""
    handover = known(offer(), tally(Side.GIVING), tally(**other))
    assert not handover.agreed
    assert not handover.fits(handover.tallies[Side.TAKING])
    assert handover.fits(handover.tallies[Side.GIVING])
    assert known(offer(), tally(Side.GIVING), tally(**other), tally()).agreed


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (tally(), None),
        (tally(Side.GIVING), None),
        (tally(act=on("2024-09-18", AUTHORITY), by=by(Role.HOLDER, AUTHORITY)), "handover.side"),
        (tally(Side.GIVING, act=on("2024-09-18", AUTHORITY), by=by(Role.HOLDER, AUTHORITY)), "handover.side"),
        (tally(by=by(Role.EXAMINER, BKN)), "role"),
        (tally(act=on("2024-09-16", BKN)), "act.order"),
        (tally(act=Act(BKN, Source.LETTER, on=date(2024, 9, 18))), "act.source"),
    ],
)
def test_who_counts_for_which_side_and_when(command: Any, refused: str | None) -> None:
    """Not before the files were offered, and nobody else."""
    assert rule(command, known(offer())) == refused
