"""Values of applications: written with their source, kept in the history, confirmed, taken back."""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from jendela.common import content
from jendela.common.audit import Actor, record, record_many
from jendela.common.events import publish
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import Grade, RecordState
from jendela.registry.applications.events import ApplicationsChanged, ValuesChanged
from jendela.registry.applications.fields import EXTRA
from jendela.registry.applications.models import Application, Change, FormerSlug, ValueSource
from jendela.registry.applications.values import known, plain, put, search_words, value_of

RESERVED = ("baru", "lapor", "usulan", "peta", "unduh")  # words of our own addresses below /kelola/aplikasi/


@dataclass(frozen=True)
class Provenance:
    """Who says it, from where, how far it can be trusted (rules: every value has who, when, source, grade)."""

    stated_by: str
    source: str = ""
    source_url: str = ""
    source_date: str = ""  # partial date
    grade: str = Grade.STATED


class CannotUndoValuesError(Exception):
    """Something was changed again since; the message says what."""


@transaction.atomic
def set_values(
    *,
    application: Application,
    values: Mapping[str, Any],
    by: Actor,
    provenance: Provenance,
    reason: str = "",
    batch: uuid.UUID | None = None,
    undoes: uuid.UUID | None = None,
) -> list[Change]:
    """Write the values that differ (names of fields.BY_NAME, `BESIDE`, or 'extra.<key>'); each gets its source and a
    row of history. A value that is the same is confirmed. Raises KeyError for an unknown name."""
    return set_many(
        rows=[(application, values)],
        by=by,
        provenance=provenance,
        reason=reason,
        batch=batch,
        undoes=undoes,
    )


@transaction.atomic
def set_many(
    *,
    rows: Sequence[tuple[Application, Mapping[str, Any]]],
    by: Actor,
    provenance: Provenance,
    reason: str = "",
    batch: uuid.UUID | None = None,
    undoes: uuid.UUID | None = None,
) -> list[Change]:
    """`set_values` for many applications in a constant number of statements. The rows are read again and locked; the
    objects of the caller are brought up to date."""
    batch = batch or uuid.uuid4()
    now = timezone.now()
    found = Application.objects.select_for_update(of=("self",)).select_related("owner")
    fresh = {one.pk: one for one in found.filter(pk__in=[one.pk for one, _values in rows]).order_by("pk")}
    changes, same, touched = [], [], []
    for given, values in rows:
        row = fresh[given.pk]
        own = []
        for name, value in values.items():
            before = value_of(row, name)
            if before == plain(value):
                if known(name, before):
                    same.append((row.pk, name))
                continue
            put(row, name, value)
            put(given, name, value)
            if name == "url":  # the address says on the page who gave it
                said = ("", None) if undoes else (provenance.stated_by, now)
                row.url_stated_by, row.url_stated_at = given.url_stated_by, given.url_stated_at = said
            own.append(_change(row, name, before, batch, now, by, provenance, reason, undoes))
        if own:
            row.changed_at = given.changed_at = now
            changes += own
            touched.append(row)
    if touched:
        _keep_sources(changes)
        _write(touched, changes)
        Change.objects.bulk_create(changes)
        _put_sources(changes, provenance, now)
        _tell(touched, changes, batch, by)
    _confirm(same, provenance, now)
    return changes


@transaction.atomic
def confirm_values(
    *, application: Application, names: Iterable[str], by: Actor, provenance: Provenance
) -> None:
    """'Masih benar': the values stay, and say that they were confirmed and by whom."""
    row = Application.objects.select_for_update().get(pk=application.pk)
    fields = [name for name in names if known(name, value_of(row, name))]
    _confirm([(row.pk, name) for name in fields], provenance, timezone.now())
    record(by=by, action="applications.confirm_values", target=application, after={"fields": fields})


@transaction.atomic
def create_application(
    *,
    values: Mapping[str, Any],
    by: Actor,
    provenance: Provenance,
    reported_by: str = "",
    slug: str = "",
    batch: uuid.UUID | None = None,
) -> Application:
    """A new record; `values` must hold name, owner, operator_level, audience, state. With `reported_by` it is a
    concept until its owner takes it over."""
    return create_many(
        rows=[values], by=by, provenance=provenance, reported_by=reported_by, slugs=[slug], batch=batch
    )[0]


