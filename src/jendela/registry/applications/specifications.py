"""The machine a version runs on and how to reach its provider (rules 4.6), as one table: forms, pages, tables, letters
and the API read it. Languages and database stand on the application (rules 4.5), each with its own source."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from jendela.registry.applications.choices import Visibility


@dataclass(frozen=True)
class Specification:
    """`name` is the attribute of Version, `column` heads it in tables, `also` are other headings of lists."""

    name: str
    column: str
    label: Any
    example: str
    also: tuple[str, ...] = ()
    hint: Any = ""
    visibility: str = Visibility.GOVERNMENT
    longest: int = 120


SPECIFICATIONS: tuple[Specification, ...] = (
    Specification("processor", "prosesor", _("Prosesor"), "4 vCPU", ("cpu", "processor", "jumlah cpu")),
    Specification("memory", "memori", _("Memori"), "8 GB", ("ram", "memory")),
    Specification("storage", "penyimpanan", _("Penyimpanan"), "200 GB SSD", ("hdd", "storage", "hardisk", "harddisk")),
    Specification("operating_system", "sistem_operasi", _("Sistem operasi"), "Ubuntu 24.04",
                  ("os", "operating system")),
    Specification("web_server", "server_web", _("Server web"), "nginx", ("web server", "webserver")),
    Specification("vendor_contact", "kontak_penyedia", _("Kontak penyedia"), "halo@contoh.id",
                  ("kontak vendor", "kontak rekanan", "cp penyedia"),
                  _("Telepon atau e-mail kantornya. Orangnya dicatat di bagian Orang. Dilihat pemilik dan Diskominfo "
                    "saja."), Visibility.OWNER, 200),
)  # fmt: skip
OF_OWNER = frozenset(one.name for one in SPECIFICATIONS if one.visibility == Visibility.OWNER)
