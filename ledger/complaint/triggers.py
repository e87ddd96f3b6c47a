"""Which facts a rule's triggers mean: the topic, and the guards that the rule sets on it."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.complaint.allegations import Alleged, OnTrack, Settled
from ledger.complaint.codes import Track
from ledger.complaint.facts import ComplaintFact
from ledger.complaint.file import File
from ledger.office.facts import OfficeKind
from ledger.rulebook.law import Circumstance, Trigger


def meant(triggers: Iterable[Trigger], fact: ComplaintFact, after: File, acting: OfficeKind | None = None) -> bool:
    """Whether one of the triggers means a fact; `after` is the file once the fact's whole command is recorded.

    `acting` is the kind of the acting office, asked only of what starts a clock.
    """
    return any(_means(trigger, fact, after, acting) for trigger in triggers)


def allegations_of(fact: ComplaintFact, file: File) -> frozenset[int]:
    """The allegations that a fact is about; none means the whole complaint."""
    if (number := getattr(fact, "allegation", None)) is not None:
        return frozenset({number})
    if (referral := referral_of(fact)) is not None:
        return frozenset({file.referrals[referral].allegation})
    return frozenset(getattr(fact, "allegations", ()))


def referral_of(fact: ComplaintFact) -> int | None:
    """The referral that a fact names."""
    return getattr(fact, "referral", None)


def _means(trigger: Trigger, fact: ComplaintFact, after: File, acting: OfficeKind | None) -> bool:
    return (
        trigger.topic == fact.TOPIC
        and (trigger.member is None or getattr(fact, trigger.member, None) in trigger.among)
        and (trigger.track is None or trigger.track in tracks_of(fact, after))
        and (trigger.office is None or trigger.office == acting)
        and (trigger.when is not Circumstance.NO_ALLEGATION_OPEN or not _undecided(after))
    )


def tracks_of(fact: ComplaintFact, file: File) -> frozenset[Track]:
    """The tracks on which the fact's allegations go, or went with the referral that it names."""
    if (referral := referral_of(fact)) is not None:
        return frozenset({file.referrals[referral].track})
    standings = (file.allegations[number].standing for number in allegations_of(fact, file))
    return frozenset(each.track for each in standings if isinstance(each, OnTrack | Settled))


def _undecided(file: File) -> bool:
    return any(isinstance(each.standing, Alleged) for each in file.allegations.values())
