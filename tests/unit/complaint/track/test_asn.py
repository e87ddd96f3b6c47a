"""The track of civil servants: KASN or BKN, the personnel authority, sanctions of every generation, appeals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.codes import RespondentClass, Track
from ledger.complaint.commands import ReclassifyRespondent, ReturnReferral
from ledger.complaint.state import Complaint
from ledger.complaint.track.codes import AppealResult, SanctionClass, SanctionKind, VerificationResult
from ledger.errors import Refused
from ledger.values import Number, Role
from tests.builders import AUTHORITY, BAWASLU, BKN, COMPLAINT, KASN, R1, by
from tests.builders_tracks import (
    BPASN,
    LAW,
    TOWN,
    act_of,
    does,
    established,
    lettered,
    made_by,
    marks,
    on_track,
    receipt,
    recommended,
    refused_as,
    said,
    sanction,
    state,
    step,
    supervised,
)
from tests.builders_wide import MINISTRY, file_in, holder, standing

HEAVY = (SanctionKind.DEMOTION, SanctionClass.HEAVY, "pp_94_2021", 12)


def at_bkn(grounds: Any = TOWN) -> Complaint:
    """Accepted by BKN in October 2024."""
    return on_track(established(), Track.ASN, BKN, "2024-10-10", grounds=grounds)


def verified() -> Complaint:
    passed = supervised(facts.SatgasVerified, "2024-10-14", result=VerificationResult.PASSED)
    return does(at_bkn(), passed)


def with_authority() -> Complaint:
    """Recommended, and received by the authority."""
    return does(verified(), recommended("2024-10-21"), receipt(AUTHORITY, "2024-10-25", 2))


def sanctioned() -> Complaint:
    return does(with_authority(), sanction("2024-11-20", *HEAVY))


# --- the whole way --------------------------------------------------------------------------------------------------


def test_an_allegation_goes_from_bkn_to_the_authority_and_ends_in_idis() -> None:
    """Satgas, recommendation, examination, sanction, delivery, entry in I'DIS, outcome: each step a state."""
    complaint, seen = at_bkn(), ["received"]
    for command in (
        supervised(facts.SatgasVerified, "2024-10-14", result=VerificationResult.PASSED),
        recommended("2024-10-21", class_=SanctionClass.HEAVY),
        receipt(AUTHORITY, "2024-10-25", 2),
        step(facts.AuthorityExamined, "2024-11-05", AUTHORITY),
        sanction("2024-11-20", *HEAVY),
        step(facts.SanctionDelivered, "2024-11-22", AUTHORITY),
        supervised(facts.EnteredInIdis, "2024-12-10"),
        said("sanctioned", "2024-12-11", AUTHORITY),
    ):
        complaint = does(complaint, command)
        seen.append(str(state(complaint)))
    assert seen == [
        "received",
        "verified",
        "recommended",
        "with_authority",
        "examined",
        "sanctioned",
        "delivered",
        "delivered",
        "closed",
    ]
    assert marks(complaint) == {"entered_in_idis"}


def test_a_recommendation_is_a_second_referral_that_binds_with_bkn_as_supervisor() -> None:
    """The authority holds it without accepting; BKN, which held it, now watches."""
    recommendation, referral = made_by(recommended("2024-10-21", class_=SanctionClass.HEAVY), verified())
    assert (recommendation.referral, recommendation.class_) == (2, SanctionClass.HEAVY)
    assert (referral.referral, referral.to, referral.binding, referral.track) == (2, AUTHORITY, True, Track.ASN)
    complaint = with_authority()
    assert holder(complaint) == AUTHORITY
    assert made_by(supervised(facts.AuthorityReprimanded, "2024-12-01"), complaint)
    assert refused_as(step(facts.AuthorityReprimanded, "2024-12-01", BKN), complaint).rule == "party"


