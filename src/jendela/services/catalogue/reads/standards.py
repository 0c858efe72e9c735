"""Versions of a standard: which was in force on a day, what a decree still needs, what was published."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.common.dates import today
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.choices import RuleScope, StandardState
from jendela.services.catalogue.models import (
    InterimTarget,
    ProcessingTime,
    Publication,
    ReviewRule,
    Service,
    ServiceCharter,
    Standard,
    StandardComponent,
)
from jendela.services.catalogue.reads.content import PUBLIC, Content, is_filled
from jendela.services.catalogue.reads.parts import BY_KEY, DELIVERY, OTHER_PARTS

UNDO_HOURS = 24
CHARTER_TEXT = (
    "Dengan ini, kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan yang telah ditetapkan "
    "dan apabila tidak menepati janji ini, kami siap menerima sanksi sesuai peraturan perundang-undangan yang berlaku."
)  # the wording in use; that it is mandatory is not confirmed
SEEN = (StandardState.INTERIM, StandardState.IN_FORCE, StandardState.SUPERSEDED, StandardState.DECREED)


# What must be there before a decree


@dataclass(frozen=True)
class Minutes:
    """*Berita acara*: the public discussion of a draft (PermenPANRB 15/2014)."""

    consulted_on: datetime.date | None = None
    note: str = ""
    participants: str = ""


@dataclass(frozen=True)
class Missing:
    """What is missing, and the part or field where it is filled."""

    key: str
    words: str


def gate(
    content: Content,
    *,
    decree_number: str = "",
    decree_date: datetime.date | None = None,
    signed_by: str = "",
    valid_from: datetime.date | None = None,
    complaint_officer: str = "",
    complaint_channel: str = "",
    minutes: Minutes | None = None,
) -> list[Missing]:
    """What keeps this content from being a decreed standard, each in words; an empty list lets it pass."""
    minutes = minutes or Minutes()
    found = [
        Missing(key, _("Belum diisi: %(part)s.") % {"part": BY_KEY[key].legal})
        for key in DELIVERY
        if not is_filled(key, content.get(key))
    ]
    if not complaint_officer.strip():
        found.append(Missing("complaint_officer", _("Sebutkan petugas yang menerima pengaduan.")))
    if not complaint_channel.strip():
        found.append(
            Missing("complaint_channel", _("Sebutkan sarana pengaduan: alamat, nomor, atau e-mail."))
        )
    if minutes.consulted_on is None:
        found.append(Missing("consulted_on", _("Catat tanggal rancangan dibahas bersama masyarakat.")))
    elif minutes.consulted_on > today():
        found.append(Missing("consulted_on", _("Tanggal pembahasan belum tiba.")))
    if not minutes.note.strip():
        found.append(Missing("consultation_note", _("Tulis isi berita acara pembahasan.")))
    if not minutes.participants.strip():
        found.append(Missing("consultation_participants", _("Tulis siapa yang ikut membahas.")))
    return found + _missing_of_decree(decree_number, decree_date, signed_by, valid_from, minutes)


def _missing_of_decree(
    number: str,
    date: datetime.date | None,
    signed_by: str,
    valid_from: datetime.date | None,
    minutes: Minutes,
) -> list[Missing]:
    found: list[Missing] = []
    if not number.strip():
        found.append(Missing("decree_number", _("Tulis nomor SK.")))
    if date is None:
        found.append(Missing("decree_date", _("Tulis tanggal SK.")))
    elif date > today():
        found.append(Missing("decree_date", _("Tanggal SK belum tiba.")))
    elif minutes.consulted_on and minutes.consulted_on > date:
        found.append(Missing("decree_date", _("Pembahasan dilakukan sebelum SK ditetapkan.")))
    if not signed_by.strip():
        found.append(Missing("signed_by", _("Sebutkan siapa yang menandatangani SK.")))
    if valid_from is None:
        found.append(Missing("valid_from", _("Tulis tanggal mulai berlaku.")))
    elif date is not None and valid_from < date:
        found.append(Missing("valid_from", _("Standar berlaku paling awal pada tanggal SK.")))
    return found


# Versions


def versions(service: Service) -> list[Standard]:
    """All versions, the newest first."""
    return list(Standard.objects.filter(service=service).order_by("-version"))


def standards_on(date: datetime.date) -> QuerySet[Standard]:
    """Versions whose time holds the day, the one in force first: a decreed one before what sources said."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=date)
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gt=date)
    return Standard.objects.filter(begun, not_over, state__in=SEEN).order_by(
        F("valid_from").desc(nulls_last=True), "-version"
    )


