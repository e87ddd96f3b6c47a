"""All twelve chronicles, as they are told together: each by its name, in the order of what is shown of them."""

from __future__ import annotations

from api.chronicles import k1, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11, k12, register
from api.chronicles.places import Places
from api.chronicles.play import Chronicle
from api.chronicles.register import Register

CASES = ("K1", "K2", "K4", "K5", "K6", "K7", "K8")
"""The chronicles that are one case each; K9 to K12 tell of several, and K3 of a hand-over."""


def chronicles(offices: Register, places: Places, files: int) -> dict[str, Chronicle]:
    """The chronicles by their names, and what the registry recorded meanwhile; of K3's 400 files, `files` are told."""
    return {
        "K1": k1.k1(offices),
        "K2": k2.k2(offices),
        "K3": k3.k3(offices, files),
        "K4": k4.k4(offices),
        "K5": k5.k5(offices),
        "K6": k6.k6(places),
        "K7": k7.k7(places),
        "K8": k8.k8(places),
        "K9": k9.k9(places),
        "K10": k10.k10(places),
        "K11": k11.k11(places),
        "K12": k12.k12(places, offices.ledger),
        "end of KASN": register.end_of_kasn(offices),
        "pairs": register.pairs_fixed(offices),
    }
