"""What the home page shows: emergencies, life events, doors, and the loop behind the window."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from jendela.portal.public import contacts, reads
from jendela.portal.public.words import link, own


def context() -> dict[str, Any]:
    known, unknown = contacts.on_home(reads.emergency_contacts())
    return {
        "examples": [
            _("KTP hilang"),
            _("anak baru lahir"),
            _("bikin surat tidak mampu"),
            _("jalan rusak"),
        ],
        "contacts": known,
        "unknown_contacts": unknown,
        "events": [
            {
                "name": own(event.name, event.name_en),
                "url": link(f"/peristiwa/{event.slug}/"),
                "icon": event.icon,
            }
            for event in reads.life_events()
        ],
        "reports": [
            {"name": own(row.name, row.name_en), "url": link(f"/layanan/{row.slug}/")}
            for row in reads.reports()
        ],
        "tiles": _tiles(reads.numbers()),
        "services_url": link("/layanan/"),
        "counted_at": date_format(timezone.localtime(), "j F Y, H.i"),
    }


def _tiles(now: reads.Numbers) -> list[dict[str, str]]:
    """Five steps; a step without a number says so in words."""

    def shown(number: int) -> str:
        return number_format(number, use_l10n=True, force_grouping=True) if number else ""

    complete = _("Belum ada yang keempat jawabannya lengkap.")
    if now.services_known:
        complete = _("%(number)s lengkap keempat jawabannya.") % {"number": now.services_known}
    official = _("Belum ada yang ditetapkan instansi.")
    if now.services_decreed:
        official = _("%(number)s sudah ditetapkan instansi.") % {"number": now.services_decreed}
    return [
        {
            "title": _("Semua aplikasi dicatat"),
            "value": shown(now.applications),
            "text": _("aplikasi tercatat. %(number)s di antaranya dipakai menurut sumber kami.")
            % {"number": now.applications_in_use},
            "url": link("/aplikasi/"),
            "action": _("Lihat aplikasi"),
        },
        {
            "title": _("Satu jendela untuk layanan"),
            "value": shown(now.services),
            "text": " ".join((_("layanan bisa dicari."), complete, official)),
            "url": link("/layanan/"),
            "action": _("Lihat layanan"),
        },
        {
            "title": _("Pemakaian dihitung"),
            "value": shown(now.views + now.searches),
            "text": _("kali halaman dibuka dan kata dicari, tanpa mencatat orangnya.")
            if now.views + now.searches
            else _("Belum ada yang tercatat."),
            "url": link("/data/"),
            "action": _("Lihat data"),
        },
        {
            "title": _("Kekurangan dilaporkan"),
            "value": shown(now.gaps),
            "text": _(
                "kali warga bertemu keterangan yang belum kami ketahui. Ini bahan saran kepada instansi."
            )
            if now.gaps
            else _("Belum ada yang tercatat."),
            "url": link("/data/"),
            "action": _("Lihat kekurangan"),
        },
        {
            "title": _("Rencana daerah"),
            "value": "",
            "text": _("Belum dibuka. Nanti masalah yang terbukti masuk rencana, lalu diukur lagi."),
            "url": link("/cara-kerja/"),
            "action": _("Cara kerja Jendela"),
        },
    ]
