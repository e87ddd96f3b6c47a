"""What many commands ask alike: the ledger's folder, who works here, a day; and how they speak."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.auth import ACCOUNT
from api.opened import open_as_set
from api.wiring import House
from ledger.clock import real_clock
from ledger.errors import Invalid, Misconfigured
from ledger.settings import LEDGER, Settings, read_settings
from ledger.shape import DATE
from ledger.trail.cosigning import Unwitnessed
from ledger.values import Act, Actor, Role, Source, Staff, Zone, local_date

console = Console()

Folder = Annotated[
    Path | None, typer.Argument(metavar="DIR", help=f"The ledger's folder. (default: NETRAL_DATA, else {LEDGER})")
]
OperatorAccount = Annotated[
    str | None,
    typer.Option(metavar="ACCOUNT", help="Who records this: your account. (default: NETRAL_OPERATOR_ACCOUNT)"),
]
OperatorName = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Your name, which is sealed. (default: NETRAL_OPERATOR_NAME)"),
]


def ledger_folder(given: Path | None) -> tuple[Path, Settings]:
    """The folder that a command is about, and the settings for it."""
    settings = read_settings(given)
    return given or settings.data or LEDGER, settings


@contextmanager
def opened(given: Path | None) -> Iterator[tuple[House, Settings]]:
    """The ledger of a folder, open until the block ends."""
    folder, settings = ledger_folder(given)
    house = open_as_set(folder, settings)
    try:
        yield house, settings
    finally:
        house.close()


@contextmanager
def recording(given: Path | None, account: str | None, name: str | None) -> Iterator[tuple[House, Actor, Act]]:
    """The ledger of a folder, its registry's clerk, and an act of its own today; what was recorded is sealed after."""
    with opened(given) as (house, settings):
        yield house, by_registry(house, operator(settings, account, name)), own_act(house)
        settle(house)


def by_registry(house: House, staff: Staff) -> Actor:
    """A member of staff as the registry's clerk."""
    return Actor(house.stream, Role.REGISTRY, staff)


def own_act(house: House) -> Act:
    """What the ledger itself does today, in Jakarta."""
    return Act(house.stream, Source.OWN, on=local_date(house.clock(), Zone.WIB))


def settle(house: House) -> None:
    """Seal and project what was recorded, whether or not a server does so too."""
    try:
        house.sealer.seal()
    except Unwitnessed as waiting:
        say(str(waiting))
    house.follower.catch_up()


def operator(settings: Settings, account: str | None, name: str | None) -> Staff:
    """Who works at this command line; Misconfigured when nobody said."""
    account, name = account or settings.operator_account, name or settings.operator_name
    if not account or not name:
        raise Misconfigured(
            "say who records this: --operator-account sari --operator-name 'Sari Contoh', or set "
            "NETRAL_OPERATOR_ACCOUNT and NETRAL_OPERATOR_NAME once"
        )
    return staff("--operator-account", account, name)


def staff(option: str, account: str, name: str) -> Staff:
    """A member of staff; Invalid for an account that nobody could have."""
    if not ACCOUNT.fullmatch(account):
        raise Invalid(option, f"{account!r} is no account: lowercase letters, digits and . _ @ - are")
    return Staff(account, name)


def day(option: str, text: str) -> date:
    """A date as it was typed; Invalid names the option."""
    wrong = Invalid(option, f"{text!r} is no date such as {local_date(real_clock(), Zone.WIB)}")
    if not DATE.fullmatch(text):
        raise wrong
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong from None


def say(text: str) -> None:
    """Print lines as they are: a bracket is no markup, and a long path is not broken."""
    console.print(text, soft_wrap=True, markup=False, highlight=False)


def tell(*rows: tuple[str, str]) -> None:
    """Print what is called what, the names in one column."""
    width = max(len(name) for name, _ in rows)
    say("\n".join(f"{name:<{width}}  {what}" for name, what in rows))
