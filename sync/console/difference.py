"""What changed between two versions of an item, field by field, in the words of people who write items."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from edge.domain.form import Item
from sync.console import guard
from sync.console.say import say as _


@dataclass(frozen=True)
class Change:
    """One place with its old and new value; "" where there was none."""

    place: str
    old: str
    new: str


@dataclass(frozen=True)
class Part:
    """One part of the item (a question, a material, …) with its changes."""

    title: str
    changes: list[Change]


LISTS = ("fields", "materials", "computed", "outcome", "links", "eligibility")
HEAD_LEAVES_OUT = (*LISTS, "version", "example", "outcome_example")


def difference(old: Item | None, new: Item) -> list[Part]:
    """Return the parts that differ, the head first."""
    before: dict[str, Any] = msgspec.to_builtins(old) if old else {}
    after: dict[str, Any] = msgspec.to_builtins(new)
    keys = [key for key in {**before, **after} if key not in HEAD_LEAVES_OUT]
    parts = [Part(_("开头"), [change for key in keys for change in _changes(key, before.get(key), after.get(key))])]
    for name in LISTS:
        parts += _list_parts(name, _by_key(before.get(name, ())), _by_key(after.get(name, ())))
    return [part for part in parts if part.changes]


def _by_key(entries: Any) -> dict[str, Any]:
    return {str(one.get("key") or one.get("to") or at): one for at, one in enumerate(entries)}


def _list_parts(name: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Part]:
    titles = {
        "fields": _("题目"),
        "materials": _("材料"),
        "computed": _("计算"),
        "outcome": _("结果"),
        "links": _("接下来"),
        "eligibility": _("条件"),
    }
    for at, key in enumerate({**before, **after}, 1):
        old, new = before.get(key, {}), after.get(key, {})
        label = _plain((new or old).get("label") or (new or old).get("name") or "") or key
        changes = [
            change
            for part in {**old, **new}
            if part != "key"
            for change in _changes(part, old.get(part), new.get(part))
        ]
        yield Part(f"{titles[name]} {at} {label}", changes)


def _changes(place: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    told, tells = _plain(old), _plain(new)
    if told == tells:  # the other language changed
        told, tells = _plain(old, other=True), _plain(new, other=True)
    yield Change(_place(place), told, tells)


def _place(name: str) -> str:
    return {
        "question": _("标题"),
        "label": _("名称"),
        "hint": _("提示"),
        "kind": _("填法"),
        "choices": _("选项"),
        "rules": _("出错时"),
        "when": _("什么时候问"),
        "optional": _("可以不填"),
        "may_defer": _("可以后补"),
        "name": _("名称"),
        "purpose": _("用处"),
        "minutes": _("填完要几分钟"),
        "department": _("部门"),
        "fee": _("收费"),
        "privacy": _("为什么收这些信息"),
        "events": _("家里遇到的事"),
        "applicant": _("申请人"),
        "source": _("依据"),
        "sources": _("依据"),
        "sensitive": _("敏感"),
        "least": _("最少"),
        "most": _("最多"),
        "unit": _("单位"),
        "limits": _("期限"),
        "offline": _("断网时"),
        "short": _("短名"),
        "words": _("搜索词"),
        "must": _("条件"),
        "text": _("说明"),
    }.get(name, name)


def _plain(value: Any, *, other: bool = False) -> str:
    """Return a value as one readable line."""
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"}:
            return str(value["en" if (guard.lang() == "en") != other else "zh"])
        return "；".join(f"{key}: {_plain(part, other=other)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return "、".join(_plain(part, other=other) for part in value)
    if isinstance(value, bool):
        return _("是") if value else _("不是")
    return "" if value is None else str(value)
