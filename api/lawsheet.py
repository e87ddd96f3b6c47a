"""docs/law.md, made from the shipped law: `python -m api.lawsheet` writes it, a test sees that it is current."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from api.rulings import span
from api.telling import word
from ledger.codec import content_digest
from ledger.complaint.track.codes import SanctionClass
from ledger.rulebook.law import Competence, Regulation, Rule, Trigger
from ledger.rulefiles import Law, shipped_law

PAGE: Final = Path("docs/law.md")
HEAD: Final = """# The law as data

Made from `ledger/rulebook/rules/` and `ledger/rulebook/calendars/` by `python -m api.lawsheet`; do not edit by hand.

Nothing here is legal advice. **✓** stands where a figure was read in its source; **✗** where it is general knowledge,
comes from the press, or is uncertain, and the note says which. Every place that shows a deadline shows that mark.
A ledger goes by what it adopted as facts (`netral rules adopt`), never by these files.

The day of the starting act is not counted, unless the rule says so. A limit of N days ends with the midnight, where the
acting office's clocks stand, that ends the N-th day; that instant is already too late. Working days leave out
Saturdays, Sundays, national holidays, collective leave and nationwide polling days.
"""


def page() -> str:
    """The whole page."""
    law = shipped_law()
    parts = (
        _deadlines(law),
        _kinds(law),
        _sanctions(law),
        _outcomes(law),
        _tracks(law),
        _regulations(law),
        _years(law),
    )
    return "\n".join([HEAD, *(line for part in parts for line in part)]) + "\n"


def _deadlines(law: Law) -> Iterator[str]:
    yield "## Deadlines\n"
    yield from _table("rule", "limit", "regime", "basis", "in force", "verified")
    placed = sorted(law.rulebook().placed(), key=lambda each: (each.rule.id, each.rule.from_))
    for each in placed:
        rule = each.rule
        limit = f"{rule.limit} {word(rule.unit).en}"
        yield _row(f"`{rule.id}`", limit, rule.regime, each.basis, span(each).en, _mark(rule.verified))
    yield ""
    for each in placed:
        yield f"### `{each.rule.id}`, {span(each).en}\n"
        yield from _rule(each.rule, each.basis)


def _rule(rule: Rule, basis: str) -> Iterator[str]:
    unit = word(rule.unit)
    yield f"{rule.title_id}. *{rule.title_en}.*\n"
    yield f"- {basis} {_mark(rule.verified)}"
    yield f"- {rule.limit} {unit.id} · {rule.limit} {unit.en}, counted from {_from(rule)}"
    if rule.started_by:
        yield f"- started by {_triggers(rule.started_by)}; met by {_triggers(rule.met_by)}"
    if rule.ended_by:
        yield f"- ended by {_triggers(rule.ended_by)}"
    if rule.replaces:
        yield f"- replaces `{rule.replaces}`"
    yield f"- {word(rule.doer).id} · {word(rule.doer).en}: {rule.effect_id} *{rule.effect_en}*"
    if rule.note_id and rule.note_en:
        yield f"- note: {rule.note_id} *{rule.note_en}*"
    yield ""


def _from(rule: Rule) -> str:
    counted = f"`{rule.counted_from}`" if rule.counted_from else "the act"
    first = "" if rule.first_day is None else f", first day: {rule.first_day}"
    last = "" if rule.last_day is None else f", last day: {rule.last_day}"
    return f"{counted}, by its {rule.start}{first}{last}"


def _triggers(triggers: tuple[Trigger, ...]) -> str:
    return ", ".join(f"`{each.topic}`{_guard(each)}" for each in triggers)


def _guard(trigger: Trigger) -> str:
    told = (
        f"`{trigger.member}` {' or '.join(sorted(trigger.among))}" if trigger.member else "",
        f"track {trigger.track}" if trigger.track else "",
        f"at {trigger.office}" if trigger.office else "",
        f"when {trigger.when}" if trigger.when else "",
    )
    held = ", ".join(each for each in told if each)
    return f" ({held})" if held else ""


def _kinds(law: Law) -> Iterator[str]:
    yield "## Kinds of acts, before and after the pairs are fixed\n"
    yield from _table("kind", "act", "before", "after", "may be a crime", "verified")
    for regulation in law.regulations:
        for kind in regulation.kinds:
            yield _row(
                f"`{kind.code}`",
                f"{kind.title_id} · *{kind.title_en}*",
                _reading(kind.before, kind.before_classes),
                _reading(kind.after, kind.after_classes),
                kind.crime or "–",
                _mark(kind.verified),
            )
    yield ""


def _reading(reading: str | None, classes: Iterable[SanctionClass]) -> str:
    if reading is None:
        return "–"
    held = ", ".join(word(each).en for each in sorted(classes))
    return f"{reading}: {held}" if held else reading


def _sanctions(law: Law) -> Iterator[str]:
    yield "## Sanctions\n"
    yield from _table("sanction", "class", "track", "what", "basis", "verified")
    for regulation in law.regulations:
        for each in regulation.sanctions:
            said = f"{each.title_id} · *{each.title_en}*"
            basis = f"{regulation.name}, {each.article}"
            yield _row(f"`{each.code}`", each.class_, each.track, said, basis, _mark(each.verified))
    yield ""


def _outcomes(law: Law) -> Iterator[str]:
    yield "## Outcomes of the tracks, and the statutory categories of a study\n"
    yield from _table("outcome", "track", "means", "what", "basis", "verified")
    for regulation in law.regulations:
        for each in regulation.outcomes:
            said = f"{each.title_id} · *{each.title_en}*"
            basis = f"{regulation.name}, {each.article}"
            yield _row(f"`{each.code}`", each.track, word(each.category).en, said, basis, _mark(each.verified))
        for category in regulation.categories:
            said = f"{category.title_id} · *{category.title_en}*"
            basis = f"{regulation.name}, {category.article}"
            yield _row(f"`{category.code}`", "–", "category of a study", said, basis, _mark(category.verified))
    yield ""


def _tracks(law: Law) -> Iterator[str]:
    yield "## Tracks: which bodies take whom, and succession\n"
    yield from _table("track", "regime", "classes", "bodies", "basis", "since", "verified")
    for regulation in law.regulations:
        for each in regulation.competences:
            yield _row(
                f"`{each.track}`",
                each.regime,
                ", ".join(sorted(each.classes)),
                _bodies(each),
                f"{regulation.name}, {each.article}",
                str(each.from_ or regulation.from_),
                _mark(each.verified),
            )
    yield ""
    for regulation in law.regulations:
        for one in regulation.successions:
            yield (
                f"- `{one.body}` may not act from {one.on} on; `{one.successor}` is competent on the track "
                f"`{one.track}` ({regulation.name}, {one.article}) {_mark(one.verified)}"
            )
    yield ""


def _bodies(competence: Competence) -> str:
    bodies = ", ".join(sorted(competence.bodies))
    watching = ", ".join(sorted(competence.supervisors))
    return f"{bodies}; watched by {watching}" if watching else bodies


def _regulations(law: Law) -> Iterator[str]:
    yield "## Regulations\n"
    yield from _table("code", "regulation", "in force since", "forms", "digest", "day verified")
    for each in law.regulations:
        title = f"{each.name}: {each.title_id} · *{each.title_en}*"
        digest = f"`{content_digest(each)}`"
        yield _row(f"`{each.code}`", title, str(each.from_), _forms(each), digest, _mark(each.verified))
    yield ""


def _forms(regulation: Regulation) -> str:
    held = (f"{each.label} ({each.title_id}) {_mark(each.verified)}" for each in regulation.forms)
    return "; ".join(held) or "–"


def _years(law: Law) -> Iterator[str]:
    yield "## Days off\n"
    yield from _table("year", "national holidays", "collective leave", "polling days", "digest", "verified")
    for each in law.years:
        polling = ", ".join(str(day.on) for day in each.polling_days) or "–"
        counts = str(len(each.national_holidays)), str(len(each.collective_leave))
        yield _row(str(each.year), *counts, polling, f"`{content_digest(each)}`", _mark(each.verified))


def _table(*headings: str) -> Iterator[str]:
    yield _row(*headings)
    yield "|" + "---|" * len(headings)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _mark(verified: bool) -> str:
    return "✓" if verified else "✗"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
