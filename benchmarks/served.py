"""A process that serves what is measured over HTTP: ours with a POST of nothing beside it, or the stock application."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

import uvicorn
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.sqlite import SQLiteApplicationRecorder
from fastapi import FastAPI, Response

from api.app import make_app
from api.asking import AskingDep
from api.beside import Beside
from api.bodies.intake import NewComplaint
from api.wiring import open_house
from benchmarks.stock import full


def ours(folder: Path) -> FastAPI:
    """The whole application, which projects and seals meanwhile; and a POST that checks the request and stops."""
    app = make_app(open_house(folder), Beside(0.2))

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
    kept: Application[UUID] = Application(
        env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(folder / "stock.db")}
    )
    recorder = kept.recorder
    assert isinstance(recorder, SQLiteApplicationRecorder)  # noqa: S101
    with recorder.datastore.get_connection(commit=True) as connection:
        connection.close()  # the connections made from now on are durable
    full(recorder.datastore)
    recorder.datastore.pool.pool_timeout = 30
    app = FastAPI()

    @app.post("/v1/complaints", status_code=201)
    def file(body: NewComplaint) -> dict[str, str]:
        complaint = Filed(body.model_dump(mode="json"))
        kept.save(complaint)
        return {"id": str(complaint.id)}

    return app


def main() -> None:
    """Serve until killed."""
    which, folder, port = sys.argv[1:]
    app = {"ours": ours, "stock": stock}[which](Path(folder))
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error", access_log=False)


if __name__ == "__main__":
    main()
