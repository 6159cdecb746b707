"""The log: JSON lines of facts with ids, never answers.

A last net stands below: whatever looks like an ID number, a mobile or a bank card is masked before it is written, and
of a fault only its type and place are kept, as its words may quote what someone typed.
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

NAME = "yizhan"
_BYTES, _FILES = 2_000_000, 5
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|1[3-9]\d{9}|\d{12,19})(?![0-9A-Za-z])")


def get_logger(room: str) -> logging.Logger:
    """Return the logger of a room, such as `agent`; pass facts as `extra={"facts": {...}}`."""
    return logging.getLogger(f"{NAME}.{room}")


def redact(words: str) -> str:
    """Return `words` with every number masked that may be an ID number, a mobile or a bank card."""
    return _LONG_NUMBER.sub(lambda found: found.group()[:2] + "*" * (len(found.group()) - 2), words)


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, room, says, facts, fault."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; `record.facts` are ids and counts."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "room": record.name.removeprefix(NAME + "."),
            "says": redact(record.getMessage())}
        facts = getattr(record, "facts", None)
        if facts:
            line["facts"] = {key: redact(value) if isinstance(value, str) else value for key, value in facts.items()}
        if record.exc_info and record.exc_info[0] is not None:
            line["fault"] = _place(record.exc_info[0], record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def note_fault(log: logging.Logger, fault: Exception, endpoint: str | None) -> None:
    """Log a fault of ours by its kind and place, never by its words, which may quote someone."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    log.error("fault", extra={"facts": {"kind": type(fault).__name__, "where": where, "endpoint": endpoint or ""}})


def _place(kind: type[BaseException], trace: TracebackType | None) -> dict[str, object]:
    steps = traceback.extract_tb(trace)
    return {"type": kind.__name__,
            "at": [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in steps[-6:]]}


def start(folder: Path | None, *, loud: bool = False) -> None:
    """Write the log to `folder`/yizhan.log (rotating, 10 MB at the most) and, when `loud`, to standard error."""
    logger = logging.getLogger(NAME)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.handlers.clear()
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        logger.addHandler(RotatingFileHandler(folder / "yizhan.log", maxBytes=_BYTES, backupCount=_FILES,
                                              encoding="utf-8"))
    if loud or folder is None:
        logger.addHandler(logging.StreamHandler(sys.stderr))
    for handler in logger.handlers:
        handler.setFormatter(JsonLines())
