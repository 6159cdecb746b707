"""What the figures stand beside: one HTTP POST per submission to Flask and SQLite, and nothing else.

The same web server, the same SQLite with the same flush before each answer (WAL, synchronous=FULL), a bearer token;
no sealing, no signature, no lane, no audit, no receipt, no line that may be down.
"""

import argparse
import hmac
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

import msgspec
from flask import Flask, Response, request
from pysqlite3 import dbapi2 as sqlite3
from waitress.server import create_server

TOKEN = "plain-token"
THREADS = 8
TABLE = "CREATE TABLE IF NOT EXISTS submissions (id INTEGER PRIMARY KEY, item TEXT NOT NULL, answers TEXT NOT NULL)"
ADD = "INSERT INTO submissions (item, answers) VALUES (?, ?)"


class Posted(msgspec.Struct):
    """What a client posts; the same body as the site's interface takes."""

    item: str
    answers: dict[str, object]


def create_baseline(database: Path) -> Flask:
    """Return the application that keeps what is posted to /submissions."""
    app, alone = Flask(__name__), threading.Lock()
    db = sqlite3.connect(str(database), isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute(TABLE)

    @app.get("/")
    def page() -> str:
        return "<!doctype html><title>plain</title><p>plain"

    @app.post("/submissions")
    def submit() -> Response:
        if not hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {TOKEN}"):
            return Response(status=401)
        posted = msgspec.json.decode(request.get_data(), type=Posted)
        with alone:
            row = db.execute(ADD, (posted.item, msgspec.json.encode(posted.answers).decode())).lastrowid
        return Response(msgspec.json.encode({"id": row}), 201, mimetype="application/json")

    return app


def main() -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dir", required=True)
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args()

    def told(_number: int, _frame: FrameType | None) -> None:
        sys.exit(0)

    signal.signal(signal.SIGTERM, told)
    app = create_baseline(Path(given.dir) / "plain.db")
    create_server(app, host="127.0.0.1", port=given.port, threads=THREADS).run()


if __name__ == "__main__":
    main()
