"""A process that serves what is measured over HTTP: ours with a POST of nothing beside it, or the stock application."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final
from uuid import UUID

import uvicorn
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.sqlite import SQLiteApplicationRecorder
from fastapi import FastAPI, Response
from psycopg.conninfo import conninfo_to_dict

from api.app import make_app
from api.asking import AskingDep
from api.beside import Beside
from api.bodies.intake import NewComplaint
from api.wiring import open_house
from benchmarks.stock import full
from ledger.store.database import Database

DATABASE: Final = "NETRAL_BENCH_DATABASE"
"""In the environment: the PostgreSQL database to serve from; a file in the folder without it."""


def ours(folder: Path) -> FastAPI:
    """The whole application, which projects and seals meanwhile; and a POST that checks the request and stops."""
    url = os.environ.get(DATABASE)
    app = make_app(open_house(folder, database=Database(url) if url else None), Beside(0.2))

    @app.post("/v1/nothing", status_code=201)
    def nothing(body: NewComplaint, ask: AskingDep, response: Response) -> dict[str, str]:
        body.to_command(ask.actor)
        response.headers["ETag"] = '"1"'
        return {"nothing": "recorded"}

    return app


class Filed(Aggregate):
    """A complaint as a stock application keeps it: what was posted, and nothing made of it."""

    def __init__(self, body: dict[str, object]) -> None:
        self.body = body


def stock(folder: Path) -> FastAPI:
    """A plain application of the library's: the same body checked, one aggregate saved, durably."""
    kept = _in_postgresql(os.environ[DATABASE]) if DATABASE in os.environ else _in_file(folder)
    app = FastAPI()

    @app.post("/v1/complaints", status_code=201)
    def file(body: NewComplaint) -> dict[str, str]:
        complaint = Filed(body.model_dump(mode="json"))
        kept.save(complaint)
        return {"id": str(complaint.id)}

    return app


def _in_file(folder: Path) -> Application[UUID]:
    kept: Application[UUID] = Application(
        env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(folder / "stock.db")}
    )
    recorder = kept.recorder
    assert isinstance(recorder, SQLiteApplicationRecorder)  # noqa: S101
    with recorder.datastore.get_connection(commit=True) as connection:
        connection.close()  # the connections made from now on are durable
    full(recorder.datastore)
    recorder.datastore.pool.pool_timeout = 30
    return kept


def _in_postgresql(url: str) -> Application[UUID]:
    told = conninfo_to_dict(url)
    names = {"dbname": "DBNAME", "host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    return Application(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_PASSWORD": "",
            "POSTGRES_POOL_SIZE": "16",
            "POSTGRES_MAX_OVERFLOW": "16",
            **{f"POSTGRES_{name}": str(told[each]) for each, name in names.items() if each in told},
        }
    )


def main() -> None:
    """Serve until killed."""
    which, folder, port = sys.argv[1:]
    app = {"ours": ours, "stock": stock}[which](Path(folder))
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error", access_log=False)


if __name__ == "__main__":
    main()
