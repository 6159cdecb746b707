"""A case as its page shows it: finished values, masked unless someone asked with a reason."""

from dataclasses import dataclass
from datetime import date, timedelta

from edge.domain.answers import check, questions, show
from edge.domain.form import Field, Item
from edge.domain.form_walk import BROUGHT, form_fields, material_key
from edge.domain.identity import MASKS, age_on, sex
from edge.domain.reckoned import reckoned
from edge.domain.strokes import PAPER
from edge.domain.wording import grouped, rows_in_words
from edge.ground.clock import moment
from edge.ground.ids import JSON
from edge.ground.problem import NOT_FOUND, Problem
from sync.console import guard, words
from sync.console.capture import capture
from sync.console.frame import tr
from sync.console.looks import Look
from sync.console.office import catalogue, hub, machines, now, people
from sync.console.say import say as _
from sync.console.worklist import channel_words
from sync.hub import review
from sync.hub.review import CaseView
from sync.hub.tables import cases
from sync.hub.tables.cases import Case
from sync.hub.tables.verdicts import Spoken

NOT_ASKED_AGAIN = ("declaration", "consent")


@dataclass(frozen=True)
class Answer:
    """One answer; `masked` is true while something is hidden.

    `rows` are those of a group, each in words; `ink` the strokes of each signature that may be seen now.
    """

    key: str
    label: str
    words: str
    masked: bool
    changed: bool
    rows: tuple[str, ...] = ()
    ink: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Paper:
    """One material that applies."""

    key: str
    name: str
    look: Look


@dataclass(frozen=True)
class Stop:
    """One stop of the road: when, what, and whether it is bad news or still to come."""

    at: str
    words: str
    kind: str = ""


def row_of(case_id: str) -> Case:
    """Return the row of a case of the reviewer's own department; nothing of its content is opened.

    Raises:
        Problem: NOT_FOUND, the same for a case that is not theirs.
    """
    found = cases.by_id(hub().store.read(), case_id)
    department = guard.account().department
    if found is None or (department and found.department != department):
        raise Problem(NOT_FOUND)
    return found


def open_case(case_id: str, why: str = "read") -> CaseView:
    """Return the opened case; that it was read, and why, stands in the audit."""
    return review.case(hub(), row_of(case_id).id, guard.account().actor, why)


def answers_of(view: CaseView, shown: str = "") -> list[Answer]:
    """Return the answers in the form's order, masked but for the field `shown`."""
    if view.item is None:
        return []
    changed = {key for one in view.amendments for key in one.answers}
    given = [
        _answer(view.item, one, view.answers[one.key], one.key != shown, one.key in changed)
        for one in _asked(view)
        if one.key in view.answers and not one.key.startswith("material_")
    ]
    return given + _computed(view)


def _computed(view: CaseView) -> list[Answer]:
    """Return what followed from the answers on the day of capture, with the way it was computed."""
    if view.item is None:
        return []
    county = catalogue().county
    checked = check(view.item, view.answers, county, capture(view.case).day)
    return [
        Answer("", tr(one.label), f"{one.value}（{one.how}）" if one.how else one.value, False, False)
        for one in reckoned(view.item, checked.answers, checked.computed, guard.lang(), county)
    ]


def _answer(item: Item, one: Field, value: JSON, masked: bool, changed: bool) -> Answer:
    county, lang = catalogue().county, guard.lang()
    if one.kind in ("signature", "group"):
        return _by_hand(item, one, value, masked, changed)
    plain = show(item, one, value, lang, county)
    hidden = show(item, one, value, lang, county, masked=True)
    if one.kind in MASKS and one.kind != "name":
        hidden = grouped(one.kind, hidden)
    return Answer(one.key, tr(one.label), hidden if masked else plain, masked and hidden != plain, changed)


def _by_hand(item: Item, one: Field, value: JSON, masked: bool, changed: bool) -> Answer:
    """Return a signature, or the rows of a group with their signatures; the strokes only to who gave a reason."""
    county, lang = catalogue().county, guard.lang()
    if one.kind == "signature":
        ink = strokes_of(value)
        return Answer(one.key, tr(one.label), show(item, one, value, lang, county), masked and bool(ink), changed,
                      ink=() if masked else ink)
    told = rows_in_words(item, one, value, lang, county, masked)
    rows = tuple(f"{number}. " + " · ".join(part for part in row if part) for number, row in enumerate(told, 1))
    signs = [each.key for each in one.fields if each.kind == "signature"]
    ink = tuple(found for row in value if isinstance(row, dict) for key in signs
                for found in strokes_of(row.get(key))) if isinstance(value, list) else ()
    return Answer(one.key, tr(one.label), "", masked, changed, rows, () if masked else ink)


def strokes_of(value: JSON) -> tuple[tuple[str, ...], ...]:
    """Return the strokes of a signature on the glass, as SVG polylines; none where it was signed on paper."""
    return (tuple(value.split(";")),) if isinstance(value, str) and value and value != PAPER else ()


def _asked(view: CaseView) -> list[Field]:
    """Return the fields that were shown for these answers, options filled in."""
    if view.item is None:
        return []
    return questions(view.item, view.answers, catalogue().county, capture(view.case).day)


