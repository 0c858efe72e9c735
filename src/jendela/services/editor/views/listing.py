"""The list of standards, and the same as a table to download."""

import csv
import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jendela.common.dates import today
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.screens import screen
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.reads.parts import COMPONENTS, PARTS
from jendela.services.editor.reads import standards as reads
from jendela.services.editor.views.common import crumbs

FORMULA = re.compile(r"^\s*[=+\-@\t\r]")  # a spreadsheet takes a cell that begins so for a formula


def _choice(request: HttpRequest) -> reads.Choice:
    asked = request.GET
    state = asked.get("keadaan", "")
    return reads.Choice(
        agency=asked.get("instansi", "")[:80],
        state=state if state in reads.STATES else "",
        missing=asked.get("kurang", "")[:12],
        text=asked.get("nama", "").strip()[: reads.LONGEST_TEXT],
    )


def _filters(choice: reads.Choice) -> dict[str, str]:
    values = {
        "nama": choice.text,
        "instansi": choice.agency,
        "keadaan": choice.state,
        "kurang": choice.missing,
    }
    return {name: value for name, value in values.items() if value}


def state_label(state: str | None) -> str:
    return str(StandardState(state).label) if state else _("Belum ada keterangan")


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_safe
def list_standards(request: HttpRequest) -> HttpResponse:
    choice = _choice(request)
    after = request.GET.get("sesudah", "")[:200]
    page = reads.page(request.user, choice, after=after)
    kept = _filters(choice)
    here = reverse("list_standards")
    agencies = reads.agencies(request.user)
    context: dict[str, Any] = {
        "rows": page.rows,
        "choice": choice,
        "total": len(COMPONENTS),
        "today": today(),
        "agencies": agencies,
        "states": [
            (StandardState.INTERIM.value, StandardState.INTERIM.label),
            (StandardState.IN_FORCE.value, StandardState.IN_FORCE.label),
            (reads.DRAFT, _("Ada rancangan yang belum terbit")),
            (reads.REVIEW, _("Sudah waktunya ditinjau")),
        ],
        "parts": [(part.key, part.label) for part in PARTS],
        "sums": reads.sums(request.user, choice),
        "next_url": f"{here}?{urlencode(kept | {'sesudah': page.next_key})}" if page.next_key else "",
        "first_url": f"{here}?{urlencode(kept)}" if after else "",
        "csv_url": reverse("export_standards") + (f"?{urlencode(kept)}" if kept else ""),
        "crumbs": crumbs(),
    }
    return render(request, "services/editor/pages/list_standards.html", context)


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_safe
def export_standards(request: HttpRequest) -> HttpResponse:
    """The rows of the list for a spreadsheet; no cell can start a formula there."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="standar-pelayanan.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    header = ["instansi", "layanan", "keadaan", "komponen_terisi", "dari", "rancangan", "pemegang"]
    writer.writerow([*header, "terakhir_diubah", "tinjau_sebelum", "alamat"])
    for row in reads.everything(request.user, _choice(request)):
        found: Any = row
        cells = [
            row.owner.short_name,
            row.name,
            state_label(found.state),
            str(found.known),
            str(len(COMPONENTS)),
            _("ada") if found.drafted else "",
            found.keeper or "",
            localtime(found.edited_at).strftime("%Y-%m-%d %H:%M") if found.edited_at else "",
            found.review_due.isoformat() if found.review_due else "",
            f"/layanan/{row.slug}/",
        ]
        writer.writerow([f"'{cell}" if FORMULA.match(cell) else cell for cell in cells])
    return response
