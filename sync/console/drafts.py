"""Catalogue files uploaded and checked that wait for 发布: in memory, one set for each browser, for an hour."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from edge.domain.form import Item

KEEP_SECONDS = 3600.0
MOST_DRAFTS = 50


@dataclass(frozen=True)
class Draft:
    """Checked items; `put_at` in monotonic seconds."""

    items: tuple[Item, ...]
    put_at: float


class Drafts:
    """Drafts by the session that made them."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._drafts: dict[bytes, Draft] = {}
        self._lock = threading.Lock()

    def put(self, session: bytes, items: list[Item]) -> None:
        """Keep the items for this session; the oldest draft of others gives way."""
        with self._lock:
            self._drafts.pop(session, None)
            if len(self._drafts) >= MOST_DRAFTS:
                self._drafts.pop(next(iter(self._drafts)))
            self._drafts[session] = Draft(tuple(items), self._monotonic())

    def get(self, session: bytes) -> tuple[Item, ...]:
        """Return this session's items, or nothing after an hour."""
        with self._lock:
            draft = self._drafts.get(session)
        return draft.items if draft and self._monotonic() - draft.put_at < KEEP_SECONDS else ()

    def drop(self, session: bytes) -> None:
        """Forget them: they were published."""
        with self._lock:
            self._drafts.pop(session, None)