def test_a_recommendation_that_the_authority_returns_lies_with_bkn_again_and_can_be_made_anew() -> None:
    """It comes back to where it was, and the first one leads nowhere any more."""
    back = ReturnReferral(
        act=act_of(AUTHORITY, "2024-11-01"),
        by=by(Role.HOLDER, AUTHORITY, actor="a7"),
        stream=COMPLAINT,
        referral=Number(2),
        reason=codes.ReturnReason.INCOMPLETE,
    )
    complaint = does(with_authority(), back)
    assert (state(complaint), holder(complaint)) == ("verified", BKN)
    assert state(does(complaint, recommended("2024-11-04"))) == "recommended"


# --- who, and when --------------------------------------------------------------------------------------------------


def test_kasn_recommends_before_24_august_2024_and_bkn_after() -> None:
    """KASN ended that day; BKN succeeds it by the rulebook, and is not competent before."""
    before = on_track(established(), Track.ASN, KASN, "2024-08-01", grounds=LAW)
    assert made_by(recommended("2024-08-23", KASN), before, LAW)
    late = refused_as(recommended("2024-08-26", KASN), before, LAW)
    assert (late.rule, "2024-08-24" in late.because.en) == ("office.ended", True)
    assert made_by(recommended("2024-08-26", BKN), before, LAW)
    early = refused_as(lettered_recommendation("2024-08-22"), before, LAW)
    assert early.rule == "party"


def lettered_recommendation(day: str) -> Any:
    """BKN's, of what KASN holds."""
    return recommended(day, BKN)


def test_a_referral_to_bkn_before_its_day_is_refused_with_the_date_and_the_law() -> None:
    """As one to KASN after it is: the succession stands in the rulebook."""
    with pytest.raises(Refused, match="2024-08-24") as refused:
        on_track(established(), Track.ASN, BKN, "2024-08-23", grounds=LAW)
    assert refused.value.rule == "track.not_yet"
    assert "UU 20/2023" in refused.value.basis


@pytest.mark.parametrize("office", [KASN, MINISTRY, AUTHORITY, BAWASLU])
def test_the_task_force_speaks_through_bkn_alone(office: Any) -> None:
    """Satgas is BKN's; whoever else records such a step is refused."""
    asked = step(
        facts.SatgasVerified,
        "2024-08-20",
        office,
        recording=None if office == BAWASLU else BAWASLU,
        result=VerificationResult.PASSED,
    )
    complaint = on_track(established(), Track.ASN, KASN, "2024-08-01")
    assert refused_as(asked, complaint).rule in ("step.office", "party")


@pytest.mark.parametrize(("office", "rule"), [(BKN, None), (MINISTRY, None), (AUTHORITY, "step.office")])
def test_bkn_or_the_home_ministry_reprimands(office: Any, rule: str | None) -> None:
    """67 regional heads were reprimanded by the ministry in 2020."""
    asked = lettered(facts.AuthorityReprimanded, "2024-12-01", office)
    assert (refused_as(asked, with_authority()).rule if rule else None) == rule
    if rule is None:
        assert marks(does(with_authority(), asked)) == {"reprimanded"}


# --- ends before a sanction -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("result", [VerificationResult.REJECTED, VerificationResult.CANCELLED])
def test_what_the_task_force_rejects_is_not_recommended(result: VerificationResult) -> None:
    """It ends in an outcome of that name."""
    complaint = does(at_bkn(), supervised(facts.SatgasVerified, "2024-10-14", result=result))
    assert state(complaint) == result.value
    refused = refused_as(recommended("2024-10-21"), complaint)
    assert (refused.rule, refused.allowed.en) == ("step.order", "steps that may follow now: asn.data_unblocked.v1")
    assert state(does(complaint, said(result.value, "2024-10-21", BKN))) == "closed"


