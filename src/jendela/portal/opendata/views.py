"""Pages of open data, and the files of the daily dump."""

from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jendela.people.access.choices import Audience
from jendela.people.access.screens import screen
from jendela.portal.opendata import dumps
from jendela.registry.datasets import opendata
from jendela.registry.datasets.choices import Frequency
from jendela.registry.datasets.models import Dataset
from jendela.ui.templatetags.ui import path

PAGE = 30
LONGEST = 80


@screen(audience=Audience.PUBLIC)
def list_open_data(request: HttpRequest) -> HttpResponse:
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    producers = opendata.producers()
    producer = request.GET.get("produsen", "")
    producer = producer if producer in {row.slug for row, _number in producers} else ""
    after = request.GET.get("setelah", "").replace("\x00", "")[:120]
    found = opendata.page(opendata.Wanted(text=text, producer=producer), after=after, size=PAGE)
    kept = {name: value for name, value in (("q", text), ("produsen", producer)) if value}
    base = path("/data/daftar/")
    context = {
        "text": text,
        "producer": producer,
        "producers": [(row.slug, row.short_name, number) for row, number in producers],
        "rows": [{"row": row, "formats": _formats(row), "promise": _promise(row)} for row in found.rows],
        "count": found.count,
        "ckan": "/api/3/action/package_list",
        "dcat": "/katalog.jsonld",
        "next_url": f"{base}?{urlencode({**kept, 'setelah': found.next_key})}" if found.next_key else "",
        "first_url": f"{base}?{urlencode(kept)}" if after else "",
        "crumbs": [{"label": _("Data terbuka"), "url": path("/data/")}],
    }
    return render(request, "portal/opendata/pages/list_open_data.html", context)


@screen(audience=Audience.PUBLIC)
def show_open_data(request: HttpRequest, slug: str) -> HttpResponse:
    row = opendata.dataset(slug)
    if row is None:
        raise Http404
    standard = (
        (_("Konsep"), row.concept, _("Gagasan di balik data ini.")),
        (_("Definisi"), row.definition, _("Yang membedakannya dari data lain.")),
        (_("Klasifikasi"), row.classification, _("Cara mengelompokkannya.")),
        (_("Ukuran"), row.measure, _("Apa yang dihitung.")),
        (_("Satuan"), row.unit, ""),
    )
    promise = _promise(row)
    facts = [
        {"label": _("Produsen"), "value": row.producer.name, "url": path(f"/instansi/{row.producer.slug}/")},
        {"label": _("Diperbarui"), "value": promise or _("Belum ada janji pembaruan.")},
        {"label": _("Terakhir"), "value": date_format(row.last_update, "j F Y") if row.last_update else ""},
    ]
    if row.reference_codes:
        facts.append({"label": _("Kode acuan"), "value": row.reference_codes})
    context = {
        "row": row,
        "facts": facts,
        "standard": [{"label": label, "value": value, "note": note} for label, value, note in standard],
        "files": list(row.resources.all()),
        "jsonld": f"/data/daftar/{row.slug}.jsonld",
        "ckan": f"/api/3/action/package_show?id={row.slug}",
        "crumbs": [
            {"label": _("Data terbuka"), "url": path("/data/")},
            {"label": _("Daftar data"), "url": path("/data/daftar/")},
        ],
    }
    return render(request, "portal/opendata/pages/show_open_data.html", context)


@screen(audience=Audience.PUBLIC, cached=False)
def list_dumps(request: HttpRequest) -> HttpResponse:
    """The files of the last days, their age, and their checksums."""
    found = dumps.listed()
    context = {
        "days": found,
        "late": dumps.late(found),
        "newest": "/data/unduh/aplikasi-terbaru.csv",
        "crumbs": [{"label": _("Data terbuka"), "url": path("/data/")}],
    }
    return render(request, "portal/opendata/pages/list_dumps.html", context)


@screen(audience=Audience.PUBLIC, cached=False)
def download_dump(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the dump; `terbaru` in the name stands for the newest day."""
    file = dumps.file_of(name)
    if file is None:
        raise Http404
    return FileResponse(
        file.open("rb"), as_attachment=True, filename=file.name, content_type=dumps.TYPES[file.suffix]
    )


def _formats(row: Dataset) -> str:
    return ", ".join(sorted({one.format.upper() for one in row.resources.all()}))


def _promise(row: Dataset) -> str:
    return "" if row.update_promise == Frequency.UNKNOWN else str(Frequency(row.update_promise).label)
