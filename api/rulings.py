"""What people and programs ask of the law: a rule by its id, and when a limit that starts then is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path

from api.wiring import LEDGER_DB, VKEY, where_of
from ledger.clock import real_clock
from ledger.concepts import evolved
from ledger.errors import Invalid, Missing
from ledger.rulebook.commands import rulebook_of
from ledger.rulebook.deadlines import UTC, Due, Unit, due
from ledger.rulebook.state import Placed, Rulebook
from ledger.rulefiles import shipped_law
from ledger.shape import DATE
from ledger.speech import Said
from ledger.store.database import Database
from ledger.store.opening import open_store
from ledger.store.store import Store
from ledger.values import RuleId, Zone, local_date


@dataclass(frozen=True, slots=True)
class Ruling:
    """A limit that was reckoned: the rule's edition, when it is over, and whether rule and calendars are verified."""

    placed: Placed
    due: Due

    @property
    def verified(self) -> bool:
        """A deadline is as verified as its weakest part."""
        return self.placed.rule.verified and self.due.verified


def rulebook_in(folder: Path | None, database: Database | None = None) -> Rulebook:
    """The law that a ledger adopted, or without a folder the law that this release brings with it."""
    if folder is None:
        return shipped_law().rulebook()
    with store_in(folder, database) as store:
        genesis = store.read_from(0, 1)
        history = store.history(rulebook_of(genesis[0].stream)) if genesis else []
    rulebook: Rulebook = evolved("rulebook", history)
    if rulebook.digest is None:
        raise Missing(
            Said(
                f"the ledger in {folder} has adopted no law yet: netral rules adopt {folder}",
                f"buku besar di {folder} belum mengadopsi hukum: netral rules adopt {folder}",
            )
        )
    return rulebook


@contextmanager
def store_in(folder: Path, database: Database | None = None) -> Iterator[Store]:
    """The entries of a ledger's folder, to be read and nothing more."""
    if not (folder / (LEDGER_DB if database is None else VKEY)).is_file():
        raise Missing(
            Said(
                f"there is no ledger in {folder}: leave --data out for the law that this release brings",
                f"tidak ada buku besar di {folder}: tanpa --data dipakai hukum bawaan rilis ini",
            )
        )
    store = open_store(where_of(folder, database), real_clock)
    try:
        yield store
    finally:
        store.close()


def editions_of(rulebook: Rulebook, told: str) -> tuple[Placed, ...]:
    """A rule's editions by its id, also as the law's own lists spell it; Missing tells what is like it."""
    name = told.strip().lower()
    if found := rulebook.editions(RuleId(name)):
        return found
    known = sorted({placed.rule.id for placed in rulebook.placed()})
    close = get_close_matches(name, known, n=3, cutoff=0.4)
    near = (
        Said(f"did you mean {' or '.join(close)}?", f"maksud Anda {' atau '.join(close)}?")
        if close
        else Said(f"there are: {', '.join(known)}", f"yang ada: {', '.join(known)}")
    )
    raise Missing(Said(f"there is no rule {told!r}; {near.en}", f"tidak ada aturan {told!r}; {near.id}"))


def edition_on(rulebook: Rulebook, told: str, day: date) -> Placed:
    """The edition that is the law on a day; Missing says on which days there is one."""
    editions = editions_of(rulebook, told)
    for each in editions:
        if each.rule.holds_on(day):
            return each
    name, spans = editions[0].rule.id, [span(each) for each in editions]
    raise Missing(
        Said(
            f"{name} was not the law on {day}: it is in force {', '.join(each.en for each in spans)}",
            f"{name} tidak berlaku pada {day}: berlaku {', '.join(each.id for each in spans)}",
        )
    )


def span(placed: Placed) -> Said:
    """From when until when an edition is the law."""
    from_, until = placed.rule.from_, placed.rule.until
    if until is None:
        return Said(f"from {from_}", f"sejak {from_}")
    last = until - timedelta(days=1)
    return Said(f"from {from_} until {last}", f"sejak {from_} sampai {last}")


def start_of(told: str) -> date | datetime:
    """A date or an instant as it was typed; Invalid says what would be right."""
    today, instant_like = local_date(real_clock(), Zone.WIB), "2024-06-14T09:00:00Z"
    wrong = Invalid(
        "START",
        Said(
            f"{told!r} is neither a date such as {today} nor an instant such as {instant_like}",
            f"{told!r} bukan tanggal seperti {today} dan bukan saat seperti {instant_like}",
        ),
    )
    try:
        if DATE.fullmatch(told):
            return date.fromisoformat(told)
        instant = datetime.fromisoformat(told)
    except ValueError:
        raise wrong from None
    if "T" not in told:
        raise wrong
    if instant.tzinfo is None:
        zones = "Z, +07:00, +08:00, +09:00"
        raise Invalid(
            "START",
            Said(
                f"{told} does not say its zone: end it with one of {zones}",
                f"{told} tidak menyebut zonanya: akhiri dengan salah satu dari {zones}",
            ),
        )
    try:
        return instant.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise wrong from None


def reckon(rulebook: Rulebook, told: str, start: date | datetime, zone: Zone) -> Ruling:
    """When the limit of a rule is over that starts then; the rule is that of the start's own day."""
    try:
        day = local_date(start, zone) if isinstance(start, datetime) else start
        placed = edition_on(rulebook, told, day)
        if placed.rule.unit is Unit.HOUR and not isinstance(start, datetime):
            name, example = placed.rule.id, f"{start}T09:00:00Z"
            raise Invalid(
                "START",
                Said(
                    f"{name} counts hours: name an instant such as {example}",
                    f"{name} menghitung jam: sebut saat seperti {example}",
                ),
            )
        return Ruling(placed, due(placed.rule.counting, start, zone, rulebook.calendar()))
    except OverflowError:
        raise Invalid(
            "START",
            Said(
                f"no calendar reaches {start} and what follows; name an earlier day",
                f"tidak ada kalender sampai {start} dan sesudahnya; sebut hari yang lebih awal",
            ),
        ) from None