@transaction.atomic
def create_many(
    *,
    rows: Sequence[Mapping[str, Any]],
    by: Actor,
    provenance: Provenance,
    reported_by: str = "",
    slugs: Sequence[str] = (),
    batch: uuid.UUID | None = None,
) -> list[Application]:
    """`create_application` for many, in a constant number of statements."""
    batch, now = batch or uuid.uuid4(), timezone.now()
    wanted = [
        (slugs[i] if i < len(slugs) else "") or slug_for(str(values["name"])) for i, values in enumerate(rows)
    ]
    made, changes = [], []
    for values, slug in zip(rows, free_slugs(wanted), strict=True):
        row = Application(slug=slug, reported_by=reported_by, evidence=values.get("evidence", "belum"))
        row.record_state = RecordState.CONCEPT if reported_by else RecordState.REGISTERED
        for name, value in values.items():
            put(row, name, value)
        row.changed_at, row.search_text = now, search_words(row)
        made.append(row)
    Application.objects.bulk_create(made)
    for row, values in zip(made, rows, strict=True):
        said = [name for name in values if known(name, value_of(row, name))]
        changes += [_change(row, name, None, batch, now, by, provenance, "", None) for name in said]
    Change.objects.bulk_create(changes, batch_size=2000)
    _put_sources(changes, provenance, now)
    record_many(
        by=by,
        action="applications.create_application",
        changes=[(row, None, {"name": row.name, "owner": row.owner_id}) for row in made],
    )
    _published(batch)
    return made


def _change(  # noqa: PLR0917  called in two places, one after another
    row: Application,
    name: str,
    before: Any,
    batch: uuid.UUID,
    now: datetime.datetime,
    by: Actor,
    provenance: Provenance,
    reason: str,
    undoes: uuid.UUID | None,
) -> Change:
    return Change(
        application=row,
        field=name,
        before=before,
        after=value_of(row, name),
        batch=batch,
        undoes=undoes,
        stated_by=provenance.stated_by,
        by_id=by.user.pk if by.user else None,
        at=now,
        source=provenance.source,
        source_url=provenance.source_url,
        grade=provenance.grade,
        reason=reason,
    )


def _write(rows: Sequence[Application], changes: Sequence[Change]) -> None:
    """Only the columns that some row changed; a changed address keeps who gave it."""
    owners = {one.pk: one for one in Agency.objects.filter(pk__in={row.owner_id for row in rows})}
    for row in rows:
        row.owner = owners[row.owner_id]
        row.search_text = search_words(row)
    columns = {"extra" if one.field.startswith(EXTRA) else one.field for one in changes}
    if "url" in columns:
        columns |= {"url_stated_by", "url_stated_at"}
    Application.objects.bulk_update(rows, [*sorted(columns), "search_text", "changed_at"], batch_size=500)


def _keep_sources(changes: Sequence[Change]) -> None:
    """Remember on each change the source that stood before it."""
    keys = {(one.application_id, one.field) for one in changes}
    standing = ValueSource.objects.filter(
        application__in={key for key, _name in keys}, field__in={name for _key, name in keys}
    )
    before = {
        (one.application_id, one.field): {
            "stated_by": one.stated_by,
            "stated_at": one.stated_at.isoformat(),
            "source": one.source,
            "source_url": one.source_url,
            "source_date": one.source_date,
            "grade": one.grade,
        }
        for one in standing
    }
    for change in changes:
        change.source_before = before.get((change.application_id, change.field))


def _put_sources(changes: Sequence[Change], provenance: Provenance, now: datetime.datetime) -> None:
    ValueSource.objects.bulk_create(
        [
            ValueSource(
                application_id=one.application_id,
                field=one.field,
                stated_by=provenance.stated_by,
                stated_at=now,
                source=provenance.source,
                source_url=provenance.source_url,
                source_date=provenance.source_date,
                grade=provenance.grade,
            )
            for one in changes
        ],
        update_conflicts=True,
        unique_fields=["application", "field"],
        update_fields=[
            "stated_by", "stated_at", "source", "source_url", "source_date", "grade", "disputed", "confirmed_at",
            "confirmed_by",
        ],
        batch_size=1000,
    )  # fmt: skip


