"""Alarms about a machine's disk and identity in words: what happened, and what to do about it."""

from edge.ground.problem import KINDS, title_and_cure
from sync.console import guard
from sync.console.say import say as _
from sync.hub.tables.alarms import Alarm


def machine_alarm_words(alarm: Alarm) -> tuple[str, str] | None:
    """Return title and cure of an alarm about a machine's disk, or None for any other."""
    told = {
        "takes-no-forms": (_("有一台机器不收材料了"), _reason(alarm.detail)),
        "disk-nearly-full": (_("有一台机器的硬盘快满了"), _reason(alarm.detail)),
        "salvaged": (
            _("有一台机器的数据库坏了，已经救出来"),
            _("好的材料都会重新送来。请换硬盘；坏的文件留在机器的 damaged 文件夹里，别删。"),
        ),
        "forms-lost": (
            _("有材料在机器上坏了，没有送到县里"),
            _("居民凭回执查询时会看到“请再来交一次”。请站点看 yizhan edge status，并换硬盘。"),
        ),
        "other-machine": (
            _("同一份数据在另一台机器上启动了"),
            _("硬盘被复制或换了机器。两边交来的材料都收；只留一台，另一台开新的登记码。"),
        ),
        "disk-put-back": (
            _("机器的硬盘退回过以前的样子"),
            _("有人装回了旧备份，或者还原卡没有放开驿站的文件夹。没送达的材料可能没了，请问站点。"),
        ),
        "disk-forgets": (
            _("机器每次重启都忘记，已经停收"),
            _("还原卡或写保护要放开驿站的数据文件夹，改好后重启两次。"),
        ),
        "too-much": (
            _("有一台机器今天送得太多"),
            _("已经让它过一阵再来，材料没有丢。天天这样就去看看这台机器是不是坏了。"),
        ),
    }
    return told.get(alarm.cause)


def _reason(code: str) -> str:
    kind = KINDS.get(code)
    return code if kind is None else title_and_cure(kind, guard.lang())
