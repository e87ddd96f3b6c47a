"""`netral official`: what an official is to the people and offices that work on cases."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.asked import Folder, OperatorAccount, OperatorName, day, opened, operator, say, settle
from api.registry import find_office
from ledger.complaint.codes import ConflictSource
from ledger.errors import Invalid
from ledger.official.commands import RecordRelation, office_side, staff_side
from ledger.official.facts import TO_OFFICES, RelationKind
from ledger.values import STREAM, Act, Actor, Plain, Role, Source, StreamId, local_date

app = typer.Typer(no_args_is_help=True, help="The register of officials: relate.")


@app.command()
def relate(
    official: Annotated[str, typer.Argument(metavar="OFFICIAL", help="The official's stream: official-….")],
    folder: Folder = None,
    *,
    kind: Annotated[RelationKind, typer.Option(metavar="KIND", help=f"What they are: {', '.join(RelationKind)}.")],
    source: Annotated[
        ConflictSource,
        typer.Option(help="declared by whoever has the relation, or established by the office above."),
    ],
    acting: Annotated[str, typer.Option("--as", metavar="OFFICE", help="The office that acts and records.")],
    role: Annotated[Role, typer.Option(help="In which role: intake, examiner, plenary or holder.")] = Role.EXAMINER,
    account: Annotated[
        str | None, typer.Option(metavar="ACCOUNT", help="The member of staff; none for head and member.")
    ] = None,
    office: Annotated[
        str | None,
        typer.Option(metavar="OFFICE", help="The office that is meant, or for which the member of staff works."),
    ] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day of the act. (default: today)")] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day from which the relation no longer stands.")
    ] = None,
    ground: Annotated[str | None, typer.Option(help="Why, in words; it is sealed.")] = None,
    operator_account: OperatorAccount = None,
    operator_name: OperatorName = None,
) -> None:
    """Record that an official is related to a member of staff or an office: a conflict of interest in every case."""
    if not STREAM.fullmatch(official) or not official.startswith("official-"):
        raise Invalid("OFFICIAL", f"{official!r} is no official's stream: official- and 32 hex digits are")
    if (kind in TO_OFFICES) is (account is not None) or (kind in TO_OFFICES and office is None):
        raise Invalid("--account", "head and member name an office and no account, all other kinds an account")
    with opened(folder) as (house, settings):
        staff = operator(settings, operator_account, operator_name)
        own = find_office(house, acting)
        named = None if office is None else find_office(house, office)
        zone = house.registrar.load(own).state.zone
        act = Act(own, Source.OWN, on=day("--on", on) if on else local_date(house.clock(), zone))
        command = RecordRelation(
            act=act,
            stream=StreamId(official),
            kind=kind,
            source=source,
            other=office_side(named) if account is None and named is not None else staff_side(account or ""),
            office=named,
            until=day("--until", until) if until else None,
            ground=Plain(ground) if ground else None,
        )
        receipt = house.registrar.submit(command, by=Actor(own, role, staff))
        settle(house)
    say(f"the relation ({kind.value}, {source.value}) stands at position {receipt.first}")
