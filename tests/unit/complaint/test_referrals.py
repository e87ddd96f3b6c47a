"""From one office's desk to another's."""

from dataclasses import replace

import pytest

from ledger.complaint import codes, facts
from ledger.complaint.allegations import Established, Offered, OnTrack
from ledger.complaint.decisions import decide, scope, touches
from ledger.complaint.state import Decided
from ledger.errors import Refused
from ledger.scopes import meets
from ledger.values import Number, Role, Source
from tests.builders import (
    AUTHORITY,
    BAWASLU,
    BKN,
    DECIDED,
    DKPP,
    JAMBI,
    KASN,
    NOON,
    OFFERED,
    ONE,
    R2,
    REGISTERED,
    RETURNED,
    TWO,
    accept_referral,
    accepted,
    after,
    alleged,
    at,
    by,
    decided,
    filed,
    hold_plenary,
    named,
    offer_referral,
    offered,
    on,
    plenary,
    receive_referral,
    received,
    ref,
    registered,
    return_referral,
    returned,
    reviewed,
    sealed,
    studied,
    without_kasn,
)


def test_a_referral_without_a_study_is_recorded_and_marked_irregular() -> None:
    """K4: what was done wrongly is recorded, not refused."""
    unstudied = (*REGISTERED, plenary(), decided())
    (fact,) = decide(offer_referral(study_attached=False), after(*unstudied), at=NOON, grounds=JAMBI)
    assert isinstance(fact, facts.ReferralOffered)
    assert fact.irregular == {codes.Irregularity.NO_STUDY}
    assert fact.study_attached is False


def test_a_study_that_nobody_recorded_cannot_be_attached() -> None:
    """An act that contradicts recorded facts is refused."""
    with pytest.raises(Refused, match="no study of allegation 1 is recorded"):
        decide(offer_referral(), after(*REGISTERED, plenary(), decided()), at=NOON, grounds=JAMBI)


def test_a_returned_file_is_on_the_owners_desk_again() -> None:
    """K4: the return and its reason are recorded, and Bawaslu holds the allegation."""
    (fact,) = decide(return_referral(), after(*OFFERED, received()), at=NOON, grounds=JAMBI)
    assert fact == facts.ReferralReturned(ONE, codes.ReturnReason.NO_STUDY)
    complaint = after(*RETURNED)
    assert isinstance(complaint, Decided)
    assert complaint.file.allegations[1].standing == Established(returned=1)
    assert complaint.file.holder(complaint.file.allegations[1]) == BAWASLU
    assert complaint.file.referrals[1].returned is codes.ReturnReason.NO_STUDY


def test_the_second_referral_is_distinguishable_from_the_first() -> None:
    """K4: it has a number of its own, and the first stays as it was."""
    (fact,) = decide(offer_referral(), after(*RETURNED, studied()), at=NOON, grounds=JAMBI)
    assert isinstance(fact, facts.ReferralOffered)
    assert fact.referral == 2
    assert fact.irregular == frozenset()
    complaint = after(*RETURNED, studied(), offered(2, day="2024-07-01"))
    assert isinstance(complaint, Decided)
    assert complaint.file.referrals[1].returned is not None
    assert complaint.file.allegations[1].standing == Offered(2)


def test_an_offered_allegation_is_offered_to_nobody_else() -> None:
    """At most one open track: while referral 1 is open, a second forwarding is refused."""
    with pytest.raises(Refused, match="offered, not on the owner's desk"):
        decide(offer_referral(to=BKN), after(*OFFERED), at=NOON, grounds=JAMBI)


def test_the_holder_changes_when_the_addressee_accepts() -> None:
    """Received is not accepted: until then the sender holds it."""
    offered_only, arrived, taken = after(*OFFERED), after(*OFFERED, received()), after(*OFFERED, received(), accepted())
    for complaint, holder in ((offered_only, BAWASLU), (arrived, BAWASLU), (taken, KASN)):
        assert isinstance(complaint, Decided)
        assert complaint.file.holder(complaint.file.allegations[1]) == holder
    assert taken.file.allegations[1].standing == OnTrack(1, codes.Track.ASN, KASN)  # type: ignore[union-attr]


def test_a_referral_is_accepted_once() -> None:
    """No second acceptance."""
    assert decide(accept_referral(), after(*OFFERED), at=NOON, grounds=JAMBI) == (facts.ReferralAccepted(ONE),)
    with pytest.raises(Refused, match="accepted already"):
        decide(accept_referral(), after(*OFFERED, accepted()), at=NOON, grounds=JAMBI)


def test_a_returned_referral_is_over() -> None:
    """It can neither be accepted, received nor returned again."""
    for command in (accept_referral(), receive_referral(), return_referral()):
        with pytest.raises(Refused, match="returned already"):
            decide(command, after(*RETURNED), at=NOON, grounds=JAMBI)


def test_an_accepted_referral_can_still_be_returned() -> None:
    """As long as it has no outcome."""
    assert decide(return_referral(), after(*OFFERED, accepted()), at=NOON, grounds=JAMBI)


