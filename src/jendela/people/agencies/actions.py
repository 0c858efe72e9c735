"""Every change of agencies and offices."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from jendela.common import content
from jendela.common.audit import Actor, record, record_many, snapshot
from jendela.common.dates import today
from jendela.common.events import publish
from jendela.people.agencies.choices import AgencyKind
from jendela.people.agencies.events import AgenciesChanged, AgencyMerged, AgencyMergerUndone
from jendela.people.agencies.models import Agency, Merger, MergerMove, Office, Succession
from jendela.people.agencies.reads import UNDO, last_office_edit

AGENCY_FIELDS = [
    "slug", "name", "name_en", "level", "kind", "area", "valid_from", "valid_to", "needs_check", "phone", "website",
    "source_url", "source_date", "note",
]  # fmt: skip
OFFICE_FIELDS = [
    "name", "agency", "area", "address", "hours", "hours_source", "hours_date", "phone", "source_url", "source_date",
    "note",
]  # fmt: skip
CONTACT = ("address", "hours", "hours_source", "hours_date", "phone", "stated_by", "edited_by_agency_at")


class MergerError(Exception):
    """A merger that cannot be: `reason` is 'merged_before', 'chain' or 'name_taken'."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CannotUndoError(Exception):
    """Too late, or something was built upon it since."""


@transaction.atomic
def put_agencies(
    *, agencies: Sequence[Agency], successions: Sequence[Succession], offices: Sequence[Office], by: Actor
) -> list[str]:
    """Write whole lists: known agencies (by short name) and offices (by slug) are renewed, successions replaced.
    What is no longer listed stays, since others refer to it. What agencies said here themselves, and mergers recorded
    here, stay too. Returns what was left as it is, in words."""
    notes = _keep_what_was_said_here(agencies, offices)
    Agency.objects.bulk_create(
        agencies, update_conflicts=True, unique_fields=["short_name"], update_fields=AGENCY_FIELDS
    )
    Succession.objects.filter(merger=None).delete()
    here = set(Succession.objects.values_list("predecessor__short_name", "successor__short_name"))
    Succession.objects.bulk_create(
        row for row in successions if (row.predecessor.short_name, row.successor.short_name) not in here
    )
    Office.objects.bulk_create(
        offices, update_conflicts=True, unique_fields=["slug"], update_fields=OFFICE_FIELDS
    )
    for merger in Merger.objects.filter(undone_at=None).order_by("pk"):
        publish(AgencyMerged(merger.pk))  # services and applications of the tables move again
    counts = {"instansi": len(agencies), "perubahan": len(successions), "kantor": len(offices)}
    record(by=by, action="agencies.put_agencies", target=("people_agencies.agency", "*"), after=counts)
    publish(AgenciesChanged())
    content.changed()
    listed = [agency.short_name for agency in agencies]
    left = Agency.objects.exclude(short_name__in=listed).values_list("short_name", flat=True)
    left_offices = Office.objects.exclude(slug__in=[office.slug for office in offices])
    gone = [*left, *left_offices.values_list("name", flat=True)]
    return [*(f"Tidak ada lagi di tabel, dibiarkan: {name}" for name in gone), *notes]


def _keep_what_was_said_here(agencies: Sequence[Agency], offices: Sequence[Office]) -> list[str]:
    """Put what the database knows better into the unsaved rows; says what, in words."""
    notes: list[str] = []
    mergers = Merger.objects.filter(undone_at=None).select_related("predecessor", "successor")
    merged = {one.predecessor.short_name: one for one in mergers}
    said = Agency.objects.exclude(edited_by_agency_at=None).values_list("short_name", "phone")
    phones = dict(said)
    for agency in agencies:
        if agency.short_name in phones:
            agency.phone = phones[agency.short_name]
            notes.append(f"Telepon diisi instansinya sendiri, dibiarkan: {agency.short_name}")
        if agency.short_name in merged:
            merger = merged[agency.short_name]
            agency.kind, agency.valid_to = AgencyKind.DISSOLVED, merger.since.isoformat()
            notes.append(f"Sudah digabung ke {merger.successor.short_name}, dibiarkan: {agency.short_name}")
    edited = {row.slug: row for row in Office.objects.exclude(edited_by_agency_at=None)}
    moved = {
        key
        for keys in MergerMove.objects.filter(kind="offices", merger__undone_at=None).values_list(
            "keys", flat=True
        )
        for key in keys
    }
    now = {row.slug: row for row in Office.objects.filter(pk__in=moved).select_related("agency")}
    for office in offices:
        if office.slug in edited:
            for name in CONTACT:
                setattr(office, name, getattr(edited[office.slug], name))
            notes.append(f"Diisi instansinya sendiri, dibiarkan: {office.name}")
        if office.slug in now:
            office.agency = now[office.slug].agency
    return notes


