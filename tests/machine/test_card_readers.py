"""One contract for every card reader: what lies on it is taken once, by whoever waits, and torn lines are nothing."""

import os
import socket
import tty
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from edge.machine.card_channels import TcpChannel
from edge.machine.card_reader import (
    Card,
    CardKind,
    CardReader,
    FrameReader,
    PretendReader,
    ReaderGone,
    TypingReader,
    frame,
    read_frame,
    reader_at,
)

WANG = Card(CardKind.ID, "11010519491231002X", "王㐱")
LI = Card(CardKind.ID, "110105194001010032", "李四")


@dataclass
class Bench:
    """A reader and how a card is laid on it; what a typing reader typed comes with `take`."""

    reader: CardReader
    lay: Callable[[bytes], None]
    pull_out: Callable[[], None] | None = None
    line: str = ""

    def take(self) -> Card | None:
        """Take what lies on it."""
        typed, self.line = self.line, ""
        return self.reader.take(typed)


def _pretend() -> Iterator[Bench]:
    reader = PretendReader()

    def lay(line: bytes) -> None:
        card = read_frame(line)
        if card is not None:
            reader.cards.append(card)

    yield Bench(reader, lay, lambda: setattr(reader, "gone", True))


def _typing() -> Iterator[Bench]:
    bench = Bench(TypingReader(), lambda line: setattr(bench, "line", line.decode("ascii", "replace")))
    yield bench


def _tcp() -> Iterator[Bench]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        reader = reader_at(f"tcp:{server.getsockname()[1]}")
        assert reader is not None
        reader.clear()
        adapter, _ = server.accept()

        def stop() -> None:
            adapter.close()
            server.close()

        yield Bench(reader, adapter.sendall, stop)
        reader.close()
        adapter.close()


def _serial() -> Iterator[Bench]:
    adapter, port = os.openpty()
    tty.setraw(port)
    reader = reader_at(f"serial:{os.ttyname(port)}")
    assert reader is not None
    reader.clear()
    os.close(port)
    held = [adapter]

    def lay(line: bytes) -> None:
        os.write(adapter, line)

    yield Bench(reader, lay, lambda: os.close(held.pop()))
    reader.close()
    for one in held:
        os.close(one)


@pytest.fixture(params=[_pretend, _typing, _tcp, _serial], ids=["pretend", "hid", "tcp", "serial"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """Each reader in turn."""
    yield from request.param()


def test_a_card_is_taken_once_with_its_name(bench: Bench) -> None:
    assert bench.take() is None

    bench.lay(frame(WANG))

    assert bench.take() == WANG
    assert bench.take() is None


def test_the_card_of_whoever_stood_here_before_is_nobodys(bench: Bench) -> None:
    bench.lay(frame(WANG))

    bench.reader.clear()
    bench.line = ""

    assert bench.take() is None
    bench.lay(frame(LI))
    assert bench.take() == LI


def test_a_card_counts_though_the_adapter_hangs_up_right_behind_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        reader = FrameReader(lambda: TcpChannel(server.getsockname()[1]))
        reader.clear()
        adapter, _ = server.accept()
        adapter.sendall(frame(WANG))
        adapter.close()

        assert reader.take() == WANG
        with pytest.raises(ReaderGone):
            reader.take()
        reader.close()


@pytest.mark.parametrize("line", [
    b"CARD id 11010519491231002X - 00000000\n", frame(WANG).replace(b"1101", b"1102"), b"HELLO\n", b"\xff\xfe\n",
    frame(WANG).replace(b" id ", b" cow "), frame(WANG)[:-6] + b"\n"])
def test_a_torn_or_changed_line_is_no_card(bench: Bench, line: bytes) -> None:
    bench.lay(line)

    assert bench.take() is None


def test_a_reader_that_is_pulled_out_is_gone_and_says_so(bench: Bench) -> None:
    if bench.pull_out is None:   # a keyboard that is not there types nothing: nobody can tell
        assert bench.take() is None
        return
    bench.pull_out()

    with pytest.raises(ReaderGone):
        bench.take()


def test_a_line_may_come_in_pieces_and_an_endless_one_is_cut() -> None:
    pieces = [frame(WANG)[:9], b"", frame(WANG)[9:], b"A" * 40_000, b"\n" + frame(LI)]

    class Slow:
        def read(self) -> bytes:
            return pieces.pop(0)

        def close(self) -> None:
            pieces.clear()

    reader = FrameReader(Slow)

    assert [reader.take() for _ in range(5)] == [None, None, WANG, None, LI]


def test_a_typed_number_is_an_id_card_and_a_file_is_no_port(tmp_path: Path) -> None:
    (tmp_path / "port").write_bytes(frame(WANG))
    reader = reader_at(f"serial:{tmp_path / 'port'}")
    assert reader is not None

    assert TypingReader().take("11010519491231002x\n") == Card(CardKind.ID, "11010519491231002X")
    with pytest.raises(ReaderGone):
        reader.take()
    assert reader_at("") is None
    with pytest.raises(ValueError, match="tcp:PORT"):
        reader_at("usb:1")


def test_the_line_in_the_manual_is_a_card() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "devices.md").read_text("utf-8")
    line = next(one for one in manual.splitlines() if one.startswith("CARD id"))

    assert read_frame(line.encode()) == Card(CardKind.ID, "11010519491231002X", "王小明")
