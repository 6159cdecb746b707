"""居民在机器上会看到: what a decision will say on the kiosk, in the kiosk's words, before it is sent."""

from dataclasses import dataclass, field
from datetime import date

from edge.domain.answers import Checked, check, show
from edge.domain.catalogue import Catalogue
from edge.domain.form import Item
from edge.domain.form_walk import form_fields
from edge.domain.suggestion import Offer, facts_needed, offers
from edge.ground.ids import JSON
from sync.console import guard
from sync.console.frame import tr
from sync.console.owed import at_the_counter, named, not_asked, owed_of, to_come
from sync.console.say import say as _
from sync.console.urgent import phone_of
from sync.hub.review import Verdict


@dataclass(frozen=True)
class Seen:
    """One screen of the kiosk, shortened: headline, numbered things to put right, sentences, what may follow."""

    headline: str
    tint: str = ""
    asks: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    left: str = ""   # for the reviewer: what was left for later and is not asked for


def waiting_screen(item: Item, reply_by: date, known: Checked, *, amended: bool = False) -> Seen:
    """Return what stands there before a decision; of an item that was only registered, first what has not happened."""
    still_owed = (at_the_counter if amended else to_come)(item, list(known.owed))
    headline = _("%(item)s：县里收到了，还没受理", item=tr(item.name))
    if item.live is None:
        due = _("县里最晚 %(month)d月%(day)d日答复。", month=reply_by.month, day=reply_by.day)
        return Seen(headline, lines=[due, still_owed or _("您现在不用做什么。")])
    whose, number = phone_of(item)
    call = _("急的话，您先打%(whose)s %(number)s。", whose=whose, number=number)
    lines = [tr(item.live.warning_at(known.warning)), call]
    return Seen(headline, "returned", lines=[*lines, still_owed] if still_owed else lines)


def screen_of(item: Item, given: Verdict, answers: dict[str, JSON], catalogue: Catalogue, today: date) -> Seen:
    """Return what a verdict will say."""
    name, labels = tr(item.name), {one.key: tr(one.label) for one in form_fields(item)}
    reason = [given.reason] if given.reason else []
    office = tr(catalogue.departments[item.department].name)
    dated = _("%(month)d月%(day)d日 · %(department)s", month=today.month, day=today.day, department=office)
    if given.verdict == "return":
        asks = [f"{labels.get(key, key)}：{why}" for key, why in given.asks]
        left = owed_of(item, answers, {key for key, _why in given.asks})
        told = [one for one in (not_asked(item, left),) if one]
        return Seen(_("%(item)s：要补 %(n)d 样东西", item=name, n=len(asks)), "returned", asks, [*told, *reason, dated],
                    left=named(item, left))
    if given.verdict == "reject":
        return Seen(_("%(item)s：不予受理", item=name), "returned", lines=[*reason, dated])
    result = [
        f"{tr(one.label)}：{show(item, one, given.result[one.key], guard.lang(), catalogue.county)}"
        for one in item.outcome
        if given.result.get(one.key) is not None
    ]
    follow = [tr(one.name) + "：" + tr(one.text) for one in _offers(item, given, answers, catalogue, today)]
    if given.verdict == "finish":
        return Seen(
            _("%(item)s：已办结", item=name), "accepted", lines=[_("这件事办完了。"), *result, *reason], offers=follow
        )
    to_do = at_the_counter(item, owed_of(item, answers))
    return Seen(
        _("%(item)s：已受理", item=name),
        "accepted",
        lines=[_("县里已经受理，正在办。"), to_do or _("您现在不用做什么。"), *result, *reason],
        offers=follow,
    )


def _offers(item: Item, given: Verdict, answers: dict[str, JSON], catalogue: Catalogue, today: date) -> list[Offer]:
    if not given.result:
        return []
    known = {**answers, **check(item, answers, catalogue.county, today).computed}
    return offers(item, given.result, {key: known.get(key) for key in facts_needed(item)}, catalogue.county)
