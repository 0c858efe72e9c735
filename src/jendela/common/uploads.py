"""Uploads end where they become too large: the rest is read and thrown away, and never fills the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class LimitedUpload(FileUploadHandler):
    """Stands before Django's own handlers and stops giving them bytes beyond the limit. What they hold is then a
    little more than the limit, so that whoever takes the file refuses it by its size."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.UPLOAD_MOST_BYTES else None

    def file_complete(self, file_size: int) -> Any:
        return None  # the handlers behind it give the file
