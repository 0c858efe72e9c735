"""Words of messages about rounds, in the active language: plain text, short sentences, the link on a line of its own.
A message to several bundles of one person names each."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jendela.registry.campaigns.answers import most_asked
from jendela.registry.campaigns.choices import BundleState, Recipient
from jendela.registry.campaigns.days import days_late
from jendela.registry.campaigns.models import Attestation, Bundle, Message, Round
from jendela.ui.templatetags.ui import path

Letter = tuple[str, str]  # subject, text


def personal_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}{path(f'/isi/{token}/')}"


def agency_url(bundle: Bundle) -> str:
    return f"{settings.PUBLIC_URL}{path(f'/kelola/pemutakhiran/instansi/{bundle.agency.slug}/')}"


def day(value: datetime.date) -> str:
    return date_format(value, "l, j F Y")


def _head(round_: Round, name: str) -> list[str]:
    lines = [_("CONTOH – bukan permintaan sungguhan."), ""] if round_.simulated else []
    return [*lines, _("Yth. %(name)s,") % {"name": name or _("pengisi data")}, ""]


def _way_in(token: str) -> str:
    return personal_url(token) if token else _("Minta tautan baru kepada Diskominfo.")


def _foot(*, link: bool = True) -> list[str]:
    about = [
        _("Tautan ini hanya untuk Anda. Jangan teruskan."),
        _("Bukan Anda yang mengisi? Buka tautannya, lalu tekan Bukan saya."),
    ]
    return [
        "",
        *(about if link else []),
        _("Kami tidak pernah meminta OTP, PIN, atau uang."),
        _("Diskominfo Kabupaten Kotawaringin Timur"),
    ]


def _size(items: int, most: int) -> str:
    if not items:
        return _("Menurut catatan kami, instansi Anda belum punya aplikasi. Mohon dipastikan.")
    return ngettext(
        "Ada %(n)s aplikasi. Paling banyak %(most)s pertanyaan, sebagian besar sudah terisi.",
        "Ada %(n)s aplikasi. Paling banyak %(most)s pertanyaan setiap aplikasi, sebagian besar sudah terisi.",
        items,
    ) % {"n": items, "most": most}


def request(bundle: Bundle, token: str, items: int) -> Letter:
    """The request itself."""
    round_ = bundle.round
    lines = _head(round_, bundle.name)
    if round_.text:
        lines += [round_.text, ""]
    lines += [
        _("Mohon periksa daftar aplikasi %(agency)s.") % {"agency": bundle.agency.short_name},
        _size(items, most_asked(list(round_.question_set.questions.all()))),
        _("Paling lambat %(day)s.") % {"day": day(bundle.deadline)},
        "",
        *([_("Buka dari ponsel atau komputer, tanpa kata sandi:")] if token else []),
        _way_in(token),
        *_foot(link=bool(token)),
    ]
    return f"{round_.title}: {bundle.agency.short_name}", "\n".join(lines)


def short(bundle: Bundle, token: str, recipient: str) -> str:
    """For a phone: the personal link to the person alone, to others the address for staff."""
    return _("Diskominfo Kotim: mohon periksa daftar aplikasi %(agency)s paling lambat %(day)s. %(url)s") % {
        "agency": bundle.agency.short_name,
        "day": date_format(bundle.deadline, "j F Y"),
        "url": _way_in(token) if recipient == Recipient.PERSON else agency_url(bundle),
    }


@dataclass(frozen=True)
class Part:
    """One bundle in a reminder, why this person hears of it, and how many applications are not answered yet."""

    bundle: Bundle
    recipient: str
    token: str  # '' where the person does not hold the bundle
    left: int


def reminder(parts: Sequence[Part], name: str, today: datetime.date) -> Letter:
    """One letter for all bundles of one recipient, who may hold one and be the head of another."""
    round_ = parts[0].bundle.round
    lines = _head(round_, name)
    lines.append(_("Isian daftar aplikasi ini belum kami terima:"))
    for part in parts:
        bundle, left = part.bundle, part.left
        lines += ["", f"- {bundle.round.title}, {bundle.agency.short_name}"]
        lines.append(f"  {_late(bundle, today)}")
        if left:
            lines.append(
                "  "
                + ngettext("%(n)s aplikasi belum diisi.", "%(n)s aplikasi belum diisi.", left) % {"n": left}
            )
        if part.recipient == Recipient.PERSON:
            lines.append(f"  {_way_in(part.token)}")
        else:
            lines.append("  " + _holder(bundle))
            lines.append(f"  {agency_url(bundle)}")
    if any(part.recipient == Recipient.PERSON for part in parts):
        lines += _foot(link=any(part.token for part in parts))
    else:
        lines += [
            "",
            _("Mohon bantu pengisinya, atau tunjuk orang lain."),
            _("Sudah dikirim? Abaikan surat ini."),
        ]
        lines += ["", _("Diskominfo Kabupaten Kotawaringin Timur")]
    return _("Pengingat: %(title)s") % {"title": round_.title}, "\n".join(lines)


def _holder(bundle: Bundle) -> str:
    if bundle.refused_at is not None:
        return _("Penerimanya menyatakan bukan pengisi.")
    return _("Pengisinya: %(name)s.") % {"name": bundle.name}


def _late(bundle: Bundle, today: datetime.date) -> str:
    late = days_late(bundle.deadline, today)
    if bundle.state == BundleState.RETURNED:
        words = _("Dikembalikan untuk dilengkapi paling lambat %(day)s.") % {"day": day(bundle.deadline)}
        return f"{words} {_('Lewat %(n)s hari kerja.') % {'n': late}}" if late else words
    if late:
        return _("Belum menjawab (%(n)s hari kerja sesudah %(day)s).") % {
            "n": late,
            "day": day(bundle.deadline),
        }
    return _("Paling lambat %(day)s.") % {"day": day(bundle.deadline)}


def returned(bundle: Bundle, token: str, notes: Sequence[tuple[str, str]]) -> Letter:
    lines = _head(bundle.round, bundle.name)
    lines.append(_("Terima kasih. Beberapa jawaban perlu dilengkapi:"))
    for name, note in notes:
        lines += ["", f"- {name}", f"  {note}"]
    lines += ["", _("Mohon dilengkapi paling lambat %(day)s.") % {"day": day(bundle.deadline)}]
    lines += [_("Jawaban Anda yang lain tetap tersimpan."), _way_in(token), *_foot(link=bool(token))]
    return _("Mohon dilengkapi: %(title)s") % {"title": bundle.round.title}, "\n".join(lines)


def answered(message: Message, token: str) -> Letter:
    bundle = message.bundle
    lines = [
        *_head(bundle.round, bundle.name),
        _("Diskominfo menjawab pertanyaan Anda:"),
        "",
        message.text,
        "",
        _way_in(token),
        *_foot(link=bool(token)),
    ]
    return _("Jawaban Diskominfo: %(title)s") % {"title": bundle.round.title}, "\n".join(lines)


def broken(row: Attestation) -> Letter:
    """To the head of the agency."""
    url = f"{settings.PUBLIC_URL}{path(f'/kelola/pemutakhiran/instansi/{row.agency.slug}/')}"
    lines = [
        _("Yth. %(name)s,") % {"name": row.name},
        "",
        _("Pernyataan Anda atas daftar aplikasi %(agency)s tidak berlaku lagi.")
        % {"agency": row.agency.short_name},
        row.broken_why,
        _("Mohon periksa daftarnya, lalu nyatakan lagi:"),
        url,
        "",
        _("Diskominfo Kabupaten Kotawaringin Timur"),
    ]
    return _("Pernyataan daftar aplikasi perlu diperbarui"), "\n".join(lines)