def standard_on(service: Service, date: datetime.date) -> Standard | None:
    """The version in force on a day (in the region's time zone), also on a day to come."""
    return standards_on(date).filter(service=service).first()


def review_rule(date: datetime.date) -> ReviewRule | None:
    """The rule of review that holds for a standard in force from this day."""
    return ReviewRule.objects.filter(valid_from__lte=date).order_by("-valid_from").first()


# Publications


def day_end(date: datetime.date) -> datetime.datetime:
    """Midnight after the day, in the region's time zone."""
    midnight = datetime.datetime.combine(date + datetime.timedelta(days=1), datetime.time())
    return timezone.make_aware(midnight)


def other_parts_on(service_id: int, date: datetime.date) -> Content:
    """The parts without versions as they were at the end of a day, as far as they have changed since."""
    later = Publication.objects.filter(
        service_id=service_id, applied_at__gte=day_end(date), withdrawn_at__isnull=True
    ).order_by("-applied_at", "-id")
    found: Content = {}
    for before in later.values_list("before", flat=True):
        found |= {part: value for part, value in before.items() if part in OTHER_PARTS}
    return found


def publications(service: Service) -> list[Publication]:
    """All acts of publishing, the newest first, with who did it."""
    rows = Publication.objects.filter(service=service).select_related("standard", "published_by")
    return list(rows.order_by("-id"))


def undoable(service: Service) -> Publication | None:
    """The last publication, while it may still be taken back: within 24 hours, and only the last one."""
    last = (
        Publication.objects.filter(service=service, withdrawn_at__isnull=True)
        .select_related("standard", "previous")
        .order_by("-id")
        .first()
    )
    if last is None or last.published_at < timezone.now() - datetime.timedelta(hours=UNDO_HOURS):
        return None
    return last


def waiting_decrees(service: Service) -> list[Standard]:
    """Decreed versions whose day has not come; `known` says how many components each fills."""
    rows = Standard.objects.filter(service=service, state=StandardState.DECREED)
    rows = rows.annotate(known=Count("components", filter=~Q(components__text="")))
    return list(rows.order_by("valid_from", "version"))


# Charters and targets


def charter_of(agency: Agency) -> ServiceCharter | None:
    """The charter an agency stands by now."""
    return ServiceCharter.objects.filter(agency=agency, valid_to__isnull=True).first()


def target_of(service: Service) -> InterimTarget | None:
    """The interim target that holds now."""
    return InterimTarget.objects.filter(service=service, withdrawn_at__isnull=True).first()


def target_on(service_id: int, date: datetime.date) -> InterimTarget | None:
    """The interim target that held at the end of a day, or now for a day to come."""
    now = InterimTarget.objects.filter(service_id=service_id, created_at__lt=day_end(date))
    return now.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=day_end(date))).first()


def time_is_known(service: Service) -> bool:
    """Is a time decreed, or does a source name one for here? Then no target stands beside it."""
    standard = Standard.objects.filter(service=service, state__in=PUBLIC).first()
    if standard is None:
        return False
    time = ProcessingTime.objects.filter(standard=standard).first()
    if standard.state == StandardState.IN_FORCE:
        return StandardComponent.objects.filter(standard=standard, type="A3").exists()
    if time is None or time.elsewhere:
        return False
    written = StandardComponent.objects.filter(standard=standard, type="A3", by_agency=True).exists()
    return written or service.rule_scope != RuleScope.ELSEWHERE


def filled(contents: Collection[Content], codes: Collection[str]) -> list[int]:
    """How many of these parts each content fills."""
    return [sum(is_filled(code, content.get(code)) for code in codes) for content in contents]


def values_of(standard: Standard) -> dict[str, Any]:
    """What the audit trail keeps of a version: no text, only what it is."""
    return {
        "version": standard.version,
        "state": standard.state,
        "decree_number": standard.decree_number,
        "valid_from": standard.valid_from.isoformat() if standard.valid_from else None,
        "valid_to": standard.valid_to.isoformat() if standard.valid_to else None,
    }
