"""Attach: photos of materials become blobs beside the envelope that names them.

The keys stand inside the envelope's seal and nowhere else: once the form is taken, this machine cannot read a photo
back. A photo comes here decoded and encoded anew; nothing of it is looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edge.desk.practice import refuse_practice
from edge.domain.blob import Blob, cut, manifest
from edge.domain.form import Item
from edge.domain.submission import KNOWN_MEDIA, Attachment
from edge.ground.clock import Chance
from edge.ground.ids import JSON
from edge.ground.problem import ANSWERS_FAULTY, PHOTOS_TOO_LARGE, Problem
from edge.ground.sealing import digest

LARGEST_PHOTO = 2 * 1024 * 1024
LARGEST_SET = 32 * 1024 * 1024
MOST_PHOTOS = 120
KEY_BYTES = 32


@dataclass(frozen=True)
class Photo:
    """One photo of a material, encoded anew by this machine. `material` is the key of the item's material."""

    material: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Attached:
    """Photos ready to be written down: what stands inside the seal, the blobs with the manifest first, its name."""

    attachments: tuple[Attachment, ...] = ()
    blobs: tuple[Blob, ...] = ()
    manifest: bytes = b""


def attach(item: Item, photos: Sequence[Photo], chance: Chance) -> Attached:
    """Return the photos sealed, each under a key of its own: two equal photos are two blobs.

    Raises:
        Problem: PHOTOS_TOO_LARGE (one over 2 MiB, all over 32 MiB, more than 120), ANSWERS_FAULTY for a material that
            the item does not have, ONLY_PRACTICE.
    """
    refuse_practice()
    if not photos:
        return Attached()
    _check(item, photos)
    pairs = [(one, chance(KEY_BYTES)) for one in photos]
    cuts = [cut(one.content, key) for one, key in pairs]
    listed = manifest(one.name for one in cuts)
    attachments = tuple(Attachment(one.material, blob.name, key, len(one.content), one.media_type)
                        for (one, key), blob in zip(pairs, cuts, strict=True))
    return Attached(attachments, (listed, *cuts), listed.name)


def _check(item: Item, photos: Sequence[Photo]) -> None:
    sizes = [len(one.content) for one in photos]
    if len(photos) > MOST_PHOTOS or max(sizes) > LARGEST_PHOTO or sum(sizes) > LARGEST_SET:
        raise Problem(PHOTOS_TOO_LARGE, facts={
            "most_photos": MOST_PHOTOS, "largest_photo": LARGEST_PHOTO, "largest_together": LARGEST_SET})
    known = {one.key for one in item.materials}
    faulty: list[JSON] = [
        {"field": f"material_{one.material}", "message": "这张照片不能收。",
         "message_en": "This photo cannot be taken."}
        for one in photos if one.material not in known or one.media_type not in KNOWN_MEDIA or not one.content]
    if faulty:
        raise Problem(ANSWERS_FAULTY, facts={"errors": faulty})


def fingerprints(photos: Sequence[Photo]) -> list[list[str]]:
    """Return what tells two sets of photos apart, for the answer to a repeated key."""
    return [[one.material, one.media_type, digest(one.content).hex()] for one in photos]
