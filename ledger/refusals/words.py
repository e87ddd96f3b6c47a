"""The form of a refusal's sentences, and the names of the steps that an act may not precede."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ledger.speech import Said


@dataclass(frozen=True, slots=True)
class Words:
    """Why something is refused, what would be allowed, and on what legal basis."""

    because: Said
    allowed: Said
    basis: str = ""


def words(because: str, allowed: str, sebab: str, boleh: str, basis: str = "") -> Words:
    """The sentences of one rule: English first, as the code is; Indonesian after."""
    return Words(Said(because, sebab), Said(allowed, boleh), basis)


STEPS: Final[Mapping[str, Said]] = {
    "receipt": Said("the receipt", "penerimaan laporan"),
    "preliminary": Said("the preliminary information", "informasi awal"),
    "tracing": Said("the tracing", "penelusuran"),
    "withdrawal": Said("the withdrawal", "pencabutan"),
    "allegation": Said("what was last recorded of the allegation", "catatan terakhir tentang dugaan itu"),
    "completion_request": Said("the request for completion", "permintaan perbaikan"),
    "last_step": Said("the case's last step", "langkah terakhir perkara"),
    "registration": Said("the registration", "registrasi"),
    "delegation": Said("the delegation", "pelimpahan"),
    "handover": Said("the hand-over", "serah terima"),
    "offer": Said("the referral's last step", "langkah terakhir penerusan"),
}
"""What `act.order` speaks of."""
