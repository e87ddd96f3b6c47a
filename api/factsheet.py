"""docs/facts.md, made from the catalogue: `python -m api.factsheet` writes it, a test sees that it is current."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from api.lists import CODES
from api.telling import SENTENCES
from api.words import word
from ledger.catalogue import CATALOGUE, Member, Row

PAGE: Final = Path("docs/facts.md")
HEAD: Final = """# Facts and codes

Made from the catalogue in code (`ledger/catalogue.py`) by `python -m api.factsheet`; do not edit by hand.

A fact is what happened, recorded once. **Open** facts are shown to everybody, **closed** ones to auditors; sealed
members stand in both as salted commitments only. *By* names the parties that may record it (`ledger/parties.py`),
*from* the stages of the case from which it may follow. An act carries a date (`on`), or an instant (`at`) where the law
counts from one.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_facts(), *_codes()]) + "\n"


def _facts() -> Iterator[str]:
    concept = ""
    for row in CATALOGUE.values():
        if row.topic.partition(".")[0] != concept:
            concept = row.topic.partition(".")[0]
            yield f"## {concept}\n"
        yield from _fact(row)


def _fact(row: Row) -> Iterator[str]:
    yield f"### `{row.topic}`: {row.fact.__name__}\n"
    yield f"{' '.join(row.rule.split())}\n"
    said = SENTENCES[row.topic]
    yield f"- told as: “{said.id}” · “{said.en}”"
    yield f"- {'open' if row.open else 'closed'}; the act carries `{'at' if row.at_an_instant else 'on'}`"
    yield f"- by: {', '.join(sorted(row.by))}"
    if row.stages:
        yield f"- from: {', '.join(sorted(row.stages))}"
    public = [_member(each) for each in row.members if not _holds_sealed(each)]
    sealed = [_member(each) for each in row.members if _holds_sealed(each)]
    yield f"- public members: {', '.join(public) or 'none'}"
    yield f"- sealed members: {', '.join(sealed) or 'none'}"
    if row.correctable:
        yield f"- may be corrected: {', '.join(f'`{each}`' for each in sorted(row.correctable))}"
    yield ""


def _member(member: Member) -> str:
    about = f" (about `{member.about}`)" if member.about else ""
    return f"`{member.name}`{'' if member.required else '?'}{about}"


def _holds_sealed(member: Member) -> bool:
    return member.sealed or "sealed" in str(member.schema)


def _codes() -> Iterator[str]:
    yield "## Codes\n"
    for name, codes in CODES.items():
        yield f"### {name}\n"
        yield "| code | Indonesia | English |"
        yield "|---|---|---|"
        for code in codes:
            yield f"| `{code.value}` | {word(code).id} | {word(code).en} |"
        yield ""


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