def askable(view: CaseView) -> list[Field]:
    """Return what may be asked for again: answers and papers, not what was declared."""
    return [one for one in _asked(view) if one.kind not in NOT_ASKED_AGAIN]


def papers(view: CaseView) -> list[Paper]:
    """Return the materials that apply, and how each was handed in."""
    if view.item is None:
        return []
    options = {one.key: one for one in _asked(view)}
    found = []
    for material in view.item.materials:
        field = options.get(material_key(material))
        if field is None or field.key not in view.answers:
            continue
        given = view.answers[field.key]
        said = show(view.item, field, given, guard.lang(), catalogue().county)
        pictured = any(one.key == material.key for one in view.materials)
        look = _claimed(pictured) if given == BROUGHT else Look("soon", "clock", said)
        found.append(Paper(material.key, tr(material.name), look))
    return found


def _claimed(pictured: bool) -> Look:
    """Return the chip of a paper that the citizen says was brought: nobody at the county has seen it by that."""
    return Look("held", "camera", _("拍了照片")) if pictured else Look("soon", "help", _("居民说带了，没有照片"))


def person(view: CaseView) -> str:
    """Return 张* · 女 · 86 岁; only what the ID number gives."""
    parts = [view.case.masked_name or _("没有名字")]
    number = str(view.answers.get(view.item.applicant.id_number) or "") if view.item else ""
    names = {"male": _("男"), "female": _("女")}
    if number and (found := sex(number)):
        parts.append(names[found])
        age = age_on(number, capture(view.case).day)
        if age is not None:
            parts.append(_("%(age)d 岁", age=age))
    return " · ".join(parts)


def road(view: CaseView) -> list[Stop]:
    """Return what happened so far, and what is still to come."""
    case, here = view.case, now()
    label = next((one.label for one in machines() if one.device == case.device.hex()), "")
    lag = timedelta(seconds=max(0, case.received_at - case.lodged_at))
    stops = [
        (
            case.lodged_at,
            0,
            Stop(
                words.when(moment(case.lodged_at), here),
                _(
                    "现场收件，%(place)s（%(channel)s），出具收件回执",
                    place=f"{case.site} {label}".strip(),
                    channel=channel_words(case),
                ),
            ),
        ),
        (
            case.received_at,
            1,
            Stop(
                words.when(moment(case.received_at), here),
                _("县里收到，内容完整")
                if capture(case).doubtful
                else _("县里收到，内容完整，路上 %(span)s", span=words.span(lag)),
            ),
        ),
    ]
    stops += [
        (one.opened_at, 2, Stop(words.when(moment(one.opened_at), here), _("居民补来了 %(n)d 处", n=len(one.answers))))
        for one in view.amendments
    ]
    stops += [(one.at, 3, _spoken(one)) for one in view.history]
    told = [stop for _at, _rank, stop in sorted(stops, key=lambda stop: (stop[1] > 1, stop[0], stop[1]))]
    return told + _next(case.state)


def _spoken(one: Spoken) -> Stop:
    names = {
        "accepted": _("受理"),
        "rejected": _("不予受理"),
        "needs_correction": _("退补 %(n)d 样", n=len(one.asks)),
        "done": _("办结"),
        "erased": _("删除"),
    }
    who = people().get(one.actor, one.actor.partition(":")[2] or one.actor)
    kind = "bad" if one.word in ("rejected", "needs_correction") else ""
    return Stop(words.when(moment(one.at), now()), f"{names.get(one.word, one.word)} · {who}", kind)


def standing(view: CaseView) -> str:
    """Return what stands: the newest decision, by whom and when; "" when the case waits for one."""
    if not view.history or view.case.state == "held":
        return ""
    last = _spoken(view.history[-1])
    return f"{last.words} · {last.at}"


def _next(state: str) -> list[Stop]:
    waits = {"held": _("等审：受理 / 退补 / 不予受理"), "needs_correction": _("等居民来补"), "accepted": _("等办结")}
    return [Stop("", waits[state], "next")] if state in waits else []


def asked_before(view: CaseView) -> bool:
    """Tell if things were asked for once already."""
    return any(one.word == "needs_correction" for one in view.history)


def last_result(view: CaseView) -> dict[str, JSON]:
    """Return the outcome that was recorded last."""
    return next((dict(one.result) for one in reversed(view.history) if one.result), {})


def told(view: CaseView) -> list[tuple[str, str]]:
    """Return (label, words) of the newest decision: reason, what was asked, the outcome."""
    if not view.history or view.item is None:
        return []
    last, labels = view.history[-1], {one.key: tr(one.label) for one in form_fields(view.item)}
    found = [(_("理由"), last.reason)] if last.reason else []
    found += [(labels.get(key, key), why) for key, why in last.asks]
    result = last_result(view)
    found += [
        (tr(one.label), show(view.item, one, result[one.key], guard.lang(), catalogue().county))
        for one in view.item.outcome
        if result.get(one.key) is not None
    ]
    return found


def reply_by(case: Case) -> date:
    """Return the day by which the county has to answer."""
    return date.fromisoformat(case.reply_by)
