"""Chronicle K4 through the whole house: the sentences that must be true once it is recorded."""

from __future__ import annotations

from api.chronicles.register import Register
from api.reading import Reader
from api.wiring import House
from tests.scribes import Scribe, record_k4


def test_a_file_that_was_returned_unstudied_is_referred_again_and_told_apart(
    house: House, scribe: Scribe, offices: Register
) -> None:
    """The referral without a study is recorded and marked; its return and reason stand; the second is another."""
    complaint = record_k4(scribe, offices)
    house.follower.catch_up()
    first, second = Reader(house.views).case(complaint).answer.referrals
    assert (first.study_attached, first.irregular) == (False, ["no_study"])
    assert (first.standing, first.return_reason) == ("returned", "no_study")
    assert (second.study_attached, second.irregular, second.standing) == (True, [], "accepted")
    assert first.referral != second.referral
