"""The executable as the child that looks into a photo: it carries its decoders, and says nothing else."""

import pytest

from edge.machine.imaging import ChildImaging, only_pixels
from edge.machine.photo_child import WORD
from tests.executable.program import Yizhan
from tests.fakes.photos import page, read, written

pytestmark = pytest.mark.executable


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_executable_decodes_every_kind_of_photo(yizhan: Yizhan, kind: str) -> None:
    photo = ChildImaging([str(yizhan.path), WORD]).clean(written(page(seal=True), kind))

    assert only_pixels(photo.content) and (photo.width, photo.height) == read(photo.content).size


def test_the_child_is_no_command_that_people_are_told_of(yizhan: Yizhan) -> None:
    assert WORD not in yizhan.run("--help").out
