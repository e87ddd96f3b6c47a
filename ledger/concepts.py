"""Every kind of stream by its pure functions, and how a history becomes a state. No rule lives here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ledger.codec import Recorded
from ledger.complaint import decisions as complaints
from ledger.complaint.state import Nothing
from ledger.complaint.state import evolve as evolve_complaint
from ledger.election import decisions as elections
from ledger.election.state import NoElection
from ledger.election.state import evolve as evolve_election
from ledger.handover import decisions as handovers
from ledger.handover.state import NoHandover
from ledger.handover.state import evolve as evolve_handover
from ledger.itself import decisions as ledgers
from ledger.itself.state import Unopened
from ledger.itself.state import evolve as evolve_ledger
from ledger.office import decisions as offices
from ledger.office.state import NoOffice
from ledger.office.state import evolve as evolve_office
from ledger.official import decisions as officials
from ledger.official.state import NoOfficial
from ledger.official.state import evolve as evolve_official
from ledger.rulebook import decisions as rulebooks
from ledger.rulebook.state import Rulebook
from ledger.rulebook.state import evolve as evolve_rulebook
from ledger.scopes import Scope
from ledger.speech import Said
from ledger.values import Act, Handle, StreamId


def _nowhere(state: Any) -> frozenset[StreamId]:
    del state
    return frozenset()


@dataclass(frozen=True, slots=True)
class Concept:
    """The pure functions of one kind of stream."""

    initial: Callable[[], Any]
    evolve: Callable[[Any, Any, Act], Any]
    needs: Callable[[Any, Any], frozenset[StreamId]]
    decide: Callable[..., Sequence[Any]]
    scope: Callable[[Any, Any], Scope]
    touches: Callable[[Any, Any], Scope]
    leads_to: Callable[[Any], frozenset[StreamId]] = _nowhere
    """What else must be known once such a stream is among the grounds."""
    respondents: Callable[[Any, Any], frozenset[Handle]] | None = None
    """Whose relations a decision asks for."""
    by_law: bool = False
    """Whether its decisions read the ledger's rulebook."""
    unknown: Said | None = None
    """What is missing where a command is addressed to such a stream that was never begun; None where any may be."""


def _whole(one: Any, other: Any) -> Scope:
    del one, other
    return None


CONCEPTS: Final[Mapping[str, Concept]] = {
    "complaint": Concept(
        Nothing,
        evolve_complaint,
        complaints.needs,
        complaints.decide,
        complaints.scope,
        complaints.touches,
        respondents=complaints.respondents,
        by_law=True,
        unknown=Said("no case {stream} is known", "tidak ada perkara {stream}"),
    ),
    "office": Concept(
        NoOffice,
        evolve_office,
        offices.needs,
        offices.decide,
        _whole,
        _whole,
        leads_to=offices.leads_to,
        unknown=Said("no office {stream} is known", "tidak ada lembaga {stream}"),
    ),
    "official": Concept(
        NoOfficial,
        evolve_official,
        officials.needs,
        officials.decide,
        _whole,
        _whole,
        unknown=Said("no official {stream} is known", "tidak ada pejabat {stream}"),
    ),
    "ledger": Concept(
        Unopened,
        evolve_ledger,
        ledgers.needs,
        ledgers.decide,
        _whole,
        _whole,
        unknown=Said("no ledger {stream} is known here", "tidak ada buku besar {stream} di sini"),
    ),
    "handover": Concept(
        NoHandover,
        evolve_handover,
        handovers.needs,
        handovers.decide,
        _whole,
        _whole,
        unknown=Said("no hand-over {stream} is known", "tidak ada serah terima {stream}"),
    ),
    "election": Concept(
        NoElection,
        evolve_election,
        elections.needs,
        elections.decide,
        _whole,
        _whole,
        unknown=Said("no election {stream} is known", "tidak ada pemilihan {stream}"),
    ),
    "rulebook": Concept(Rulebook, evolve_rulebook, rulebooks.needs, rulebooks.decide, _whole, _whole),
}
"""What commands may be addressed to."""

EVOLVE: Final[Mapping[str, tuple[Callable[[], Any], Callable[[Any, Any, Act], Any]]]] = {
    kind: (concept.initial, concept.evolve) for kind, concept in CONCEPTS.items()
}
"""How every kind of stream becomes a state."""


def evolved(kind: str, history: Sequence[Recorded]) -> Any:
    """The state that a stream's history makes."""
    initial, evolve = EVOLVE[kind]
    state = initial()
    for recorded in history:
        state = evolve(state, recorded.fact, recorded.act)
    return state