@transaction.atomic
def edit_office(*, office: Office, phone: str, hours: str, address: str, stated_by: str, by: Actor) -> Office:
    """Phone, hours and address as the agency itself says them; on the public pages at once. The phone of an agency's
    main office is the agency's own as long as that has no other."""
    row = Office.objects.select_for_update().get(pk=office.pk)
    before = _contact(row)
    follows = _phone_follows(row)
    if hours != row.hours:
        row.hours_source, row.hours_date = "", today().isoformat() if hours else ""
    row.phone, row.hours, row.address = phone, hours, address
    row.stated_by, row.edited_by_agency_at = stated_by, timezone.now()
    row.save(update_fields=[*CONTACT])
    if follows:
        _set_agency_phone(row.agency_id, phone)
    record(by=by, action="agencies.edit_office", target=row, before=before, after=_contact(row))
    _seen()
    return row


@transaction.atomic
def add_office(
    *, agency: Agency, name: str, phone: str, hours: str, address: str, stated_by: str, by: Actor
) -> Office:
    """An office that no table named. The first office of an agency gives it its phone."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    row = Office.objects.create(
        slug=_free_slug(Office, name),
        name=name,
        agency=agency,
        area=agency.area,
        phone=phone,
        hours=hours,
        hours_date=today().isoformat() if hours else "",
        address=address,
        stated_by=stated_by,
        edited_by_agency_at=timezone.now(),
    )
    if _phone_follows(row):
        _set_agency_phone(agency.pk, phone)
    record(by=by, action="agencies.add_office", target=row, after=snapshot(row))
    _seen()
    return row


@transaction.atomic
def undo_office(*, office: Office, by: Actor) -> None:
    """Put back what the office said before its last edit, within a day. Raises CannotUndoError."""
    row = Office.objects.select_for_update().get(pk=office.pk)
    edit = last_office_edit(row)
    if edit is None or edit.before is None:
        raise CannotUndoError
    now = _contact(row)
    follows = _phone_follows(row)
    for name in CONTACT:
        setattr(row, name, edit.before[name])
    row.save(update_fields=[*CONTACT])
    if follows:
        _set_agency_phone(row.agency_id, row.phone)
    record(by=by, action="agencies.undo_office", target=row, before=now, after=_contact(row))
    _seen()


def _contact(row: Office) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(row, name) for name in CONTACT}
    at = row.edited_by_agency_at
    return values | {
        "edited_by_agency_at": at.isoformat() if isinstance(at, datetime.datetime) else at,
        "agency": row.agency_id,
    }


def _phone_follows(row: Office) -> bool:
    """Is this the agency's first office, and the agency's phone none or this office's?"""
    first = Office.objects.filter(agency_id=row.agency_id).order_by("pk").values_list("pk", flat=True).first()
    phone = Agency.objects.values_list("phone", flat=True).get(pk=row.agency_id)
    return first == row.pk and phone in ("", row.phone)


def _set_agency_phone(agency: int, phone: str) -> None:
    now = timezone.now() if phone else None
    Agency.objects.filter(pk=agency).update(phone=phone, edited_by_agency_at=now)


def _free_slug(model: Any, name: str) -> str:
    base = slugify(name)[:70] or "kantor"
    slug, number = base, 1
    while model.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _seen() -> None:
    publish(AgenciesChanged())
    content.changed()


@transaction.atomic
def make_successor(*, predecessor: Agency, short_name: str, name: str, by: Actor) -> Agency:
    """An agency of a new name that takes the place of another: same level, kind, area and phone. Raises
    MergerError('name_taken')."""
    slug = slugify(short_name.replace("/", " "))
    if not slug or Agency.objects.filter(short_name__iexact=short_name).exists() or slug in RESERVED:
        raise MergerError("name_taken")
    row = Agency.objects.create(
        slug=_free_slug(Agency, short_name.replace("/", " ")),
        short_name=short_name,
        name=name,
        level=predecessor.level,
        kind=predecessor.kind,
        parent=predecessor.parent,
        area=predecessor.area,
        phone=predecessor.phone,
        website=predecessor.website,
        edited_by_agency_at=predecessor.edited_by_agency_at,
    )
    record(by=by, action="agencies.make_successor", target=row, after=snapshot(row))
    return row


RESERVED = ("gabung", "pisah", "baru")  # words of our own addresses below /kelola/instansi/


