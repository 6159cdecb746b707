"""From the hub's own values to what the interface says."""

from datetime import date
from typing import cast

from edge.domain.answers import outcome_questions
from edge.domain.form import Field
from edge.domain.submission import State
from edge.domain.text import Text
from edge.ground.clock import local_day, moment
from sync.hub import api_shapes as shapes
from sync.hub.hub import Hub
from sync.hub.registry import DeviceView
from sync.hub.review import CasePage, CaseView
from sync.hub.tables.cases import Case
from sync.hub.tables.devices import SiteRow
from sync.hub.tables.verdicts import Spoken


def case_list(page: CasePage, log: int) -> shapes.CaseList:
    """Return a part of the log; `log` tells which: each restore of the hub begins another one."""
    following = None if page.next is None else _cursor(log, page.next)
    return shapes.CaseList(tuple(_line(one, log, page.waiting_for.get(one.id, 0)) for one in page.cases), following)


def _cursor(log: int, place: int) -> str:
    return f"{log}-{place}" if log else str(place)


def _line(one: Case, log: int, waiting_for: int) -> shapes.CaseLine:
    return shapes.CaseLine(
        id=one.id,
        item=one.item,
        site=one.site,
        device=one.device.hex(),
        state=State(one.state),
        received_at=moment(one.received_at),
        lodged_at=moment(one.lodged_at),
        receipt=one.code,
        step=one.step,
        reply_by=date.fromisoformat(one.reply_by),
        cursor=_cursor(log, one.position),
        waiting_for=waiting_for,
    )


def case(hub: Hub, view: CaseView) -> shapes.CaseOut:
    """Return a case with everything that a reviewer may see and do."""
    one, item = view.case, view.item
    return shapes.CaseOut(
        id=one.id,
        item=one.item,
        item_version=one.version,
        item_name=item.name if item else Text(one.item, one.item),
        department=one.department,
        site=one.site,
        device=one.device.hex(),
        state=State(one.state),
        step=one.step,
        receipt=one.code,
        masked_name=one.masked_name,
        channel=one.channel,
        helper=one.helper,
        lodged_at=moment(one.lodged_at),
        received_at=moment(one.received_at),
        reply_by=date.fromisoformat(one.reply_by),
        readable=view.readable,
        answers=view.answers,
        amendments=tuple(
            shapes.AmendmentOut(late.answers, late.answers_step, moment(late.opened_at)) for late in view.amendments
        ),
        history=tuple(_spoken(word) for word in view.history),
        may=tuple(cast(shapes.Word, event.value) for event in view.may),
        outcome=_outcome(hub, view),
        materials=tuple(
            shapes.MaterialOut(one.key, one.blob.hex(), one.size, one.media_type, one.state) for one in view.materials
        ),
        waiting_for=view.waiting_for,
    )


def _spoken(word: Spoken) -> shapes.SpokenOut:
    asks = tuple(shapes.Ask(field, reason) for field, reason in word.asks)
    return shapes.SpokenOut(word.step, State(word.word), moment(word.at), word.actor, word.reason, asks, word.result)


def _outcome(hub: Hub, view: CaseView) -> tuple[shapes.OutcomeField, ...]:
    if view.item is None or not view.readable:
        return ()
    today = local_day(hub.clock.now())
    fields = outcome_questions(view.item, view.answers, hub.county(), today)
    return tuple(_field(one) for one in fields)


def _field(one: Field) -> shapes.OutcomeField:
    choices = tuple(shapes.OptionOut(choice.value, choice.label) for choice in one.choices)
    return shapes.OutcomeField(one.key, one.kind, one.label, one.question, choices, one.optional)


def site_list(rows: list[SiteRow]) -> shapes.SiteList:
    """Return all sites."""
    return shapes.SiteList(tuple(shapes.SiteOut(row.id, row.name, moment(row.created_at)) for row in rows))


def device_list(views: list[DeviceView]) -> shapes.DeviceList:
    """Return all machines."""
    return shapes.DeviceList(tuple(_device(view) for view in views))


def _device(view: DeviceView) -> shapes.DeviceOut:
    told = view.condition
    return shapes.DeviceOut(
        device=view.device,
        site=view.site,
        label=view.label,
        state=cast(shapes.DeviceState, view.state),
        enrolled_at=view.enrolled_at,
        last_exchange=view.last_exchange,
        device_time=view.device_time,
        held=view.held,
        quiet=view.down,
        software=told.software,
        queue=view.waiting,
        taken=told.taken,
        free_bytes=told.free_bytes,
        incarnations=told.incarnations,
    )
