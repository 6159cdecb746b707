"""Measurements measure what they say: shares of photos, spells of a line, streams that arrive, talkative programs."""

import multiprocessing
import socket
import sys
import time
from ctypes import c_double, c_longlong

import pytest

from bench.links import TASKS, arrival
from bench.programs import HOST, free_port, serving
from bench.shaper import Counted

LOUD = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
sys.stderr.write("x" * 200_000)
sys.stderr.flush()
class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
HTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
"""


def test_of_any_ten_forms_as_many_have_a_photo_as_of_all() -> None:
    for task in TASKS:
        pictured = [task.has_photo(at) for at in range(task.forms)]
        assert sum(pictured) == task.photos
        assert {sum(pictured[at:at + 10]) for at in range(0, task.forms, 10)} == {task.photos * 10 // task.forms}


@pytest.mark.parametrize(("sent", "said"), [(1000, b"k"), (999, b"")])
def test_a_stream_has_arrived_when_all_of_it_has(sent: int, said: bytes) -> None:
    with arrival(1000) as port, socket.create_connection((HOST, port)) as stream:
        stream.sendall(bytes(sent))
        stream.shutdown(socket.SHUT_WR)

        assert stream.recv(1) == said


def test_a_spell_that_ends_is_counted_once() -> None:
    make = multiprocessing.get_context("spawn").Value
    line = Counted(make(c_longlong, 0), make(c_longlong, 0), make(c_double, 5.0), make(c_double, 0.0))
    line.up_since.value = time.monotonic() - 2

    line.goes_down()

    assert line.up_since.value == 0
    assert line.been_up() == line.up_seconds.value >= 7


def test_a_program_that_nobody_listens_to_goes_on() -> None:
    port = free_port()
    with serving([sys.executable, "-c", LOUD, str(port)], port) as running:
        assert running.first_answer_seconds > 0
