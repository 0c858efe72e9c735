"""What the screens of datasets share: marks, the way back, messages."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import address, crumbs
from jendela.people.access.screens import screen
from jendela.registry.applications.actions import Provenance
from jendela.registry.datasets import policy, reads
from jendela.registry.datasets.models import Dataset

LIST = "/kelola/data/"
reads_registry = screen(audience=Audience.STAFF, needs=Permission.READ_REGISTRY, module=Module.REGISTRY)
edits_registry = screen(audience=Audience.STAFF, needs=Permission.EDIT_REGISTRY, module=Module.REGISTRY)
manages_registry = screen(audience=Audience.STAFF, needs=Permission.MANAGE_REGISTRY, module=Module.REGISTRY)


def data_crumbs(row: Dataset | None = None) -> list[dict[str, str]]:
    steps = [(_("Data"), LIST)]
    if row is not None:
        steps.append((row.name, f"{LIST}{row.slug}/"))
    return crumbs(*steps)


def said(code: str) -> str:
    """What was done, after the redirect; unknown codes say nothing."""
    words = {
        "dicatat": _("Data ini sudah tercatat. Lengkapi sedikit demi sedikit, mulai dari standar datanya."),
        "diubah": _("Tersimpan."),
        "dibatalkan": _("Perubahan terakhir sudah dibatalkan."),
        "basi": _("Perubahan itu belum dapat dibatalkan: sudah lebih dari sehari, atau sudah diubah lagi."),
        "diperiksa": _("Tercatat: data ini sudah diperiksa walidata."),
        "kurang": _("Data ini belum dapat dinyatakan diperiksa. Yang kurang disebut di bawah."),
        "ditarik": _("Pemeriksaan walidata ditarik. Data ini menunggu diperiksa lagi."),
        "kolom": _("Nama kolom tersimpan. Pastikan padanannya dengan daftar baku di bawah ini."),
        "tetap": _("Semua nama itu sudah ada di daftar."),
        "padanan": _("Padanan kolom tersimpan."),
        "dibuang": _("Kolom yang dipilih sudah dikeluarkan."),
        "berkas": _("Alamat berkas tersimpan."),
        "berkas-dibuang": _("Alamat berkas sudah dikeluarkan."),
    }
    return words.get(code, "")


def dataset_or_404(request: HttpRequest, slug: str) -> Dataset:
    found = reads.dataset(request.user, slug)
    if found is None:
        raise Http404
    return found


def editable_or_404(request: HttpRequest, slug: str) -> Dataset:
    found = dataset_or_404(request, slug)
    if not policy.may_edit(request.user, found):
        raise Http404
    return found


def page_of(row: Dataset, **values: str) -> str:
    return address(f"{LIST}{row.slug}/", **values)


def by_agency(request: HttpRequest, row: Dataset) -> Provenance:
    """The word of the producer's people, or of Diskominfo in the list of all."""
    return Provenance(
        f"{getattr(request.user, 'name', '')}, {row.producer.short_name}", _("isian di Jendela")
    )