@pytest.mark.parametrize("code", ["not_proven", "cannot_be_processed", "rejected"])
def test_bkn_ends_it_without_a_recommendation(code: str) -> None:
    """Not proven; retired, dismissed or resigned before it could be processed."""
    complaint = does(at_bkn(), said(code, "2024-10-21", BKN))
    assert (state(complaint), file_in(complaint).allegations[1].outcomes[0].code) == ("closed", code)


def test_an_official_who_resigns_to_run_changes_class_and_the_track_ends_unprocessed() -> None:
    """Of another class from that day; what the track says of it stays on the track."""
    resigned = ReclassifyRespondent(
        act=act_of(BAWASLU, "2024-10-20"),
        by=by(Role.EXAMINER),
        stream=COMPLAINT,
        respondent=R1,
        class_=RespondentClass.NON_ASN,
        since=date(2024, 10, 15),
    )
    complaint = does(at_bkn(), resigned, said("cannot_be_processed", "2024-10-21", BKN))
    assert file_in(complaint).respondents[R1] is RespondentClass.NON_ASN
    assert (state(complaint), standing(complaint).track) == ("closed", Track.ASN)


# --- sanctions ------------------------------------------------------------------------------------------------------

LAWFUL = [
    (SanctionKind.CLOSED_STATEMENT, SanctionClass.MORAL, "pp_42_2004", None),
    (SanctionKind.OPEN_STATEMENT, SanctionClass.MORAL, "pp_42_2004", None),
    (SanctionKind.ORAL_REPRIMAND, SanctionClass.LIGHT, "pp_94_2021", None),
    (SanctionKind.WRITTEN_REPRIMAND, SanctionClass.LIGHT, "pp_94_2021", None),
    (SanctionKind.WRITTEN_DISSATISFACTION, SanctionClass.LIGHT, "pp_94_2021", None),
    (SanctionKind.ALLOWANCE_CUT, SanctionClass.MEDIUM, "pp_94_2021", 6),
    (SanctionKind.ALLOWANCE_CUT, SanctionClass.MEDIUM, "pp_94_2021", 9),
    (SanctionKind.ALLOWANCE_CUT, SanctionClass.MEDIUM, "pp_94_2021", 12),
    (SanctionKind.DEMOTION, SanctionClass.HEAVY, "pp_94_2021", 12),
    (SanctionKind.RELEASED_FROM_POST, SanctionClass.HEAVY, "pp_94_2021", 12),
    (SanctionKind.HONOURABLE_DISMISSAL, SanctionClass.HEAVY, "pp_94_2021", None),
    (SanctionKind.PAY_RISE_DELAY, SanctionClass.MEDIUM, "pp_53_2010", 12),
    (SanctionKind.PROMOTION_DELAY, SanctionClass.MEDIUM, "pp_53_2010", 12),
    (SanctionKind.RANK_DOWN, SanctionClass.MEDIUM, "pp_53_2010", 12),
    (SanctionKind.CONTRACT_TERMINATED, SanctionClass.CONTRACT, "pp_49_2018", None),
]
"""K8 among them: the delay of a pay rise, of January 2025."""


@pytest.mark.parametrize(("kind", "class_", "basis", "months"), LAWFUL)
def test_a_sanction_of_either_generation_is_recorded_with_its_basis(
    kind: SanctionKind, class_: SanctionClass, basis: str, months: int | None
) -> None:
    """Moral, of PP 94/2021 or of PP 53/2010, which practice still imposes; the codes are those of the rule files."""
    (fact,) = made_by(sanction("2025-01-10", kind, class_, basis, months), with_authority(), LAW)
    assert (fact.kind, fact.class_, fact.basis, fact.months, fact.irregular) == (
        kind,
        class_,
        basis,
        months,
        frozenset(),
    )


def test_every_kind_of_sanction_is_one_of_the_rule_files_and_the_other_way_round() -> None:
    """The code of the rule file is the kind and its months."""
    of_files = {
        each.code
        for regulation in LAW.rulebook.regulations.values()
        for each in regulation.sanctions
        if each.track is Track.ASN
    }
    assert {kind if months is None else f"{kind}_{months}" for kind, _, _, months in LAWFUL} == of_files
    assert {kind for kind, _, _, _ in LAWFUL} == set(SanctionKind)


