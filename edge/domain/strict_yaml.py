"""YAML read strictly: plain data only, no key twice. By itself, so that a site that reads none loads none."""

from collections.abc import Hashable
from typing import Any

import yaml


class NoYaml(ValueError):
    """The text cannot be read; `place` is its line ("line 3") where it is known, else "-"."""

    def __init__(self, place: str, problem: str) -> None:
        self.place, self.problem = place, problem
        super().__init__(f"{place}: {problem}")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml when it is there
    """Plain YAML 1.1 data; a key that stands twice in one mapping is refused instead of silently dropped."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key, _ in node.value:
            name = key.value if isinstance(key.value, str) else id(key)
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, f"`{name}` stands twice", key.start_mark)
            seen.add(name)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def load_strictly(text: str) -> Any:
    """Return the data of a YAML text.

    Raises:
        NoYaml: it is none, or a key stands twice.
    """
    try:
        return yaml.load(text, Loader=_Loader)  # nosec B506 - a SafeLoader: plain data only
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        problem = getattr(fault, "problem", None) or str(fault) or "nested too deeply"
        raise NoYaml(f"line {mark.line + 1}" if mark else "-", problem) from fault
