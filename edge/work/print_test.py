"""Print a slip by which a person sees if the printer is good: Chinese, a rare character, a QR, the cut."""

from edge.desk.site import Site
from edge.ground.clock import CHINA
from edge.machine.printer import Printer
from edge.machine.slip import SlipText

QR = "YIZHAN TEST"


def print_test(site: Site, printer: Printer) -> None:
    """Print the test slip; nothing on it can be taken for a receipt.

    Raises:
        Problem: the printer's.
    """
    at = site.clock.now().astimezone(CHINA)
    facts = [f"地点：{site.identity.site} {site.identity.label}", f"时间：{at.year}年{at.month}月{at.day}日 {at:%H:%M}",
             "生僻字：㐱 喆 堃 翀"]
    steps = ["字要清楚，二维码要能扫，纸要切断。", "看完请扔掉。"]
    printer.put(printer.draw(SlipText("试打", "不是回执", "TEST", facts, steps, QR)))
