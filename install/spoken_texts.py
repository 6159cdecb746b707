"""Gather the program's own sentences for reading aloud: `python install/spoken_texts.py`, part of `make words`.

They stand in three places: the words of the pages (the catalogue of translations), the refusals (`add_kind` in
`edge/ground/kinds`), and the faults of answers (`Text(…)` and `refused(…)` in `edge/domain`).
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from edge.domain.catalogue import shipped_catalogue
from edge.domain.spoken import is_fixed, sentences, voice_name
from edge.kiosk.spoken_texts import OWN_FILE, own_sentences, said_with, spoken, texts_in

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "edge/kiosk/translations/en/LC_MESSAGES/messages.po"
IN_CODE = ("edge/domain", "edge/desk", "edge/ground", "edge/kiosk")
CALLS = {"Text", "refused", "add_kind"}
TAG = re.compile(r"</?[a-z]+>")


def of_pages() -> Iterator[str]:
    """Yield the words of the pages."""
    with WORDS.open("rb") as file:
        for message in read_po(file):
            yield from [message.id] if isinstance(message.id, str) else message.id


def of_code() -> Iterator[str]:
    """Yield the Chinese texts that stand in the code as arguments of `Text`, `refused` or `add_kind`."""
    for folder in IN_CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                    values = [*node.args, *(keyword.value for keyword in node.keywords)]
                    yield from (v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str))


def build() -> str:
    """Return the file: one sentence a line, each once, sorted."""
    texts = (TAG.sub("", text) for text in (*of_pages(), *of_code()))   # a page reads its words, not how they look
    found = {one for text in texts for one in sentences(text) if is_fixed(one)}
    head = "# Made by install/spoken_texts.py: what the program itself says, to be read aloud."
    return "\n".join([head, *sorted(found)]) + "\n"


def rows() -> Iterator[str]:
    """Yield `NAME<TAB>SENTENCE` for every sentence, for `make voice`: the program's own, then what most items say.

    So a rendering that is broken off has what is heard most.
    """
    catalogue = shipped_catalogue()
    items = Counter(one for item in catalogue.items.values()
                    for one in {part for text in (*texts_in(item), *said_with(item)) for part in sentences(text.zh)})
    named = spoken(catalogue)
    own = {voice_name(one) for one in own_sentences()}
    for name in sorted(named, key=lambda one: (one not in own, -items[named[one]])):
        yield f"{name}\t{named[name]}"


if __name__ == "__main__" and sys.argv[1:] == ["--list"]:
    sys.stdout.write("\n".join(rows()) + "\n")
elif __name__ == "__main__":
    OWN_FILE.write_text(build(), encoding="utf-8")
    sys.stdout.write(f"{OWN_FILE}: {len(build().splitlines()) - 1} sentences\n")
