"""The bundle as XLSX, for staff of the agency; who answers by a personal link has the same on his own pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from jendela.common import ratelimit
from jendela.people.access.actor import actor_of
from jendela.registry.campaigns.actions.answering import ClosedError
from jendela.registry.campaigns.actions.offline import take_workbook
from jendela.registry.campaigns.choices import BundleState
from jendela.registry.campaigns.forms import WorkbookForm
from jendela.registry.campaigns.models import Bundle
from jendela.registry.campaigns.policy import may_fill
from jendela.registry.campaigns.reads.sheet import sheet
from jendela.registry.campaigns.views.board import XLSX
from jendela.registry.campaigns.views.common import bundle_url, fills, posted, the_bundle, way
from jendela.registry.campaigns.workbook import NotAWorkbookError, file_of

UPLOADS = (30, 3600)
TOO_MANY = gettext_lazy("Terlalu banyak unggahan. Coba lagi satu jam lagi.")


def may_upload(who: str) -> bool:
    """Counts an upload of this link or account: reading a spreadsheet is work."""
    limit, seconds = UPLOADS
    return ratelimit.hit("isi_upload", who, limit=limit, seconds=seconds).allowed


def workbook_answer(bundle: Bundle) -> HttpResponse:
    """The file of a bundle as a download."""
    response = HttpResponse(file_of(sheet(bundle)), content_type=XLSX)
    name = f"isian-{bundle.agency.slug}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _own_bundle(request: HttpRequest, slug: str, number: int) -> Bundle:
    row = the_bundle(request, slug, number)
    if not may_fill(request.user, row.agency_id) or row.state == BundleState.WITHDRAWN:
        raise Http404
    return row


@fills
@never_cache
def download_workbook(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return workbook_answer(_own_bundle(request, slug, number))


@fills
@never_cache
def upload_workbook(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Takes the file in at once: good rows are saved, the others named."""
    row = _own_bundle(request, slug, number)
    form = WorkbookForm(posted(request), request.FILES or None)
    result = None
    if request.method == "POST" and form.is_valid():
        if not may_upload(f"akun {request.user.pk}"):
            form.add_error("file", TOO_MANY)
        else:
            try:
                data = form.cleaned_data["file"].read()
                result = take_workbook(bundle=row, data=data, by=actor_of(request))
            except NotAWorkbookError as error:
                form.add_error("file", str(error))
            except ClosedError:
                raise Http404 from None
    context = {
        "form": form,
        "bundle": row,
        "result": result,
        "crumbs": way((row.agency.short_name, bundle_url(row))),
    }
    status = 400 if form.errors else 200
    return render(request, "registry/campaigns/pages/upload_workbook.html", context, status=status)
