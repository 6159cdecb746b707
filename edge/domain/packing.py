"""Answers in few bytes: by place and kind in the form, not by name. 20 answers come to about 60 bytes.

Byte 0 says how the rest is written: 1 is the bit form below, 2 is JSON for anything that it cannot hold. In the bit
form every question of the form (in the order of `form_fields`) has one bit "answered", then its value by kind: choices
by index, numbers without what can be computed again (check characters), texts in the shorter of UTF-8 and GB18030. A
group is the number of its rows, then each row like a form of its own.
So a published (code, version) must never change; `unpack_answers` needs the very same definition.
"""

import json
from collections.abc import Mapping, Sequence

from edge.domain.answers import Answers
from edge.domain.bits import BitReader, BitWriter
from edge.domain.field_codecs import READERS, WRITERS, Unfit
from edge.domain.form import Field, Item
from edge.domain.form_walk import form_fields

BITS, AS_JSON = 1, 2
MOST_BYTES = 64 * 1024
ROW_BITS = 8


def pack_answers(item: Item, answers: Answers) -> bytes:
    """Return `answers` (any subset of the form's) packed for `unpack_answers` with the same version of the item.

    Raises:
        ValueError: they are no JSON, or come to more than 64 KiB.
    """
    try:
        packed = bytes([BITS]) + _pack_bits(item, answers)
    except Unfit:
        words = json.dumps(answers, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
        packed = bytes([AS_JSON]) + words.encode("ascii")
    if len(packed) > MOST_BYTES:
        raise ValueError("the answers are too long")
    return packed


def unpack_answers(item: Item, data: bytes) -> Answers:
    """Return the answers that `pack_answers` packed.

    Raises:
        ValueError: anything else was handed in; nothing else is raised, whatever the bytes are.
    """
    if not data or len(data) > MOST_BYTES:
        raise ValueError("packed answers have 1 byte to 64 KiB")
    if data[0] == BITS:
        return _unpack_bits(item, data[1:])
    if data[0] != AS_JSON:
        raise ValueError(f"packed answers of form {data[0]} are not known here")
    try:
        answers = json.loads(data[1:].decode("ascii"), parse_constant=_no_constant)
    except RecursionError as fault:
        raise ValueError("packed answers are nested too deeply") from fault
    if not isinstance(answers, dict):
        raise ValueError("packed answers are no object")
    return answers


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _pack_bits(item: Item, answers: Answers) -> bytes:
    writer = BitWriter()
    _put_fields(writer, form_fields(item), answers)
    return writer.done()


def _put_fields(writer: BitWriter, fields: Sequence[Field], answers: Mapping[str, object]) -> None:
    if not answers.keys() <= {field.key for field in fields}:
        raise Unfit
    for field in fields:
        answered = field.key in answers
        writer.put(answered, 1)
        if answered and field.kind == "group":
            _put_rows(writer, field, answers[field.key])
        elif answered:
            WRITERS[field.kind](writer, field, answers[field.key])


def _put_rows(writer: BitWriter, group: Field, rows: object) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or len(rows) >= 1 << ROW_BITS:
        raise Unfit
    writer.put_number(len(rows))
    for row in rows:
        _put_fields(writer, group.fields, row)


def _unpack_bits(item: Item, data: bytes) -> Answers:
    reader = BitReader(data)
    answers = _take_fields(reader, form_fields(item))
    reader.end()
    return answers


def _take_fields(reader: BitReader, fields: Sequence[Field]) -> Answers:
    answers: Answers = {}
    for field in fields:
        if not reader.take(1):
            continue
        if field.kind == "group":
            answers[field.key] = [_take_fields(reader, field.fields) for _ in range(reader.take_number(ROW_BITS))]
        else:
            answers[field.key] = READERS[field.kind](reader, field)
    return answers