@pytest.mark.parametrize(
    ("day", "kind", "class_", "basis", "months"),
    [
        ("2025-01-10", SanctionKind.PAY_RISE_DELAY, SanctionClass.MEDIUM, "pp_94_2021", 12),
        ("2025-01-10", SanctionKind.ALLOWANCE_CUT, SanctionClass.MEDIUM, "pp_94_2021", 7),
        ("2025-01-10", SanctionKind.ALLOWANCE_CUT, SanctionClass.HEAVY, "pp_94_2021", 6),
        ("2025-01-10", SanctionKind.DEMOTION, SanctionClass.HEAVY, "pp_1_1900", 12),
    ],
)
def test_a_sanction_that_the_law_of_its_day_does_not_know_is_recorded_as_irregular(
    day: str, kind: SanctionKind, class_: SanctionClass, basis: str, months: int
) -> None:
    """By the regulation that it rests on; the ledger records what was done, also when it was done wrongly."""
    (fact,) = made_by(sanction(day, kind, class_, basis, months), with_authority(), LAW)
    assert fact.irregular == {basis}
    (unadopted,) = made_by(sanction(day, kind, class_, basis, months), with_authority(), TOWN)
    assert unadopted.irregular == frozenset()


@pytest.mark.parametrize("class_", [SanctionClass.ETHICS, SanctionClass.ADMINISTRATIVE, SanctionClass.CRIMINAL])
def test_a_civil_servant_gets_no_sanction_of_another_track(class_: SanctionClass) -> None:
    """Those are DKPP's, the villages' and the courts'."""
    refused = refused_as(sanction("2025-01-10", SanctionKind.DEMOTION, class_, "pp_94_2021", 12), with_authority())
    assert refused.rule == "sanction.class"


def test_an_authority_that_acts_without_waiting_for_a_recommendation_is_recorded() -> None:
    """What was done in another order than the law wants contradicts nothing."""
    assert state(does(at_bkn(), lettered_sanction("2024-11-20"))) == "sanctioned"


def lettered_sanction(day: str) -> Any:
    kind, class_, basis, months = HEAVY
    return lettered(facts.Sanctioned, day, AUTHORITY, kind=kind, class_=class_, basis=basis, months=months)


# --- blocking -------------------------------------------------------------------------------------------------------


def test_data_are_blocked_by_bkn_and_unblocked_once_the_authority_acted() -> None:
    """K9: 26 blocked, 8 unblocked; each fact carries its own day, so that any day can be asked."""
    blocked = does(with_authority(), supervised(facts.DataBlocked, "2024-12-01", basis="perpres_116_2022"))
    assert (state(blocked), marks(blocked)) == ("with_authority", {"blocked"})
    acted = does(blocked, sanction("2024-12-10", *HEAVY))
    assert marks(acted) == {"blocked"}
    freed = does(acted, supervised(facts.DataUnblocked, "2024-12-12", basis="perpres_116_2022"))
    assert (state(freed), marks(freed)) == ("sanctioned", set())
    on = [(each.fact.TOPIC, each.on.isoformat()) for each in file_in(freed).allegations[1].course]
    assert ("asn.data_blocked.v1", "2024-12-01") in on
    assert ("asn.data_unblocked.v1", "2024-12-12") in on


def test_a_suspension_is_lifted_once_it_was_imposed_and_imposed_once() -> None:
    """Lifting what was never imposed contradicts the record."""
    lift = supervised(facts.DataUnblocked, "2024-12-12", basis="perpres_116_2022")
    block = supervised(facts.DataBlocked, "2024-12-01", basis="perpres_116_2022")
    assert refused_as(lift, with_authority()).rule == "step.unblocked"
    assert refused_as(block, does(with_authority(), block)).rule == "step.blocked"
    assert marks(does(with_authority(), block, lift, supervised(facts.DataBlocked, "2024-12-13", basis="x"))) == {
        "blocked"
    }


