"""The decision as a form: what was typed, what is wrong with it, and the verdict that it comes to."""

from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import MultiDict

from edge.domain.answers import check_outcome
from edge.domain.county import County
from edge.domain.form import Field, Item
from edge.domain.submission import Event
from edge.ground.ids import JSON
from sync.console.frame import tr
from sync.console.say import say as _
from sync.hub.review import Verdict, Word

ASK, WHY, OUTCOME = "ask_", "why_", "out_"
LONGEST_WHY, LONGEST_BASIS = 120, 160
WORDS: dict[str, Word] = {"accept": "accept", "return": "return", "reject": "reject", "finish": "finish"}


@dataclass
class Typed:
    """What the reviewer typed; `result` are raw outcome fields, `errors` says beside which part what is wrong."""

    verdict: str = ""
    note: str = ""
    why_not: str = ""
    basis: str = ""
    objection: str = ""
    asked: list[str] = field(default_factory=list)
    whys: dict[str, str] = field(default_factory=dict)
    result: dict[str, JSON] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read_form(form: MultiDict[str, str], item: Item | None) -> Typed:
    """Return what was typed, unjudged."""
    keys = [key.removeprefix(ASK) for key in form if key.startswith(ASK)]
    whys = {key.removeprefix(WHY): form[key].strip() for key in form if key.startswith(WHY)}
    outcome: dict[str, JSON] = {}
    for one in item.outcome if item else ():
        values = [value.strip() for value in form.getlist(OUTCOME + one.key) if value.strip()]
        if values:
            outcome[one.key] = list(values) if one.kind == "choices" else values[0]
    return Typed(
        form.get("verdict", ""),
        form.get("note", "").strip(),
        form.get("why_not", "").strip(),
        form.get("basis", "").strip(),
        form.get("objection", "").strip(),
        keys,
        whys,
        outcome,
    )


@dataclass(frozen=True)
class Ground:
    """What a decision is judged against: the case's item, answers and allowed events, the county, the day,
    how many photos it waits for.
    """

    item: Item | None
    answers: dict[str, JSON]
    may: list[Event]
    askable: list[Field]
    county: County
    day: date
    waiting_for: int = 0


def judge(typed: Typed, ground: Ground) -> Verdict | None:
    """Return the verdict, or None with `typed.errors` filled."""
    if typed.verdict == "accept" and ground.waiting_for:
        typed.errors["verdict"] = _("照片到齐才能受理。现在可以退补，或者不予受理。")
        return None
    if typed.verdict not in WORDS or typed.verdict not in {event.value for event in ground.may}:
        typed.errors["verdict"] = _("先选一种决定。")
        return None
    _measure(typed)
    verdict = {"accept": _granting, "finish": _granting, "return": _returning, "reject": _rejecting}[typed.verdict](
        typed, ground
    )
    return None if typed.errors else verdict


def _measure(typed: Typed) -> None:
    """Say what is too long; nothing that a reviewer wrote is cut without a word."""
    lines = {name: getattr(typed, name) for name in ("note", "why_not", "basis", "objection")}
    typed.errors.update({
        **{name: _too_long(LONGEST_BASIS) for name, text in lines.items() if len(text) > LONGEST_BASIS},
        **{WHY + key: _too_long(LONGEST_WHY) for key, text in typed.whys.items() if len(text) > LONGEST_WHY},
    })


def _too_long(most: int) -> str:
    return _("最多写 %(most)d 个字，请写短一点。", most=most)


def _granting(typed: Typed, ground: Ground) -> Verdict:
    result: dict[str, JSON] = {}
    if ground.item and ground.item.outcome and (typed.result or typed.verdict == "finish"):
        checked = check_outcome(ground.item, typed.result, ground.county, ground.day, ground.answers)
        typed.errors.update({OUTCOME + key: tr(text) for key, text in checked.errors.items()})
        result = dict(checked.answers)
    return Verdict(WORDS[typed.verdict], typed.note, [], result)


def _returning(typed: Typed, ground: Ground) -> Verdict:
    asked = [one.key for one in ground.askable if one.key in typed.asked]
    if not asked:
        typed.errors["asks"] = _("勾出要补的东西，一次说全。")
    for key in asked:
        if not typed.whys.get(key):
            typed.errors[WHY + key] = _("写一句为什么，居民照着补。")
    return Verdict("return", "", [(key, typed.whys.get(key, "")) for key in asked])


def _rejecting(typed: Typed, ground: Ground) -> Verdict:
    needed = (
        ("why_not", _("写明理由。")),
        ("basis", _("写明依据：哪个文件，哪一条。")),
        ("objection", _("写明不同意可以找谁。")),
    )
    for key, words in needed:
        if len(getattr(typed, key)) < 2:
            typed.errors[key] = words
    # one text on the citizen's screen: reason, basis, where to object; in the citizen's language, not the reviewer's
    reason = f"{_stop(typed.why_not)}依据：{_stop(typed.basis)}不同意：{_stop(typed.objection)}"
    return Verdict("reject", reason)


def _stop(words: str) -> str:
    return words if words.endswith(("。", ".", "！", "？")) else f"{words}。"


def raw_of(one: Field, value: JSON) -> JSON:
    """Return a canonical outcome value as an input of the form would say it."""
    if one.kind == "money" and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}"
    if one.kind == "yes_no":
        return "yes" if value is True else "no"
    return value if isinstance(value, list) else str(value)
