"""Tables to take along: exports, templates, and the file of an import with what is wrong in it."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.common.dates import today
from jendela.common.exchange import writing
from jendela.common.exchange.choices import ImportState
from jendela.common.exchange.kinds import Kind, hidden_columns, kinds
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.screens import screen
from jendela.portal.exchange import reads
from jendela.ui.templatetags.ui import path

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
}


def _file(name: str, form: str, write: Callable[[Path], None]) -> FileResponse:
    """A whole file on disk first, so that an error is an error and not half a table."""
    with tempfile.NamedTemporaryFile(suffix=f".{form}", delete=False) as spare:
        target = Path(spare.name)
    try:
        write(target)
        handle = target.open("rb")
    finally:
        target.unlink(missing_ok=True)  # the open file stays readable until it is sent
    response = FileResponse(handle, as_attachment=True, filename=f"{name}.{form}", content_type=TYPES[form])
    response["X-Robots-Tag"] = "noindex"
    return response


def _text(parts: Iterable[str]) -> Callable[[Path], None]:
    def write(target: Path) -> None:
        with target.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)

    return write


@screen(audience=Audience.STAFF, needs=Permission.IMPORT_DATA, module=Module.EXCHANGE)
@never_cache
def export_template(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """An empty table with headings, descriptions and an example."""
    kind = reads.usable_kind(request.user, key)
    if form == "xlsx" and "xlsx" in kind.formats:
        return _file(f"isian-{kind.key}", form, lambda target: writing.template_xlsx(kind, target))
    if form != "csv":
        raise Http404
    return _file(f"isian-{kind.key}", form, _text(writing.template_csv(kind)))


@screen(audience=Audience.STAFF, needs=Permission.IMPORT_DATA, module=Module.EXCHANGE)
@never_cache
def export_import_errors(request: HttpRequest, number: int, form: str) -> HttpResponseBase:
    """The person's own table with a column that says what is wrong."""
    run, kind = reads.own_import(request.user, number)
    if form not in ("xlsx", "csv") or not run.file or run.state == ImportState.CHECKING:
        raise Http404
    name = f"perbaiki-{kind.key}-{run.pk}"
    if form == "xlsx":
        return _file(name, form, lambda target: writing.errors_xlsx(run, kind, target))
    return _file(name, form, _text(writing.errors_csv(run, kind)))


@screen(audience=Audience.STAFF, needs=Permission.EXPORT_DATA, module=Module.EXCHANGE)
@never_cache
def list_exports(request: HttpRequest) -> HttpResponse:
    """What can be downloaded, with its filters."""
    return _exports(request)


def _exports(request: HttpRequest, refused: str = "") -> HttpResponse:
    tables = [
        {
            "kind": kind,
            "url": path(f"/kelola/ekspor/{kind.key}/"),
            "filters": kind.filters(),
            "formats": [(form, form.upper().replace("GEOJSON", "GeoJSON")) for form in kind.formats],
        }
        for kind in kinds().values()
    ]
    context = {
        "tables": tables,
        "all": reads.export_scope(request.user) is None,
        "refused": refused,
        "crumbs": [{"label": _("Ruang kelola"), "url": path("/kelola/")}],
    }
    return render(request, "portal/exchange/pages/list_exports.html", context, status=400 if refused else 200)


@screen(audience=Audience.STAFF, needs=Permission.EXPORT_DATA, module=Module.EXCHANGE)
@never_cache
def export_kind(request: HttpRequest, key: str) -> HttpResponseBase:
    """The table of a kind; of the own agencies alone unless the permission holds for all."""
    kind = kinds().get(key)
    form = request.GET.get("bentuk", "")
    if kind is None or form not in kind.formats:
        raise Http404
    kind, scope = kind.ready(), reads.export_scope(request.user)
    filters = {name: request.GET.get(name, "") for name, _label, _choices in kind.filters()}
    kind = kind.without(hidden_columns(kind, request.user, scope))
    rows = kind.export(scope, filters)
    note = _note(kind)
    name = f"{kind.key}-{today().isoformat()}"
    if form != "xlsx":
        return _file(name, form, _text(writing.TEXT_WRITERS[form](kind, rows, note)))
    try:
        return _file(name, form, lambda target: writing.export_xlsx(kind, rows, note, target))
    except writing.TooLongForSheetError:
        return _exports(request, _("Ada isi yang terlalu panjang untuk sel XLSX. Unduh CSV atau JSON."))


def _note(kind: Kind) -> str:
    return _("%(title)s. Sumber: Jendela Kotawaringin Timur, diunduh %(date)s.") % {
        "title": kind.title,
        "date": date_format(today(), "j F Y"),
    }
