"""Write docs/problems.md from the catalogue of refusals."""

import sys
from pathlib import Path

from edge.ground.problem import KINDS

HERE = Path(__file__).resolve().parents[1]
PAGE = HERE / "docs" / "problems.md"
HEAD = """# Refusals

Every refusal of the product, from `edge/ground/kinds`. The type on the wire is `urn:yizhan:problem:<code>`
(RFC 9457). Made by `make words`; a test compares.

| code | status | words | cure | again? |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the page's text."""
    rows = [
        f"| `{kind.code}` | {kind.status} | {kind.title_zh}<br>{kind.title_en} | {kind.cure_zh}<br>{kind.cure_en} "
        f"| {'yes' if kind.retry else ''} |\n" for kind in sorted(KINDS.values(), key=lambda one: one.code)]
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{PAGE.relative_to(HERE)}: {len(KINDS)} refusals\n")
