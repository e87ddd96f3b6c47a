"""How the law of a folder becomes a ledger's rulebook: what is new in it is adopted whole, then the list of it all."""

from __future__ import annotations

from ledger.codec import content_digest
from ledger.command import Command
from ledger.registrar import Receipt, Registrar
from ledger.rulebook.commands import AdoptCalendar, AdoptRegulation, AdoptRulebook, rulebook_of
from ledger.rulebook.state import Rulebook
from ledger.rulefiles import Law
from ledger.values import Act, Actor


def commands_for(law: Law, rulebook: Rulebook, act: Act) -> list[Command]:
    """What must be asked so that exactly this law is in force; nothing where it is already."""
    if law.digests == rulebook.in_force:
        return []
    stream = rulebook_of(act.office)
    return [
        *(
            AdoptRegulation(act=act, stream=stream, regulation=each)
            for each in law.regulations
            if content_digest(each) not in rulebook.regulations
        ),
        *(
            AdoptCalendar(act=act, stream=stream, calendar=each)
            for each in law.years
            if content_digest(each) not in rulebook.calendars
        ),
        AdoptRulebook(act=act, stream=stream, digests=law.digests),
    ]


def adopt(registrar: Registrar, law: Law, *, act: Act, by: Actor) -> Receipt | None:
    """Put a law into force, all of it or nothing; None where it is in force already."""
    rulebook: Rulebook = registrar.load(rulebook_of(act.office)).state
    commands = commands_for(law, rulebook, act)
    return registrar.submit_together(commands, by=by) if commands else None