def test_data_are_blocked_by_bkn_alone() -> None:
    """The home ministry reprimands, and blocks nothing."""
    asked = lettered(facts.DataBlocked, "2024-12-01", MINISTRY, basis="perpres_116_2022")
    assert refused_as(asked, with_authority()).rule == "step.office"


# --- objection and appeal -------------------------------------------------------------------------------------------


def test_a_sanction_is_annulled_on_appeal_and_both_words_stay() -> None:
    """Delivered, objected, upheld, appealed to BPASN, annulled: the later outcome stands beside the first."""
    complaint = does(sanctioned(), said("sanctioned", "2024-11-21", AUTHORITY))
    seen = []
    for command in (
        step(facts.SanctionDelivered, "2024-11-22", AUTHORITY),
        step(facts.SanctionObjected, "2024-12-02", AUTHORITY),
        step(facts.SanctionAppealDecided, "2024-12-20", AUTHORITY, result=AppealResult.UPHELD),
        lettered(facts.SanctionAppealed, "2025-01-06", BPASN),
        lettered(facts.SanctionAppealDecided, "2025-03-01", BPASN, result=AppealResult.ANNULLED),
        said("rehabilitated", "2025-03-10", BPASN, level=codes.OutcomeLevel.APPEAL, recording=BAWASLU),
    ):
        complaint = does(complaint, command)
        seen.append(state(complaint))
    assert seen == ["delivered", "objected", "upheld", "appealed", "annulled", "closed"]
    assert [each.code for each in file_in(complaint).allegations[1].outcomes] == ["sanctioned", "rehabilitated"]


def test_a_sanction_that_was_changed_on_objection_is_imposed_anew() -> None:
    """The authority's second decree follows the first; an annulled one is not repeated."""
    objected = does(sanctioned(), step(facts.SanctionObjected, "2024-12-02", AUTHORITY))
    lighter = sanction("2025-01-02", SanctionKind.ALLOWANCE_CUT, SanctionClass.MEDIUM, "pp_94_2021", 6)
    for result, rule in ((AppealResult.CHANGED, None), (AppealResult.ANNULLED, "step.order")):
        after = does(objected, step(facts.SanctionAppealDecided, "2024-12-20", AUTHORITY, result=result))
        if rule is None:
            assert state(does(after, lighter)) == "sanctioned"
        else:
            assert refused_as(lighter, after).rule == rule


@pytest.mark.parametrize(
    "asked",
    [
        step(facts.SanctionDelivered, "2024-11-22", AUTHORITY),
        step(facts.SanctionObjected, "2024-11-22", AUTHORITY),
        step(facts.SanctionAppealed, "2024-11-22", AUTHORITY),
        step(facts.SanctionAppealDecided, "2024-11-22", AUTHORITY, result=AppealResult.UPHELD),
        step(facts.EnteredInIdis, "2024-11-22", AUTHORITY),
    ],
    ids=lambda asked: asked.FACT.TOPIC,
)
def test_nothing_follows_a_sanction_that_was_not_imposed(asked: Any) -> None:
    """And the refusal says what could follow now."""
    refused = refused_as(asked, with_authority())
    assert refused.rule == "step.order"
    assert "with_authority" in refused.because.en
    assert "asn.sanctioned.v1" in refused.allowed.en
    assert "asn.sanctioned.v1" in refused.allowed.id


def test_a_sanction_is_entered_in_idis_once() -> None:
    """BKN's register holds it once."""
    entered = does(sanctioned(), supervised(facts.EnteredInIdis, "2024-12-10"))
    assert refused_as(supervised(facts.EnteredInIdis, "2024-12-11"), entered).rule == "step.twice"
