"""How a command speaks: words for people, JSON with --json, one line for a refusal."""

import json
import sys
from collections.abc import Mapping

from edge.ground.ids import JSON
from edge.ground.problem import Problem, as_rfc9457

OK, REFUSED = 0, 1


def say(facts: Mapping[str, JSON], *, as_json: bool, words: str | None = None) -> None:
    """Print one result: `words` for people (or the facts, a line each), a JSON object for programs."""
    if as_json:
        print(json.dumps(facts, ensure_ascii=False), flush=True)
        return
    print(words if words is not None else "\n".join(f"{key}: {_plain(value)}" for key, value in facts.items()),
          flush=True)


def _plain(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value,
                                                               dict | list | bool) or value is None else str(value)


def refuse(problem: Problem, *, as_json: bool) -> int:
    """Print what was refused in one line and return the exit status 1."""
    if as_json:
        print(json.dumps(as_rfc9457(problem), ensure_ascii=False), flush=True)
    else:
        kind = problem.kind
        detail = f"（{problem.detail}）" if problem.detail else ""
        print(f"{kind.title_zh}{detail}。{kind.cure_zh} / {kind.title_en}. {kind.cure_en} [{kind.code}]",
              file=sys.stderr, flush=True)
    return REFUSED
