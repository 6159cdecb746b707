"""Alarms in words: what happened, and what to do about it."""

from dataclasses import dataclass

from edge.ground.clock import moment
from sync.console import words
from sync.console.machine_alarms import machine_alarm_words
from sync.console.office import machines, now
from sync.console.say import say as _
from sync.hub.tables.alarms import Alarm


@dataclass(frozen=True)
class AlarmWords:
    """One alarm as the page shows it."""

    id: int
    title: str
    cure: str
    where: str
    when: str
    times: int


def alarm_words(alarm: Alarm) -> AlarmWords:
    """Return an alarm in words; an unknown cause keeps its own name."""
    title, cure = _told().get(alarm.cause) or machine_alarm_words(alarm) or (alarm.cause, alarm.detail)
    return AlarmWords(
        alarm.id, title, cure, _where(alarm.subject), words.when(moment(alarm.last_at), now()), alarm.times
    )


def _told() -> dict[str, tuple[str, str]]:
    """Return what each cause means, and what to do."""
    return {
        "two-machines": (
            _("两台机器用着同一个身份"),
            _("有人复制过硬盘，或装回了旧备份。停掉其中一台，给它开新的登记码；两边交来的材料都还在。"),
        ),
        "fork": (
            _("同一个位置来了两份不同的材料"),
            _("机器的数据被复制或退回过。两份都收下了；看看是不是换过硬盘，再决定留哪一台。"),
        ),
        "receipt-not-held": (
            _("机器手里的收据，县里没有"),
            _("县里的数据可能是从旧备份恢复的。不要清机器；它会自己重送。"),
        ),
        "downlink-lost": (
            _("县里忘了发过什么给这台机器"),
            _("县里的数据可能退回过。已经从头再发，不用做什么；请查备份。"),
        ),
        "backup-failed": (
            _("没有全备份成"),
            _("看看备份盘插好没有、满了没有、能不能写，然后在“备份”页再备份一次。"),
        ),
        "backup-overdue": (
            _("好几天没有新的备份了"),
            _("到“备份”页看看为什么；备份太旧，机器上的材料就一直不能清。"),
        ),
        "hub-restored": (
            _("县平台从备份恢复过"),
            _("到“备份”页看过后放行对外接口；各站点会自己把后来的材料再送一遍。"),
        ),
        "ticket-twice": (
            _("用过的登记码又有人用"),
            _("第二台没有登记上。问一问站点；登记码外泄了就不用管，它已经作废。"),
        ),
        "same-number": (
            _("同一个回执号有两件"),
            _("多半是纸表的号录错了，或者同一张录了两次。两件都收下了，在“待办”里搜这个号；核对后不要的那件不予受理。"),
        ),
        "unopenable": (
            _("有一份材料打不开"),
            _("封它的钥匙不是本县的，或者内容坏了。居民查询时会看到“请再来交一次”；请到站点问清楚。"),
        ),
        "blob-damaged": (
            _("存着的一张照片坏了"),
            _("已经让那台机器再传一次，不用做什么；常常这样，请检查服务器的硬盘。"),
        ),
        "blob-faulty": (
            _("一台机器传来的照片不对"),
            _("这张照片收不下，那件事会一直等它。到事项里记下照片丢失或退回，并检查那台机器。"),
        ),
    }


def _where(subject: str) -> str:
    for one in machines():
        if one.device == subject:
            return f"{one.site} {one.label}"
    return subject[:12]
