"""The commands by name, as `netral --help` tells them, and the file of each, imported when the command is asked for."""

from __future__ import annotations

from typing import Final

import typer

TOLD: Final = {
    "demo": "Show the whole house: record real cases in a simulated ledger, seal, verify, and serve them.",
    "export": (
        "Write a bundle for an auditor: checkpoint, entries and hashes, as `verify.py` and others' tools read them."
    ),
    "open": "Open a new ledger in a folder that is new or empty: keys, the first entry, and its seal.",
    "serve": "Serve the API of a ledger on this machine, and seal and project what is recorded.",
    "token": "Print a development token: who asks, for which office, in which role. It is taken on this machine only.",
    "status": "Say how a ledger stands; exit 0 when it is healthy, 1 when somebody must look. Nothing is changed.",
    "receipt": "Print the receipt of one entry: what was recorded, when, by whom, and the proof that it is sealed.",
    "backup": "Copy the three stores of a ledger, each into a folder of its own, while it works.",
    "restore": "Make a ledger again from a backup, and verify it; refused when it would make a second history.",
    "migrate": (
        "Make or renew the tables in the PostgreSQL database, as their owner: NETRAL_DATABASE=postgresql://owner@…"
    ),
    "doctor": "Examine the PostgreSQL database: settings, privileges, clock, standbys; exit 1 if something is wrong.",
    "copy": (
        "Copy a ledger's database from SQLite to PostgreSQL or back: "
        "every byte, position and ticket, and the same root."
    ),
    "prove-clean": (
        "Replay a complaint and say whether anyone conflicted acted; exit 0 clean, 1 not clean, 2 if it cannot be said."
    ),
    "recover": (
        "Put back entries that are sealed and lost from the database, from the trail's bundles; nothing else changes."
    ),
    "correct-clock": (
        "Record that the clock was ahead, so that time may go on from now; the entries of that time stay as they are."
    ),
    "rotate-key": "Make a fresh key, record it, and sign every later checkpoint with it; the ledger may be at work.",
    "monitor": "Look at a trail: exit 0 when all is well, 1 for an alarm, 3 when it cannot be reached.",
    "drill": (
        "Attack a copy of a ledger in every known way; exit 0 if each attack is noticed or in the documented residue."
    ),
    "generate": "Make commands by chance, as often and as long as real cases are: a file for `netral import`.",
    "import": "Record a file of commands, each once however often this runs: what was interrupted is begun again.",
    "office": "The register of offices: list, add, end.",
    "election": "The register of elections: list, add, stage, pairs, revote.",
    "official": "The register of officials: relate.",
    "rules": "The law as data: list, show, due, adopt, explain.",
    "witness": "A witness for the trail of others: it needs no ledger.",
}
HIDDEN: Final = {"serve-worker": "One of the processes of `netral serve --workers`."}


def file_of(command: str) -> typer.Typer:
    """The commands of the file in which this one stands; a file brings with it what its commands need, and no more."""
    match command:
        case "demo":
            from api.commands.demo import app
        case "export":
            from api.commands.export import app
        case "open":
            from api.commands.opening import app
        case "serve" | "serve-worker":
            from api.commands.serve import app
        case "token":
            from api.commands.tokens import app
        case "status":
            from api.commands.status import app
        case "receipt":
            from api.commands.receipts import app
        case "backup" | "restore":
            from api.commands.backup import app
        case "migrate" | "doctor" | "copy":
            from api.commands.databases import app
        case "prove-clean":
            from api.commands.clean import app
        case "recover" | "correct-clock":
            from api.commands.recovery import app
        case "rotate-key":
            from api.commands.rotation import app
        case "monitor":
            from api.commands.monitor import app
        case "drill":
            from api.commands.drill import app
        case "generate" | "import":
            from api.commands.loads import app
        case "office":
            from api.commands.offices import app
        case "election":
            from api.commands.elections import app
        case "official":
            from api.commands.officials import app
        case "rules":
            from api.commands.rules import app
        case "witness":
            from api.commands.witness import app
        case _:
            raise LookupError(command)
    return app