def test_an_attempt_to_refer_to_an_office_that_ended_is_refused_with_its_law_and_successor() -> None:
    """After 24 August 2024 a file goes to BKN, and the refusal says so."""
    late = offer_referral(act=on("2024-08-25"))
    noon = NOON.replace(month=8, day=26)
    with pytest.raises(Refused, match="KASN could not act on 2024-08-25: it ended on 2024-08-24") as refused:
        decide(late, after(*RETURNED, studied()), at=noon, grounds=without_kasn())
    assert refused.value.basis == "UU 20/2023"
    assert "BKN" in str(refused.value.allowed)
    assert decide(replace(late, to=BKN), after(*RETURNED, studied()), at=noon, grounds=without_kasn())


def test_an_act_before_the_office_ended_can_be_recorded_later() -> None:
    """Competence is judged on the act's date, not on the recording's."""
    noon = NOON.replace(month=8, day=26)
    assert decide(offer_referral(act=on("2024-08-23")), after(*RETURNED, studied()), at=noon, grounds=without_kasn())


def test_a_track_is_taken_by_its_own_institutions() -> None:
    """DKPP takes no ASN files; the refusal says who does."""
    with pytest.raises(Refused, match="DKPP takes nothing on the track asn") as refused:
        decide(offer_referral(to=DKPP), after(*DECIDED), at=NOON, grounds=JAMBI)
    assert str(refused.value.allowed) == "competent there: bkn, kasn, personnel_authority"


def test_a_recommendation_to_the_personnel_authority_binds_on_receipt() -> None:
    """The addressee is the holder without accepting."""
    (fact,) = decide(offer_referral(to=AUTHORITY), after(*DECIDED), at=NOON, grounds=JAMBI)
    assert isinstance(fact, facts.ReferralOffered)
    assert fact.binding
    binding = offered(to=AUTHORITY, binding=True)
    complaint = after(*DECIDED, binding, received(office=AUTHORITY))
    assert isinstance(complaint, Decided)
    assert complaint.file.holder(complaint.file.allegations[1]) == AUTHORITY
    accept = accept_referral(act=on("2024-06-20", AUTHORITY), by=by(Role.HOLDER, AUTHORITY))
    with pytest.raises(Refused, match="not accepted but acted on"):
        decide(accept, after(*DECIDED, binding), at=NOON, grounds=JAMBI)


def test_the_sender_records_an_arrival_only_with_a_proof() -> None:
    """Received = arrived, provable without the receiver's good will."""
    command = receive_referral(
        act=at("2024-06-19T02:00:00", KASN, Source.LETTER),
        by=by(Role.EXAMINER),
        shown_by=codes.ShownBy.DELIVERY_PROOF,
    )
    with pytest.raises(Refused, match="needs a proof"):
        decide(command, after(*OFFERED), at=NOON, grounds=JAMBI)
    assert decide(replace(command, proof=sealed("proof")), after(*OFFERED), at=NOON, grounds=JAMBI) == (
        facts.ReferralReceived(ONE, codes.ShownBy.DELIVERY_PROOF, ref("proof")),
    )
    with pytest.raises(Refused, match="may not record this act"):
        decide(replace(command, shown_by=codes.ShownBy.RECEIVER), after(*OFFERED), at=NOON, grounds=JAMBI)


def test_an_office_that_is_neither_sender_nor_addressee_has_no_part_in_a_referral() -> None:
    """BKN cannot accept what was offered to KASN, nor record it for KASN."""
    with pytest.raises(Refused, match="may not record this act of BKN"):
        decide(
            accept_referral(act=on("2024-06-20", BKN), by=by(Role.HOLDER, BKN)), after(*OFFERED), at=NOON, grounds=JAMBI
        )
    letter = accept_referral(act=on("2024-06-20", KASN, Source.LETTER), by=by(Role.HOLDER, BKN))
    with pytest.raises(Refused, match="may not record this act of KASN"):
        decide(letter, after(*OFFERED), at=NOON, grounds=JAMBI)


def test_an_answer_does_not_precede_its_offer() -> None:
    """The order of acts is checked by their own dates."""
    with pytest.raises(Refused, match="would precede the referral's last step"):
        decide(accept_referral(act=on("2024-06-17", KASN)), after(*OFFERED), at=NOON, grounds=JAMBI)


def test_a_referral_follows_the_decision() -> None:
    """Nothing is forwarded before the plenary has spoken."""
    with pytest.raises(Refused, match="follows from: decided"):
        decide(offer_referral(), after(*REGISTERED), at=NOON, grounds=JAMBI)


def test_two_tracks_of_one_case_do_not_disturb_each_other() -> None:
    """A fact of one allegation does not meet a command on the other; a fact of the whole case meets both."""
    two = (filed(), named(), alleged(), named(R2), alleged(2, R2), reviewed(), registered(), plenary(1, (1, 2)))
    complaint = after(*two, decided(), decided(2), offered(), offered(2, 2))
    on_first = scope(accept_referral(referral=ONE), complaint)
    on_second = scope(accept_referral(referral=TWO), complaint)
    fact_of_second = touches(facts.ReferralReturned(TWO, codes.ReturnReason.OTHER), complaint)
    assert not meets(fact_of_second, on_first)
    assert meets(fact_of_second, on_second)
    assert meets(touches(registered().fact, complaint), on_first)
    assert not meets(touches(facts.StatusAnnounced(codes.Announcement.DECIDED), complaint), on_first)
    assert not meets(touches(decided(2).fact, complaint), scope(hold_plenary(), complaint))
    assert returned(2).fact == facts.ReferralReturned(Number(2), codes.ReturnReason.NO_STUDY)