@transaction.atomic
def merge_agencies(
    *,
    predecessor: Agency,
    successor: Agency,
    since: datetime.date,
    source: str,
    by: Actor,
    source_url: str = "",
    successor_is_new: bool = False,
) -> Merger:
    """One agency becomes (a part of) another. Its offices move here; what other domains own for it moves by their
    jobs, soon after. Raises MergerError."""
    ids = sorted([predecessor.pk, successor.pk])
    rows = {row.pk: row for row in Agency.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    old, new = rows[predecessor.pk], rows[successor.pk]
    if old.kind == AgencyKind.DISSOLVED or Merger.objects.filter(predecessor=old, undone_at=None).exists():
        raise MergerError("merged_before")
    if new.kind == AgencyKind.DISSOLVED:
        raise MergerError("chain")
    merger = Merger.objects.create(
        predecessor=old,
        successor=new,
        since=since,
        source=source,
        source_url=source_url,
        kind_before=old.kind,
        successor_is_new=successor_is_new,
        made_by=by.name[:120],
    )
    Succession.objects.filter(predecessor=old, successor=new).delete()
    Succession.objects.create(
        predecessor=old,
        successor=new,
        since=since.isoformat(),
        source_url=source_url,
        note=source,
        merger=merger,
    )
    old.kind, old.valid_to = AgencyKind.DISSOLVED, since.isoformat()
    old.save(update_fields=["kind", "valid_to"])
    if successor_is_new:
        Agency.objects.filter(pk=new.pk).update(valid_from=since.isoformat())
    offices = list(Office.objects.filter(agency=old).order_by("pk").values_list("pk", "slug"))
    Office.objects.filter(pk__in=[key for key, _slug in offices]).update(agency=new)
    note_moved(merger=merger, kind="offices", keys=[key for key, _slug in offices])
    record(by=by, action="agencies.merge_agencies", target=merger, after=snapshot(merger))
    publish(AgencyMerged(merger.pk))
    _seen()
    return merger


def note_moved(*, merger: Merger, kind: str, keys: list[Any]) -> None:
    """Remember what a domain moved with a merger, added to what it moved before. Called inside that domain's action,
    which writes the audit row."""
    row, _new = MergerMove.objects.select_for_update().get_or_create(merger=merger, kind=kind)
    row.keys = [*row.keys, *(key for key in keys if key not in row.keys)]
    row.save(update_fields=["keys"])


@transaction.atomic
def undo_merger(*, merger: Merger, by: Actor) -> None:
    """Take back a merger recorded in error, within a day. Raises CannotUndoError."""
    row = Merger.objects.select_for_update().select_related("predecessor", "successor").get(pk=merger.pk)
    later = Merger.objects.filter(predecessor=row.successor, undone_at=None).exists()
    if row.undone_at is not None or timezone.now() - row.made_at > UNDO or later:
        raise CannotUndoError
    Succession.objects.filter(merger=row).delete()
    old = row.predecessor
    old.kind, old.valid_to = row.kind_before, ""
    old.save(update_fields=["kind", "valid_to"])
    for move in row.moves.filter(kind="offices"):
        Office.objects.filter(pk__in=move.keys, agency=row.successor).update(agency=old)
    if row.successor_is_new:  # the name stays on record, and says that it is none
        Agency.objects.filter(pk=row.successor_id).update(
            kind=AgencyKind.DISSOLVED, valid_to=today().isoformat()
        )
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    record(by=by, action="agencies.undo_merger", target=row, after={"undone_at": row.undone_at.isoformat()})
    publish(AgencyMergerUndone(row.pk))
    _seen()


@transaction.atomic
def put_imported(
    *, new: Sequence[Any], changed: Sequence[Any], before: Mapping[int, Any], fields: Sequence[str], by: Actor
) -> None:
    """Agencies or offices of a table that somebody imported: add and renew, each on record. Events come with
    `tell_imported`, after the last batch."""
    for model in {type(row) for row in [*new, *changed]}:
        model.objects.bulk_create(new)
        if changed:  # written by their key in one statement; bulk_update grows with the square of the rows
            model.objects.bulk_create(
                changed, update_conflicts=True, unique_fields=["id"], update_fields=fields
            )
        written = [(row, None, snapshot(row)) for row in new]
        written += [(row, before[row.pk], snapshot(row)) for row in changed]
        record_many(by=by, action=f"agencies.import_{model._meta.model_name}", changes=written)


@transaction.atomic
def remove_imported(*, rows: Sequence[Any], by: Actor) -> None:
    """Take back agencies or offices that an import added and to which nothing refers."""
    for model in {type(row) for row in rows}:
        gone = [(row, snapshot(row), None) for row in rows]
        record_many(by=by, action=f"agencies.remove_{model._meta.model_name}", changes=gone)
        model.objects.filter(pk__in=[row.pk for row in rows]).delete()


@transaction.atomic
def tell_imported() -> None:
    """After the last batch of an import: the search and the public pages see it."""
    _seen()
