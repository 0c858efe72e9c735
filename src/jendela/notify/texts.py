"""What messages say: short, one idea a sentence, no link that asks for a code, no name, no identity number."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _


class UnknownTemplateError(Exception):
    """No text has this name."""


@dataclass(frozen=True)
class Text:
    subject: str  # e-mail alone
    body: str


def text_of(template: str, values: dict[str, Any], language: str) -> Text:
    """The words of a message in the language of its reader. Raises UnknownTemplateError."""
    if template not in TEMPLATES:
        raise UnknownTemplateError(template)
    subject, *sentences = TEMPLATES[template]
    with translation.override(language):
        return Text(str(subject) % values, " ".join(str(one) % values for one in sentences))


TEMPLATES: dict[str, tuple[Any, ...]] = {  # subject, and the parts of the body
    "code": (
        _("Kode Jendela Anda: %(code)s"),
        _("%(code)s adalah kode Jendela Anda. Berlaku %(minutes)s menit. Jangan beri tahu siapa pun."),
        _("Tidak meminta kode? Abaikan pesan ini."),
    ),
    "taken": (
        _("Alamat ini sudah dipakai di Jendela"),
        _(
            "Seseorang ingin memakai alamat atau nomor ini untuk akun Jendela lain. "
            "Kami tidak mengubah apa pun. Anda tidak perlu berbuat apa-apa."
        ),
    ),
    "contact_changed": (
        _("Alamat akun Jendela Anda diganti"),
        _(
            "Akun Jendela Anda sekarang memakai alamat atau nomor lain. "
            "Bukan Anda yang mengganti? Hubungi pengelola Jendela hari ini juga."
        ),
    ),
    "account_made": (
        _("Akun Jendela Anda sudah dibuat"),
        _(
            "Undangan ke alamat ini diterima, dan akun Jendela dibuat untuknya. "
            "Bukan Anda yang menerima? Hubungi pengelola Jendela hari ini juga."
        ),
    ),
    "factor_added": (
        _("Pengaman baru di akun Jendela Anda"),
        _(
            "Satu pengaman ditambahkan ke akun Jendela Anda. "
            "Bukan Anda yang menambahkan? Hubungi pengelola Jendela hari ini juga."
        ),
    ),
    "factor_removed": (
        _("Pengaman akun Jendela Anda berubah"),
        _(
            "Satu pengaman dihapus dari akun Jendela Anda, atau kode cadangannya diganti. "
            "Bukan Anda yang melakukan? Hubungi pengelola Jendela hari ini juga."
        ),
    ),
    "advice": (
        _("Rekomendasi Diskominfo untuk %(agency)s"),
        _(
            "Ada %(number)s rekomendasi tentang aplikasi %(agency)s. Mohon dijawab paling lambat %(day)s. "
            "Buka Jendela, lalu pilih Rekomendasi di ruang kelola."
        ),
    ),
    "dues": (
        _("%(number)s tenggat perlu diurus"),
        _("%(number)s tenggat perlu diurus."),
        "%(lines)s",
        _(
            "Sudah diurus? Perbarui tanggalnya di catatan aplikasi. Semua tenggat ada di menu Tenggat di Jendela."
        ),
    ),
    "webhook_stopped": (
        _("Pemberitahuan ke %(name)s berhenti"),
        _(
            "Program ini berhari-hari tidak menjawab, jadi kami berhenti mencoba. Perbaiki dulu, lalu buat lagi di "
            "Jendela. Pilih Pemberitahuan ke program di ruang kelola."
        ),
    ),
    "dispute": (
        _("%(agency)s membantah hasil pemeriksaan"),
        _(
            "%(agency)s membantah hasil pemeriksaan %(application)s. Yang dibantah: %(fact)s. "
            "Buka Jendela, lalu pilih Pemeriksaan di ruang kelola."
        ),
    ),
    "dispute_answered": (
        _("Bantahan tentang %(application)s sudah dijawab"),
        _(
            "Bantahan Anda tentang hasil pemeriksaan %(application)s sudah dijawab: %(answer)s. "
            "Alasannya ada di Jendela, pilih Pemeriksaan di ruang kelola."
        ),
    ),
    "advice_reminder": (
        _("%(agency)s: rekomendasi menunggu jawaban"),
        _(
            "%(number)s rekomendasi tentang aplikasi %(agency)s belum dijawab. Yang pertama berbatas %(day)s. "
            "Buka Jendela, lalu pilih Rekomendasi di ruang kelola."
        ),
    ),
}
