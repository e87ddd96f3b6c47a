"""Every refusal of the domain by its rule: why, and what would be allowed instead, in English and Indonesian.

Decisions name a rule and give its details; the sentences stand in the tables of this folder, the law's basis beside
them. A test sees that no decision names a rule that has no sentences, and that no sentences are left without a rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.errors import Refused
from ledger.refusals.complaint import COMPLAINT
from ledger.refusals.handovers import HANDOVERS
from ledger.refusals.law import LAW
from ledger.refusals.registers import REGISTERS
from ledger.refusals.tracks import TRACKS
from ledger.refusals.words import STEPS, Words
from ledger.speech import Said

REFUSALS: Final[Mapping[str, Words]] = {**REGISTERS, **COMPLAINT, **TRACKS, **LAW, **HANDOVERS}
"""The sentences of every rule; members in braces are the rule's details."""


def refused(rule: str, *, basis: str = "", **details: object) -> Refused:
    """The refusal of a rule, its details put into its sentences; a KeyError means a rule without sentences."""
    words = REFUSALS[rule]
    return Refused(
        rule,
        _filled(words.because, details),
        _filled(words.allowed, details),
        basis or words.basis,
    )


def _filled(template: Said, details: Mapping[str, object]) -> Said:
    """Both sentences with the details in them; the name of a step (`what`) is said in the sentence's own language."""
    step = STEPS.get(str(details.get("what")), Said("", ""))
    en, id_ = ({**details, "what": step.en}, {**details, "what": step.id}) if step.en else (details, details)
    return Said(template.en.format(**en), template.id.format(**id_))
