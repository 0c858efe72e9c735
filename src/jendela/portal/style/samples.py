"""What the components on /gaya/ are filled with. Samples: nothing here is read from the register."""

from typing import Any

import segno
from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

KECAMATAN = (
    "Antang Kalang", "Baamang", "Bukit Santuai", "Cempaga", "Cempaga Hulu", "Kota Besi", "Mentawa Baru Ketapang",
    "Mentaya Hilir Selatan", "Mentaya Hilir Utara", "Mentaya Hulu", "Parenggean", "Pulau Hanaut", "Seranau",
    "Telaga Antang", "Telawang", "Teluk Sampit", "Tualan Hulu",
)  # fmt: skip


class SampleForm(forms.Form):
    """A form that came back, to show its errors."""

    village = forms.CharField(label=_("Desa atau kelurahan Anda"), help_text=_("Contoh: Baamang Tengah"))
    phone = forms.CharField(
        label=_("Nomor telepon"), required=False, help_text=_("Kami hanya memakainya untuk menjawab.")
    )
    message = forms.CharField(label=_("Apa yang salah?"), widget=forms.Textarea)
    channel = forms.ChoiceField(
        label=_("Jawaban lewat apa?"),
        choices=[("wa", "WhatsApp"), ("sms", "SMS"), ("none", _("Tidak perlu dijawab"))],
        widget=forms.RadioSelect,
    )


def qr_code(address: str) -> str:
    """An inline SVG without style attributes; its size follows the page."""
    drawing = segno.make(address, error="m").svg_inline(omitsize=True, border=2, dark="#000", light="#fff")
    return mark_safe(drawing)  # noqa: S308  made by segno from our own address


def all_samples() -> dict[str, Any]:
    form = SampleForm({"phone": "0812 0000 0000"})
    form.is_valid()
    return {
        "examples": [
            "KTP ilang, harus ke mana?",
            "anak baru lahir",
            "bantuan pupuk",
            "jalan depan rumah rusak",
        ],
        "origin": {
            "grade": "B",
            "grade_words": _("ada dokumennya"),
            "who": "Dinas Contoh",
            "day": "24 November 2026",
            "source": "SPK 027/12/2026",
        },
        "numbers": [{"number": "112", "label": _("semua darurat")}, {"number": "110", "label": _("polisi")}],
        "areas": [{"name": name, "url": "#petak"} for name in KECAMATAN],
        "events": [
            {"name": _("Anak lahir"), "icon": "baby-carriage", "url": "#peristiwa"},
            {"name": _("Menikah"), "icon": "hearts", "url": "#peristiwa"},
            {"name": _("Pindah"), "icon": "truck", "url": "#peristiwa"},
            {"name": _("Ada yang meninggal"), "icon": "candle", "url": "#peristiwa"},
            {"name": _("Cari kerja"), "icon": "briefcase", "url": "#peristiwa"},
            {"name": _("Buka usaha"), "icon": "building-store", "url": "#peristiwa"},
            {"name": _("Sakit"), "icon": "heartbeat", "url": "#peristiwa"},
            {"name": _("Bertani"), "icon": "plant-2", "url": "#peristiwa"},
        ],
        "bring": [
            {"label": _("Kartu keluarga"), "note": _("Foto atau pindaian. Keempat sudutnya terlihat.")},
            {"label": _("Surat kehilangan dari kepolisian"), "note": _("Yang asli.")},
            _(
                "Surat pengantar dari ketua RT dengan tanda tangan basah, jika Anda mengurus untuk tetangga yang sakit"
            ),
        ],
        "steps": [
            {
                "label": _("Urus surat kehilangan di kantor polisi terdekat."),
                "note": _("Sebutkan kapan dan di mana hilangnya."),
            },
            {"label": _("Bawa surat itu ke loket.")},
            {"label": _("Tunggu kartu dicetak."), "note": ""},
        ],
        "facts": [
            {"label": _("Alamat"), "value": "Jalan H.M. Arsyad, Sampit"},
            {"label": _("Jam buka"), "value": "", "ask": "Disdukcapil"},
            {"label": _("Situs"), "value": "disdukcapil.kotimkab.go.id", "url": "#fakta"},
        ],
        "counts": [
            {"label": _("Kartu dan surat keluarga"), "url": "#daftar", "count": _("21 layanan")},
            {"label": _("Kesehatan"), "url": "#daftar", "count": _("17 layanan")},
            {
                "label": _("Usaha dan perizinan berusaha bagi pelaku usaha mikro, kecil, dan menengah"),
                "url": "#daftar",
                "count": _("1 layanan"),
            },
        ],
        "crumbs": [
            {"label": _("Semua layanan"), "url": "#remah"},
            {"label": _("Kartu dan surat keluarga"), "url": "#remah"},
        ],
        "ways_out": [
            {"label": _("Lihat semua layanan"), "url": "#kosong"},
            {"label": _("Pilih desa Anda"), "url": "#kosong"},
        ],
        "tiles": [
            {
                "title": _("Daftar aplikasi"),
                "value": "81",
                "text": _("aplikasi tercatat, dari daerah dan pusat."),
                "url": "#lingkar",
                "action": _("Lihat daftar"),
            },
            {
                "title": _("Satu jendela"),
                "value": "116",
                "text": _("layanan bisa dicari dengan kata sehari-hari."),
                "url": "#lingkar",
                "action": _("Lihat layanan"),
            },
            {
                "title": _("Pemakaian"),
                "value": "",
                "text": _("Belum kami ketahui. Pengukuran belum dibuka."),
                "url": "#lingkar",
                "action": _("Mengapa"),
            },
            {
                "title": _("Saran"),
                "value": "",
                "text": _("Belum ada saran tertulis kepada perangkat daerah."),
                "url": "",
                "action": "",
            },
            {
                "title": _("Rencana induk"),
                "value": "6",
                "text": _("pilar kota cerdas menunggu masalah dengan bukti."),
                "url": "",
                "action": "",
            },
        ],
        "outline": {
            "path": "M10 40 40 10 90 20 110 60 70 90 30 80Z",
            "box": "0 0 120 100",
            "source_url": "https://jendela.example/batas",
            "source_date": "",
        },
        "lines": [_("Kartu keluarga"), _("Surat kehilangan dari kepolisian")],
        "form": form,
        "qr": qr_code("https://jendela.example/k/ktp-hilang"),
    }
