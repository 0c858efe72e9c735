"""Uploads end where they become too large: the rest is read and thrown away, and never fills the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class LimitedUpload(FileUploadHandler):
    """Stands before Django's own handlers and stops giving them bytes beyond the limit, which holds for all files of a
    request together: forms are read before anyone asks who sends them. What the handlers hold is then a little more
    than the limit, so that whoever takes the file refuses it by its size."""

    passed = 0  # bytes of all files of this request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.passed > settings.UPLOAD_MOST_BYTES:
            return None
        self.passed += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        return None  # the handlers behind it give the file
