"""Relations in an official's stream: who may say so, once, until somebody above says that they ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.complaint.codes import ConflictSource, RespondentClass
from ledger.complaint.commands import Attendee
from ledger.complaint.facts import Present
from ledger.errors import Refused
from ledger.official.decisions import decide, needs
from ledger.official.facts import TO_OFFICES, RelationKind, RelationRecorded
from ledger.official.state import KnownOfficial, NoOfficial, Official, Relation, evolve
from ledger.values import Handle, Role, Source, Subject
from tests.builders import AUTHORITY, BAWASLU, BAWASLU_BUNGO, BKN, DKPP, KPU, NOON, by, on, ref
from tests.builders_asked import by_letter, erase_official, establish_relation, record_relation, relate_office
from tests.builders_wide import ABOVE, MINISTRY, WIDE

KNOWN = KnownOfficial(RespondentClass.BAWASLU_MEMBER, date(2020, 1, 1))
A2 = Handle("a2")


def answer(command: Any, official: Official = KNOWN) -> Any:
    (fact,) = decide(command, official, at=NOON, grounds=WIDE)
    return fact


def refusal(command: Any, official: Official = KNOWN) -> Refused | None:
    try:
        answer(command, official)
    except Refused as refused:
        return refused
    return None


def rule(command: Any, official: Official = KNOWN) -> str | None:
    found = refusal(command, official)
    return None if found is None else found.rule


def after(*commands: Any) -> KnownOfficial:
    official: Official = KNOWN
    for command in commands:
        official = evolve(official, answer(command, official), command.act)
    assert isinstance(official, KnownOfficial)
    return official


def test_whoever_has_a_relation_declares_it() -> None:
    """The other side stands as a handle of this stream; the ground is sealed, about the official."""
    assert answer(record_relation()) == RelationRecorded(
        RelationKind.KIN, ConflictSource.DECLARED, Present(A2), ground=ref("ground")
    )
    assert after(record_relation()).relations == {
        (A2, RelationKind.KIN): Relation(A2, RelationKind.KIN, ConflictSource.DECLARED, BAWASLU)
    }


def test_the_office_above_establishes_what_nobody_declared() -> None:
    """Above Bawaslu Kota Jambi stands Bawaslu of the province; above an office without a parent, who watches it."""
    assert answer(establish_relation()).source is ConflictSource.ESTABLISHED
    assert rule(establish_relation(DKPP, KPU)) is None
    assert rule(establish_relation(MINISTRY, AUTHORITY)) is None
    assert rule(establish_relation(BKN, BKN)) is None
    assert rule(establish_relation(BKN, BKN, by=by(Role.EXAMINER, BKN, "a7"))) == "relation.above"


@pytest.mark.parametrize("office", [BAWASLU, BAWASLU_BUNGO, KPU, DKPP, BKN])
def test_attack_a_colleague_or_a_stranger_establishes_a_relation(office: Any) -> None:
    """Whoever could, could keep any member away from any case."""
    refused = refusal(establish_relation(office))
    assert refused is not None
    assert refused.rule == "relation.above"
    assert ABOVE in refused.allowed.en
    assert ABOVE in refused.allowed.id


def test_attack_another_is_declared_for() -> None:
    """Nobody declares another's relation, and nobody establishes their own."""
    assert rule(record_relation(other=Attendee(handle=Handle("a5")))) == "relation.source"
    assert rule(establish_relation(other=Attendee(handle=Handle("a7")))) == "relation.source"


def test_attack_a_relation_of_a_person_is_made_up_from_a_letter() -> None:
    """Persons say it themselves, or the office above does in its own name."""
    assert rule(by_letter(establish_relation(), ABOVE)) == "official.source"


def test_the_office_for_which_somebody_works_is_named_where_another_speaks() -> None:
    """Who stands above them follows from it."""
    assert rule(replace(establish_relation(), office=None)) == "relation.office"
    assert BAWASLU in needs(establish_relation(), KNOWN)


@pytest.mark.parametrize("kind", sorted(TO_OFFICES))
def test_an_office_declares_its_own_members_and_the_office_above_establishes_them(kind: RelationKind) -> None:
    """A third one does neither: it could take any case away from any office."""
    assert rule(relate_office(kind)) is None
    above = relate_office(kind, act=on("2024-07-01", ABOVE), by=by(Role.PLENARY, ABOVE, "a7"))
    assert rule(replace(above, source=ConflictSource.ESTABLISHED)) is None
    assert rule(above) == "relation.source"
    for office in (KPU, BAWASLU_BUNGO, DKPP):
        stranger = relate_office(kind, act=on("2024-07-01", office), by=by(Role.PLENARY, office, "a7"))
        assert rule(replace(stranger, source=ConflictSource.ESTABLISHED)) == "relation.above"
    assert rule(relate_office(kind, office=None)) == "relation.office"


def test_who_heads_a_body_off_the_system_is_recorded_from_a_letter_of_the_home_ministry() -> None:
    """The personnel authority writes into no ledger; the act stays the ministry's."""
    heads = relate_office(RelationKind.HEAD, office=AUTHORITY, source=ConflictSource.ESTABLISHED)
    assert rule(by_letter(heads, MINISTRY)) is None
    assert rule(by_letter(heads, BKN)) == "relation.above"
    assert rule(by_letter(replace(heads, source=ConflictSource.DECLARED), AUTHORITY)) is None


def test_a_relation_is_recorded_once_and_ended_from_above() -> None:
    """From that day on it stands no more; it may begin again."""
    assert rule(record_relation(), after(record_relation())) == "relation.known"
    ended = establish_relation(until=date(2024, 7, 1))
    assert rule(ended) == "relation.unknown"
    official = after(record_relation(), ended)
    relation = official.relations[A2, RelationKind.KIN]
    assert (relation.stands_on(date(2024, 6, 30)), relation.stands_on(date(2024, 7, 1))) == (True, False)
    assert rule(ended, official) == "relation.unknown"
    assert rule(record_relation(), official) is None
    assert rule(record_relation(kind=RelationKind.PARTY), official) is None


def test_attack_somebody_declares_their_own_conflict_ended() -> None:
    """On the morning of the vote."""
    assert rule(record_relation(until=date(2024, 7, 1)), after(record_relation())) == "relation.ending"


def test_attack_an_office_declares_its_member_gone_to_keep_the_case() -> None:
    """The office above says so."""
    assert rule(relate_office(until=date(2024, 7, 1)), after(relate_office())) == "relation.ending"


def test_nothing_is_recorded_of_an_official_who_is_unknown_or_erased() -> None:
    """Whoever recorded it keeps what stood before."""
    assert rule(record_relation(), NoOfficial()) == "official.unknown"
    gone = evolve(KNOWN, answer(erase_official()), erase_official().act)
    assert Subject("r1") in gone.erased  # type: ignore[union-attr]
    assert rule(record_relation(), gone) == "official.erased"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.OPERATOR, Role.REGISTRY, Role.PROTECTION_OFFICER, Role.SUPERVISOR])
def test_attack_a_role_that_records_no_relation(role: Role) -> None:
    """Declaring is for those who work on cases."""
    assert rule(record_relation(by=by(role, actor="a2"))) == "role"


def test_a_source_that_does_not_fit_the_recorder_is_refused_as_for_every_act() -> None:
    """An office's own act is recorded by that office."""
    assert rule(relate_office(act=on("2024-07-01", BAWASLU, Source.LETTER))) == "act.source"
