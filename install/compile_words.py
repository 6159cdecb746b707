"""Compile the lists of words (`messages.po`) into what the program reads (`messages.mo`).

What a list says decides, never a time: the file's time may be older than the checkout's, and the list has no date of
its own, so the same words give the same bytes. A file that says the same is left alone, and what depends on it is not
built again.
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def compiled(words: Path) -> bytes:
    """Return a list of words as gettext reads it."""
    with words.open("rb") as file:
        catalog = read_po(file)
    catalog.creation_date = catalog.revision_date = NO_DATE
    made = io.BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def main(lists: list[str]) -> None:
    """Compile each list beside itself."""
    for words in map(Path, lists):
        data, to = compiled(words), words.with_suffix(".mo")
        if not to.exists() or to.read_bytes() != data:
            to.write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1:])
