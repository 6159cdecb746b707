"""Recordings of what the pages say: which there are, and the sound of one.

Three folders, the first that has a recording wins: `voice/` in the site's own folder (the county's recordings),
`voice/` beside the executable (what `make voice` renders), and those that ship with the pages. Files are called by the
name of their sentence (`edge/domain/spoken.py`) and end in .ogg, .opus, .mp3 or .wav. No name of a request is ever put
into a path: it is looked up among the files that stand there. There are thousands, and a page asks for ten: the folders
are read again only after a file came or went.
"""

import re
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, jsonify, request, send_file

from edge.kiosk.guard import visit
from edge.kiosk.site_here import site

bp = Blueprint("voice", __name__, url_prefix="/voice")

FILE = re.compile(r"([0-9a-f]{16})\.(?:ogg|opus|mp3|wav)")
MEDIA = {".ogg": "audio/ogg", ".opus": "audio/ogg", ".mp3": "audio/mpeg", ".wav": "audio/wav"}
SAMPLES = Path(__file__).resolve().parents[2] / "static" / "voice"


def folders(own: Path) -> list[Path]:
    """Return where recordings may stand, the most important first; `own` is the site's folder."""
    program = Path(sys.executable).parent if getattr(sys, "frozen", False) else SAMPLES.parents[1]
    return [own / "voice", program / "voice", SAMPLES]


def recordings(where: Sequence[Path]) -> dict[str, Path]:
    """Return every recording by the name of its sentence."""
    found: dict[str, Path] = {}
    for folder in where:
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            named = FILE.fullmatch(path.name)
            if named and path.is_file():
                found.setdefault(named[1], path)
    return found


@lru_cache(maxsize=1)
def _as_of(stamps: tuple[tuple[Path, int], ...]) -> dict[str, Path]:
    return recordings([folder for folder, _ in stamps])


def _here() -> dict[str, Path]:
    where = folders(Path(site().store.path).parent)
    return _as_of(tuple((folder, folder.stat().st_mtime_ns) for folder in where if folder.is_dir()))


@bp.get("/names")
def names() -> Response:
    """Return the names of all recordings, so that a page asks for no sentence that has none."""
    return jsonify(names=sorted(_here()))


@bp.post("/aloud")
def aloud() -> tuple[str, int]:
    """Remember for this visit whether each page is read; off until somebody asked for it."""
    body = request.get_json(silent=True)
    visit().aloud = isinstance(body, dict) and body.get("on") is True
    return "", 204


@bp.get("/<name>")
def sound(name: str) -> Response:
    """Return one recording."""
    path = _here().get(name)
    if path is None:
        abort(404)
    return send_file(path, mimetype=MEDIA[path.suffix], conditional=True)
