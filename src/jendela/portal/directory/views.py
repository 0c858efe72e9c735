"""The directory of applications and the page of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jendela.people.access.choices import Audience
from jendela.people.access.screens import screen
from jendela.portal.directory import reads, record_facts
from jendela.registry.applications import reads as register
from jendela.registry.applications.choices import (
    ApplicationAudience,
    ApplicationState,
    Evidence,
    OperatorLevel,
)
from jendela.registry.applications.models import Application
from jendela.ui.templatetags.ui import path

LONGEST_TEXT = 80
ITSELF = "jendela"  # Jendela is in its own register


@dataclass(frozen=True)
class Chip:
    """A count that is also a filter; the address of a chosen one takes it away."""

    label: str
    count: str
    url: str
    chosen: bool


def _filters(request: HttpRequest) -> register.Filters:
    """Filters from the address; unknown values are passed over."""
    get = request.GET

    def known(name: str, values: Iterable[str]) -> str:
        value = get.get(name, "")
        return value if value in values else ""

    return register.Filters(
        level=known("pengelola", OperatorLevel.values),
        audience=known("untuk", ApplicationAudience.values),
        state=known("keadaan", ApplicationState.values),
        owner=get.get("pemilik", "")[:LONGEST_TEXT],
        text=" ".join(get.get("q", "").replace("\x00", "").split())[:LONGEST_TEXT],
    )


def _address(filters: register.Filters, **changes: str) -> str:
    """Address of the list with these filters and some changed."""
    values = {
        "q": filters.text,
        "pengelola": filters.level,
        "untuk": filters.audience,
        "keadaan": filters.state,
        "pemilik": filters.owner,
        **changes,
    }
    kept = {name: value for name, value in values.items() if value}
    return f"{path('/aplikasi/')}?{urlencode(kept)}" if kept else path("/aplikasi/")


def _chips(
    filters: register.Filters, name: str, chosen: str, numbers: list[register.Number], labels: dict[str, str]
) -> list[Chip]:
    return [
        Chip(
            label=labels.get(number.value, number.label),
            count=str(number.count),
            url=_address(filters, **{name: "" if number.value == chosen else number.value}),
            chosen=number.value == chosen,
        )
        for number in numbers
    ]


@screen(audience=Audience.PUBLIC)
def list_applications(request: HttpRequest) -> HttpResponse:
    filters = _filters(request)
    after = request.GET.get("setelah", "").replace("\x00", "")[:400]
    overview = register.overview()
    owners = register.owners()
    if filters.owner and filters.owner not in {slug for slug, _name in owners}:
        filters = register.Filters(filters.level, filters.audience, filters.state, "", filters.text)
    listed = register.list_applications(filters, after=after)
    states: dict[str, str] = {
        ApplicationState.IN_USE: _("Dipakai"),
        ApplicationState.PLANNED: _("Baru rencana"),
        ApplicationState.INTRODUCED: _("Pernah diperkenalkan"),
        ApplicationState.DEAD: _("Tidak berfungsi"),
        ApplicationState.UNKNOWN: _("Belum diketahui"),
    }
    return render(
        request,
        "portal/directory/pages/list_applications.html",
        {
            "filters": filters,
            "total": str(overview.total),
            "centre": str(overview.level(OperatorLevel.CENTRE)),
            "regency": str(overview.level(OperatorLevel.REGENCY)),
            "found": str(listed.found),
            "levels": _chips(filters, "pengelola", filters.level, overview.levels, {}),
            "states": _chips(filters, "keadaan", filters.state, overview.states, states),
            "audiences": overview.audiences,
            "owner": dict(owners).get(filters.owner, ""),
            "owners": [one for one in owners if one[0] != filters.owner],
            "entries": listed.entries,
            "base": SafeString(path("/aplikasi/")),  # drawn once a row
            "api": "/api/v1/applications",
            "itself": ITSELF,
            "next_url": _address(filters, setelah=listed.next_key) if listed.next_key else "",
            "first_url": _address(filters) if after else "",
        },
    )


@screen(audience=Audience.PUBLIC)
def show_application(request: HttpRequest, slug: str) -> HttpResponse:
    application = register.application(slug)
    if application is None:
        there = register.leads_to(slug)
        if not there:
            raise Http404
        return redirect(path(f"/aplikasi/{there}/"))  # not for ever: a merge may be taken back
    services = reads.carried_services(application)
    broken = application.state != ApplicationState.IN_USE
    return render(
        request,
        "portal/directory/pages/show_application.html",
        {
            "application": application,
            "name": register.name_of(application),
            "state_words": register.state_words(application),
            "warning": _warning(application),
            "services": services,
            "related": reads.related_services(application) if broken and not services else [],
            "instead": register.working_for_same_matter(application) if broken else [],
            "emergency": reads.emergency_numbers(application) if broken else [],
            "siblings": register.others_of_owner(application),
            "evidence": _evidence(application),
            "elsewhere": application.get_evidence_display()
            if application.evidence not in (Evidence.REGENCY, Evidence.NONE)
            else "",
            "facts": _facts(application),
            "no_address": _no_address(application),
            "source_name": urlsplit(application.source_url).netloc.removeprefix("www."),
            "source_date": register.date_words(application.state_as_of),
            "record": record_facts.record_facts(application),
            "internal": application.audience != ApplicationAudience.PUBLIC,
            "own_path": f"/aplikasi/{application.slug}/",
            "matter": application.function.split(":")[0].strip(),
            "crumbs": [{"label": _("Daftar aplikasi"), "url": path("/aplikasi/")}],
        },
    )


def _warning(application: Application) -> dict[str, str] | None:
    """What stands on top of an application that is not known to be in use."""
    return {
        ApplicationState.PLANNED: {
            "kind": "warning",
            "title": _("Aplikasi ini baru rencana."),
            "text": _("Kami belum menemukan bukti bahwa aplikasi ini sudah dipakai."),
        },
        ApplicationState.INTRODUCED: {
            "kind": "warning",
            "title": _("Aplikasi ini pernah diperkenalkan."),
            "text": _("Kami tidak menemukan bukti pemakaian sesudahnya."),
        },
        ApplicationState.DEAD: {
            "kind": "danger",
            "title": _("Aplikasi ini tidak berfungsi."),
            "text": _("Jangan mengandalkan aplikasi ini."),
        },
        ApplicationState.UNKNOWN: {
            "kind": "warning",
            "title": _("Belum kami ketahui apakah aplikasi ini dipakai."),
            "text": _("Tanyakan ke %(owner)s sebelum memakainya.") % {"owner": application.owner.short_name},
        },
    }.get(ApplicationState(application.state))


def _no_address(application: Application) -> str:
    """Why there is no link; '' when there is one."""
    if application.works:
        return "" if application.url else _("Alamatnya belum kami ketahui.")
    if application.url:
        return _("Alamatnya tercatat, tetapi tidak kami tautkan. Tidak ada bukti aplikasi ini dipakai.")
    return _("Tidak ada alamat yang bisa dipakai.")


def _evidence(application: Application) -> str:
    return {
        Evidence.NONE: _("Belum ada sumber dari luar. Isinya dinyatakan pemiliknya."),
        Evidence.REGENCY: _("Sumbernya tentang Kotawaringin Timur sendiri."),
        Evidence.PROVINCE: _("Sumbernya tentang Kalimantan Tengah. Pemakaian di Kotim belum kami pastikan."),
        Evidence.NATIONAL: _("Sumbernya nasional. Pemakaian di Kotim belum kami pastikan."),
        Evidence.ELSEWHERE: _("Sumbernya dari daerah lain. Pemakaian di Kotim belum kami pastikan."),
    }[Evidence(application.evidence)]


def _facts(application: Application) -> list[dict[str, str]]:
    owner = application.owner
    audiences = {
        ApplicationAudience.PUBLIC: _("Warga"),
        ApplicationAudience.INTERNAL: _("Pegawai"),
        ApplicationAudience.BOTH: _("Warga dan pegawai"),
    }
    runners = {
        OperatorLevel.REGENCY: _("Kabupaten"),
        OperatorLevel.PROVINCE: _("Provinsi"),
        OperatorLevel.CENTRE: _("Pusat"),
        OperatorLevel.OTHER: _("Pihak lain"),
    }
    fixed = (
        "" if application.operator_level == OperatorLevel.REGENCY else _("Kabupaten tidak bisa mengubahnya.")
    )
    facts = [
        {"label": _("Milik siapa"), "value": owner.name, "url": path(f"/instansi/{owner.slug}/")},
        {
            "label": _("Siapa yang menjalankan"),
            "value": runners[OperatorLevel(application.operator_level)],
            "note": fixed,
        },
        {"label": _("Untuk siapa"), "value": audiences[ApplicationAudience(application.audience)]},
    ]
    if not application.works:
        facts.append({"label": _("Alamat"), "value": _no_address(application)})
    if application.since:
        facts.append({"label": _("Tahun menurut sumber"), "value": application.since})
    return facts
