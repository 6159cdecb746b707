"""Print the receipt slip. Its words say that it is no acceptance, and never more than is true offline."""

import msgspec

from edge.desk.lodge import Slip
from edge.desk.site import Site
from edge.domain.form import Item
from edge.domain.owed import owed_names
from edge.domain.receipt import group
from edge.ground.clock import CHINA, moment
from edge.ground.problem import PRINT_EXPIRED, Problem
from edge.ground.sealing import CannotOpen, unlock
from edge.machine.printer import Printer
from edge.machine.slip import SlipText
from edge.records.jobs import Job


def print_receipt(site: Site, printer: Printer, job: Job, *, again: bool = False) -> None:
    """Print the slip that a job holds; one that is printed `again` says so, and not where the form was on its day.

    Raises:
        Problem: PRINT_EXPIRED after a restart (the slip was locked with the key of the former boot, by intent), or
            the printer's.
    """
    try:
        slip = msgspec.msgpack.decode(unlock(site.boot_key, job.body), type=Slip)
    except CannotOpen as fault:
        raise Problem(PRINT_EXPIRED) from fault
    printer.put(printer.draw(slip_text(site, slip, again=again)))


def slip_text(site: Site, slip: Slip, *, again: bool = False) -> SlipText:
    """Return the lines of a slip."""
    at = moment(slip.at).astimezone(CHINA)
    item = site.item_version(slip.item, slip.item_version)
    facts = [
        f"事项：{item.name.zh if item else slip.item}", f"姓名：{slip.masked_name}",
        f"时间：{at.year}年{at.month}月{at.day}日 {at:%H:%M}", f"地点：{site.identity.site} {site.identity.label}"]
    where = (["补打的。号码和原来的一样，还是一件事。"] if again else
             ["已保存在这台机器里，还没送达，还没受理。", "线路通了，填的内容自动送到县里。"])
    steps = [
        # the law's clock runs from the handing in, whatever the line does
        f"{slip.reply_by.month}月{slip.reply_by.day}日前县里该答复，断线久了会晚。",
        *_still_owed(item, slip.owed),
        "凭回执号和身份证后4位可以查。"]
    if item and item.live:   # registering is not doing: the slip says so in the band, and whom to call
        phones = [f"{one.name.zh} {one.number}" for one in site.catalogue().own_phones(item)]
        steps = [item.live.warning_at(slip.warning).zh, *phones, *steps]
        return SlipText("登记回执", "尚未生效", group(slip.receipt), facts, steps, slip.qr)
    return SlipText("收件回执", "不是受理通知书", group(slip.receipt), facts, [*where, *steps], slip.qr)


def _still_owed(item: Item | None, owed: tuple[str, ...]) -> list[str]:
    """Return what was left for later and how it is brought: the county asks for it first, only then a machine takes it.
    """
    named = "、".join([name.zh for name in owed_names(item, owed)] if item else owed)
    return [f"还要补：{named}。先备好。", "县里要的时候，凭回执号在任何一个驿站补，或者拿到窗口。"] if named else []
