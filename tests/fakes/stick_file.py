"""A file as a machine writes it, without a machine: for pages that only have to read one."""

from edge.domain import envelope
from edge.domain.envelope import to_sign
from edge.domain.lane import UP, start
from edge.ground.keys import SigningKey
from sync.protocol.exchange import Question, Run, write_question
from sync.protocol.messages import FILE, Hello, Lane

KIND = "zzz"   # kept and counted, and opened by nobody


def stick_file(device: bytes, key: SigningKey, number: int, forms: int) -> bytes:
    """Return a file of one message with so many envelopes."""
    made = [envelope.make(envelope.Header(1, KIND, 1, b"", b"", bytes([number, place]) * 6, 1, 1, b"boot"),
                          bytes([place]) * 40) for place in range(forms)]
    signed = [key.sign(to_sign(one.name(device))) for one in made]
    run = Run(Lane(b"incarnat", 1, start(UP, device, b"incarnat")), made, signed)
    return write_question(Question(Hello(device, number, 1, reply_to=FILE), [run]), key.sign)[0]
