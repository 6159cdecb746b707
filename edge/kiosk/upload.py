"""What the browser uploads stays in memory: a photo must never touch the disk in clear."""

from io import BytesIO
from typing import IO

from flask import Request

from edge.machine.photo_child import LARGEST_PHOTO_BYTES

UPLOADS = frozenset({"photo.act"})
"""Pages that take a file."""
LARGEST_UPLOAD_BYTES = LARGEST_PHOTO_BYTES + 64 * 1024


class MemoryRequest(Request):
    """A request whose files are kept in memory; Flask's own would write those over 500 kB to a temporary file."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()
