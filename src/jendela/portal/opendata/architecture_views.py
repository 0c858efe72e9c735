"""The exports by architecture domain."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from tempfile import SpooledTemporaryFile

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from openpyxl import Workbook

from jendela.common.dates import today
from jendela.common.exchange.formula import protect
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.policy import has_permission
from jendela.people.access.screens import screen
from jendela.portal.opendata.architecture import DOMAINS, Domain, Row
from jendela.ui.templatetags.ui import path

FORMS = ("xlsx", "csv", "json")
IN_MEMORY = 5_000_000  # bytes of a workbook before it goes to disk
exports = screen(audience=Audience.STAFF, needs=Permission.EXPORT_DATA, module=Module.REGISTRY)


@exports
@never_cache
def list_architecture(request: HttpRequest) -> HttpResponse:
    _reader(request)
    context = {
        "domains": DOMAINS.values(),
        "forms": [(form, form.upper()) for form in FORMS],
        "crumbs": [{"label": _("Ruang kelola"), "url": path("/kelola/")}],
    }
    return render(request, "portal/opendata/pages/list_architecture.html", context)


@exports
@never_cache
def export_architecture(request: HttpRequest, domain: str, form: str) -> HttpResponseBase:
    """One domain as a table: the national headings first."""
    _reader(request)
    found = DOMAINS.get(domain)
    if found is None or form not in FORMS:
        raise Http404
    name = f"arsitektur-{domain}-{today().isoformat()}.{form}"
    if form == "xlsx":
        return FileResponse(_workbook(found), as_attachment=True, filename=name)
    parts = _csv(found.columns, found.rows()) if form == "csv" else _json(found)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    # gathered first: an error is an error and not half a table
    return StreamingHttpResponse(
        list(parts), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _reader(request: HttpRequest) -> None:
    """The full register is for those who may read it."""
    if not has_permission(request.user, Permission.READ_REGISTRY):
        raise Http404


def _workbook(domain: Domain) -> SpooledTemporaryFile[bytes]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(domain.key.upper())
    sheet.freeze_panes = "A2"
    sheet.append(domain.columns)
    for row in domain.rows():
        sheet.append([protect(value)[:32_767] for value in row])
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    book.save(file)
    file.seek(0)
    return file


def _csv(columns: tuple[str, ...], rows: Iterable[Row]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for number, row in enumerate(chain([columns], rows)):
        writer.writerow(row if number == 0 else [protect(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _json(domain: Domain) -> Iterator[str]:
    yield "["
    for number, row in enumerate(domain.rows()):
        values = {name: value or None for name, value in zip(domain.columns, row, strict=True)}
        yield f"{',' if number else ''}\n{json.dumps(values, ensure_ascii=False)}"
    yield "\n]\n"
