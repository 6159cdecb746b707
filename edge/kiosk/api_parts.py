"""A form with photos as multipart/form-data: part `submission`, then one part for each page of a material.

Read as it comes and weighed as it comes: each photo is cleaned as soon as it is whole, its raw bytes are let go, and
nothing is written to a disk.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from flask import request
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from edge.desk.attach import LARGEST_SET, MOST_PHOTOS, Photo
from edge.domain.form_walk import BROUGHT, material_key
from edge.ground.ids import JSON
from edge.ground.problem import ANSWERS_FAULTY, BAD_REQUEST, PHOTO_TOO_LARGE, PHOTOS_TOO_LARGE, TOO_LARGE, Problem
from edge.ground.web import LARGEST_JSON_BYTES, decode_json
from edge.kiosk.api_shapes import Lodging
from edge.kiosk.site_here import imaging, site
from edge.machine.imaging import MEDIA_TYPE
from edge.machine.photo_child import LARGEST_PHOTO_BYTES

MULTIPART = "multipart/form-data"
SUBMISSION = "submission"
READ_BYTES = 64 * 1024
LONGEST_NAME = 64


@dataclass
class Part:
    """One part of the body; `content` grows while it is read."""

    name: str
    content: bytearray = field(default_factory=bytearray)

    @property
    def most(self) -> int:
        """Return how many bytes it may have."""
        return LARGEST_JSON_BYTES if self.name == SUBMISSION else LARGEST_PHOTO_BYTES


def read_parts() -> tuple[Lodging, list[Photo]]:
    """Return the form and its photos, cleaned, in the order sent.

    Raises:
        Problem: BAD_REQUEST, TOO_LARGE, PHOTOS_TOO_LARGE; naming `part` (and `page`, from 1) what the camera's child
            refused; ANSWERS_FAULTY for a photo of a paper that the form does not say was brought.
    """
    if (request.content_length or 0) > LARGEST_SET:
        raise Problem(PHOTOS_TOO_LARGE)
    request.max_content_length = LARGEST_SET
    form: Lodging | None = None
    photos: list[Photo] = []
    for part in _parts():
        if part.name == SUBMISSION and form is None:
            form = decode_json(bytes(part.content), Lodging)
        elif part.name == SUBMISSION:
            raise Problem(BAD_REQUEST, f"part `{SUBMISSION}` stands twice")
        else:
            # what the form asks for is known before the first photo where it comes first, as it should
            if form is not None:
                _check_wanted([part.name], form)
            photos.append(_photo(part, 1 + sum(one.material == part.name for one in photos)))
    if form is None:
        raise Problem(BAD_REQUEST, f"part `{SUBMISSION}`, the form as JSON, is missing")
    _check_wanted([one.material for one in photos], form)
    return form, photos


def _check_wanted(names: Iterable[str], form: Lodging) -> None:
    item = site().catalogue().item(form.item)
    wanted = {one.key for one in item.materials if form.answers.get(material_key(one)) == BROUGHT}
    faulty: list[JSON] = [
        {"field": f"material_{name}"[:LONGEST_NAME], "message": "这份材料没有说带来了，不能有照片。",
         "message_en": "The form does not say that this paper was brought, so it can have no photo."}
        for name in dict.fromkeys(names) if name not in wanted]
    if faulty:
        raise Problem(ANSWERS_FAULTY, facts={"errors": faulty})


def _photo(part: Part, page: int) -> Photo:
    try:
        photo = imaging().clean(bytes(part.content))
    except Problem as problem:
        raise Problem(problem.kind, problem.detail, {"part": part.name[:LONGEST_NAME], "page": page}) from problem
    part.content.clear()
    return Photo(part.name, photo.content, MEDIA_TYPE)


def _parts() -> Iterator[Part]:
    """Yield each part once it is whole."""
    boundary = request.mimetype_params.get("boundary", "")
    if not boundary:
        raise Problem(BAD_REQUEST, "the boundary of the parts is missing")
    decoder = MultipartDecoder(boundary.encode("latin-1", "replace"))
    part: Part | None = None
    seen = 0
    for event in _events(decoder):
        if isinstance(event, File | Field):
            seen += 1
            if seen > MOST_PHOTOS + 1:
                raise Problem(PHOTOS_TOO_LARGE)
            part = Part(str(event.name or ""))
        elif isinstance(event, Data) and part is not None:
            part.content += event.data
            if len(part.content) > part.most:
                kind = TOO_LARGE if part.name == SUBMISSION else PHOTO_TOO_LARGE
                raise Problem(kind, facts={"part": part.name[:LONGEST_NAME]})
            if not event.more_data:
                yield part
                part = None


def _events(decoder: MultipartDecoder) -> Iterator[object]:
    """Yield what the decoder finds, up to the end of the body."""
    while True:
        data = request.stream.read(READ_BYTES)
        try:
            decoder.receive_data(data or None)
            while not isinstance(event := decoder.next_event(), NeedData):
                yield event
                if isinstance(event, Epilogue):
                    return
        except ValueError as fault:
            # its words may quote the body
            raise Problem(BAD_REQUEST, "the parts cannot be told apart") from fault