def put_sources_back(done: Sequence[Change]) -> None:
    """The sources that stood before these changes stand again: three statements."""
    before = {(one.application_id, one.field): one.source_before for one in done}
    standing = ValueSource.objects.filter(
        application__in={key for key, _name in before}, field__in={name for _key, name in before}
    )
    own = [one for one in standing if (one.application_id, one.field) in before]
    going, again = [], []
    for one in own:
        said = before[one.application_id, one.field]
        if said is None:
            going.append(one.pk)
            continue
        for name, value in said.items():
            setattr(one, name, datetime.datetime.fromisoformat(value) if name == "stated_at" else value)
        again.append(one)
    ValueSource.objects.filter(pk__in=going).delete()
    columns = ["stated_by", "stated_at", "source", "source_url", "source_date", "grade"]
    ValueSource.objects.bulk_update(again, columns, batch_size=500)


def _confirm(keys: Sequence[tuple[int, str]], provenance: Provenance, now: datetime.datetime) -> None:
    """A value said again is confirmed; one that nobody had said gets its first source."""
    if not keys:
        return
    ids, names = {pk for pk, _name in keys}, {name for _pk, name in keys}
    rows = ValueSource.objects.filter(application__in=ids, field__in=names)
    wanted = set(keys)
    there = {(one.application_id, one.field): one for one in rows}
    again = [there[key] for key in wanted if key in there]
    for one in again:
        one.confirmed_at, one.confirmed_by = now, provenance.stated_by
    ValueSource.objects.bulk_update(again, ["confirmed_at", "confirmed_by"], batch_size=1000)
    _first_sources([key for key in keys if key not in there], provenance, now)


def _first_sources(keys: Sequence[tuple[int, str]], provenance: Provenance, now: datetime.datetime) -> None:
    ValueSource.objects.bulk_create(
        [
            ValueSource(
                application_id=pk,
                field=name,
                stated_by=provenance.stated_by,
                stated_at=now,
                source=provenance.source,
                source_url=provenance.source_url,
                source_date=provenance.source_date,
                grade=provenance.grade,
            )
            for pk, name in dict.fromkeys(keys)
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )


def _tell(rows: Sequence[Application], changes: Sequence[Change], batch: uuid.UUID, by: Actor) -> None:
    before: dict[int, dict[str, Any]] = {row.pk: {} for row in rows}
    after: dict[int, dict[str, Any]] = {row.pk: {} for row in rows}
    for one in changes:
        before[one.application_id][one.field] = one.before
        after[one.application_id][one.field] = one.after
    record_many(
        by=by,
        action="applications.set_values",
        changes=[(row, before[row.pk], after[row.pk]) for row in rows],
    )
    _published(batch)


def _published(batch: uuid.UUID) -> None:
    publish(ApplicationsChanged())
    publish(ValuesChanged(batch=str(batch)))
    content.changed()


def slug_for(name: str) -> str:
    """The address that a name gives, free or not."""
    slug = slugify(name.replace("/", " "))[:110] or "aplikasi"
    return f"aplikasi-{slug}" if slug in RESERVED else slug


def free_slugs(wanted: Sequence[str], promised: Iterable[str] = ()) -> list[str]:
    """Slugs that nobody has, had, or gets in the same act (`promised` are gone already): two statements."""
    bases = set(wanted)
    taken = set(promised)
    for base in (
        Application.objects.values_list("slug", flat=True),
        FormerSlug.objects.values_list("slug", flat=True),
    ):
        taken.update(base.filter(slug__in=bases))
    found = []
    for base_slug in wanted:
        slug, number = base_slug, 1
        while slug in taken:
            number += 1
            slug = f"{base_slug}-{number}"
            if number == 2:  # only now ask for its family
                family = f"{base_slug}-"
                taken.update(
                    Application.objects.filter(slug__startswith=family).values_list("slug", flat=True)
                )
        taken.add(slug)
        found.append(slug)
    return found
