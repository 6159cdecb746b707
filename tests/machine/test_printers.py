"""A receipt on A4 goes through the queue as one page; whatever the queue says, nothing is kept and a fault is told."""

import re
import zlib
from pathlib import Path

import pytest

from edge.ground.problem import NO_PRINTER, PRINTER_FAULT, Problem
from edge.machine.printer import DevicePrinter, NoPrinter, QueuePrinter, printer_at
from edge.machine.sheet import HEIGHT, WIDTH, render_sheet
from edge.machine.slip import SlipText

TEXT = SlipText("收件回执", "不是受理通知书", "DKSY 6CJ RXA", ["事项：高龄津贴", "姓名：㐱*"], ["还没受理。"], "YZ1:00")


def pretend_lp(folder: Path, ends: int = 0) -> str:
    """Return a program in the place of lp, which keeps what it was given and ends so."""
    program = folder / "lp"
    keeps = f'printf "%s " "$@" > "{folder}/asked"\ncat > "{folder}/page"'
    program.write_text(f"#!/bin/sh\n{keeps}\nexit {ends}\n", "utf-8")
    program.chmod(0o755)
    return str(program)


def dots(pdf: bytes) -> bytes:
    """Return the picture in a page of ours."""
    found = re.search(rb"/FlateDecode/Length (\d+)>>stream\n", pdf)
    assert found is not None
    return zlib.decompress(pdf[found.end():found.end() + int(found[1])])


def test_the_page_goes_to_the_queue_whole(tmp_path: Path) -> None:
    printer = QueuePrinter("hall", pretend_lp(tmp_path))
    page = printer.draw(TEXT)

    printer.put(page)

    assert (tmp_path / "page").read_bytes() == page
    assert (tmp_path / "asked").read_text("utf-8") == "-s -d hall -t receipt -o media=A4 - "


def test_a_queue_that_fails_and_a_machine_without_one_say_so(tmp_path: Path) -> None:
    for program in (pretend_lp(tmp_path, ends=1), str(tmp_path / "absent")):
        with pytest.raises(Problem) as refused:
            QueuePrinter("hall", program).put(b"%PDF")
        assert refused.value.kind is PRINTER_FAULT
    with pytest.raises(Problem) as none:
        printer_at("").put(printer_at("").draw(TEXT))
    assert none.value.kind is NO_PRINTER


def test_the_page_is_one_of_a4_with_black_letters_inside_its_margins() -> None:
    page = dots(render_sheet(TEXT))
    row = WIDTH // 8

    assert len(page) == row * HEIGHT
    black = [y for y in range(HEIGHT) if page[y * row:(y + 1) * row].strip(b"\xff")]
    assert black[0] > 150 and black[-1] < HEIGHT - 150
    assert not any(page[y * row:y * row + 19].strip(b"\xff") for y in black)   # 19 mm at the left stay white
    assert page != dots(render_sheet(SlipText("收件回执", "已受理", *(getattr(TEXT, one) for one in (
        "code", "facts", "steps", "qr")))))


def test_a_page_without_a_font_for_chinese_is_refused() -> None:
    with pytest.raises(Problem) as refused:
        render_sheet(TEXT, fonts=())
    assert refused.value.kind is PRINTER_FAULT


def test_the_setting_names_the_printer() -> None:
    assert isinstance(printer_at("lp:hall"), QueuePrinter) and isinstance(printer_at("/dev/usb/lp0"), DevicePrinter)
    assert isinstance(printer_at(""), NoPrinter)
