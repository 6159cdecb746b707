"""Every refusal of the product, in words and with a cure that staff can carry out.

Raised anywhere, rendered at one door: as RFC 9457 JSON for programs, as a page for people, as one line on a terminal.
The kinds stand by theme in `edge/ground/kinds` and are imported from here; `docs/problems.md` is generated from them.
"""

from edge.ground.ids import JSON
from edge.ground.kinds.accounts import *  # noqa: F403 - a theme hands over all it holds
from edge.ground.kinds.backups import *  # noqa: F403 - a theme hands over all it holds
from edge.ground.kinds.citizen import *  # noqa: F403 - a theme hands over all it holds
from edge.ground.kinds.disks import *  # noqa: F403 - a theme hands over all it holds
from edge.ground.kinds.kind import KINDS as KINDS
from edge.ground.kinds.kind import Kind as Kind
from edge.ground.kinds.machines import *  # noqa: F403 - a theme hands over all it holds
from edge.ground.kinds.phones import *  # noqa: F403 - a theme hands over all it holds
from edge.ground.kinds.photos import *  # noqa: F403 - a theme hands over all it holds
from edge.ground.kinds.programs import *  # noqa: F403 - a theme hands over all it holds
from edge.ground.kinds.staff import *  # noqa: F403 - a theme hands over all it holds
from edge.ground.kinds.sticks import *  # noqa: F403 - a theme hands over all it holds


class Problem(Exception):
    """A refusal: a `Kind`, what exactly happened (no personal data), and facts for programs."""

    def __init__(self, kind: Kind, detail: str = "", facts: dict[str, JSON] | None = None) -> None:
        super().__init__(f"{kind.code}: {detail or kind.title_en}")
        self.kind = kind
        self.detail = detail
        self.facts: dict[str, JSON] = facts or {}


def title(kind: Kind, lang: str = "zh") -> str:
    """Return the refusal in one line, in `zh` or `en`."""
    return kind.title_en if lang == "en" else kind.title_zh


def cure(kind: Kind, lang: str = "zh") -> str:
    """Return what to do about it, in `zh` or `en`."""
    return kind.cure_en if lang == "en" else kind.cure_zh


def title_and_cure(kind: Kind, lang: str = "zh") -> str:
    """Return both in a row, as sentences of their language."""
    return f"{title(kind, lang)}{'. ' if lang == 'en' else '。'}{cure(kind, lang)}"


def as_rfc9457(problem: Problem, lang: str = "zh") -> dict[str, JSON]:
    """Return the problem as RFC 9457 members: type, title, status, detail, then cure, retry and the facts."""
    kind = problem.kind
    return {
        "type": f"urn:yizhan:problem:{kind.code}",
        "title": title(kind, lang),
        "status": kind.status,
        "detail": problem.detail or title(kind, lang),
        "cure": cure(kind, lang),
        "retry": kind.retry,
        **problem.facts,
    }
