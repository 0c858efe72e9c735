"""A GET that writes raises (settings.READONLY_GET): wraps the statements of one request."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_WRITES = re.compile(r"^\s*(insert|update|delete|truncate|alter|create|drop|merge)\b", re.IGNORECASE)


class WriteInGetError(RuntimeError):
    """A GET tried to change the database."""


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if _WRITES.match(sql) and "django_session" not in sql:
        raise WriteInGetError(f"GET writes: {sql[:120]}")
    return execute(sql, params, many, context)


@contextmanager
def readonly() -> Iterator[None]:
    with connection.execute_wrapper(_refuse):
        yield
