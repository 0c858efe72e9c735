"""What the screens of links share: marks, the way back, messages, the form page."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import crumbs
from jendela.people.access.screens import screen
from jendela.registry.links import reads
from jendela.registry.links.models import Link

LIST = "/kelola/integrasi/"
reads_registry = screen(audience=Audience.STAFF, needs=Permission.READ_REGISTRY, module=Module.REGISTRY)
edits_registry = screen(audience=Audience.STAFF, needs=Permission.EDIT_REGISTRY, module=Module.REGISTRY)
manages_registry = screen(audience=Audience.STAFF, needs=Permission.MANAGE_REGISTRY, module=Module.REGISTRY)


def link_crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs((_("Integrasi"), LIST), *more)


def said(code: str) -> str:
    """What was done, after the redirect; unknown codes say nothing."""
    words = {
        "dinyatakan": _(
            "Pernyataan tersimpan. Pihak lain diminta menjawab; sampai saat itu tertulis menunggu."
        ),
        "lengkap": _(
            "Pernyataan tersimpan. Kedua aplikasi milik instansi yang sama, jadi tidak ada yang ditunggu."
        ),
        "dibenarkan": _("Terima kasih. Pernyataan ini sekarang dibenarkan kedua pihak."),
        "dibantah": _("Bantahan tersimpan. Pihak yang menyatakan membaca alasan Anda di halaman ini."),
        "diubah": _("Perbaikan tersimpan."),
        "diakhiri": _(
            "Integrasi ini sudah dikeluarkan dari daftar. Dalam satu hari masih dapat dikembalikan."
        ),
        "dibuka": _("Integrasi ini kembali ada di daftar."),
        "dikecualikan": _(
            "Tersimpan. Aplikasi ini tidak dihitung berdiri sendiri sampai tanggal peninjauan."
        ),
        "dihitung": _("Tersimpan. Aplikasi ini dihitung lagi."),
        "aturan": _("Aturan tersimpan."),
        "aturan-akhir": _("Aturan ini tidak berlaku lagi."),
    }
    return words.get(code, "")


def link_or_404(request: HttpRequest, number: int) -> Link:
    found = reads.link(request.user, number) if number < 2**63 else None
    if found is None:
        raise Http404
    return found


def number_or_none(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
