"""Every change of answering letters: templates made, changed and retired; letters made."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify

from jendela.common.audit import Actor, record, snapshot
from jendela.common.dates import today
from jendela.people.agencies.models import Agency
from jendela.registry.letters import reads
from jendela.registry.letters.columns import COLUMNS
from jendela.registry.letters.models import LetterIssue, LetterTemplate

PARTS = ("name", "asker", "kind", "to", "to_place", "subject", "opening", "closing", "columns", "citation")


class UnknownColumnError(Exception):
    """A column asks for what the register does not have."""


@dataclass(frozen=True)
class Asked:
    """The letter that asked, as far as known, and the number of the answer."""

    number: str = ""
    date: datetime.date | None = None
    subject: str = ""
    own_number: str = ""
    to: str = ""
    to_place: str = ""


@transaction.atomic
def make_template(
    *, values: Mapping[str, Any], by: Actor, slug: str = "", position: int = 100
) -> LetterTemplate:
    """A form of an asker, with its columns in the asked order. Raises UnknownColumnError."""
    given = _checked(values)
    row = LetterTemplate.objects.create(
        slug=slug or _free_slug(given["name"]), position=position, made_by=by.name[:120], **given
    )
    record(by=by, action="letters.make_template", target=row, after=snapshot(row))
    return row


@transaction.atomic
def change_template(*, template: LetterTemplate, values: Mapping[str, Any], by: Actor) -> LetterTemplate:
    """Letters that were made stay as they are. Raises UnknownColumnError."""
    row = LetterTemplate.objects.select_for_update().get(pk=template.pk)
    before = snapshot(row)
    for name, value in _checked(values).items():
        setattr(row, name, value)
    after = snapshot(row)
    if after != before:
        row.save()
        record(by=by, action="letters.change_template", target=row, before=before, after=after)
    return row


@transaction.atomic
def retire_template(*, template: LetterTemplate, by: Actor, back: bool = False) -> None:
    """It is offered no more (or again); its letters stay."""
    row = LetterTemplate.objects.select_for_update().get(pk=template.pk)
    row.retired_at = None if back else timezone.now()
    row.save(update_fields=["retired_at"])
    action = "letters.restore_template" if back else "letters.retire_template"
    record(by=by, action=action, target=row)


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: values[name] for name in PARTS if name in values}
    if any(one["key"] not in COLUMNS for one in given.get("columns", [])):
        raise UnknownColumnError
    return given


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or "surat"
    slug, number = base, 2
    while LetterTemplate.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def issue_letter(
    *,
    template: LetterTemplate,
    agency: Agency | None,
    visible: Collection[str],
    by: Actor,
    asked: Asked | None = None,
    bundle: int | None = None,
    simulated: bool = False,
) -> LetterIssue:
    """Make the answer of today: the annex is frozen with it. `visible` are the visibilities of fields that its maker
    sees; `agency` None is the whole register."""
    given = asked or Asked()
    keys = [one["key"] for one in template.columns]
    with translation.override("id"):  # a letter is Indonesian, whatever language the page has
        sheet = reads.annex(keys, agency_id=agency.pk if agency else None, visible=visible)
    row = LetterIssue.objects.create(
        template=template,
        agency=agency,
        kind=template.kind,
        asker=template.asker,
        to=given.to or template.to,
        to_place=given.to_place or template.to_place,
        subject=template.subject,
        opening=template.opening,
        closing=template.closing,
        number=given.own_number,
        date=today(),
        asked_number=given.number,
        asked_date=given.date,
        asked_subject=given.subject,
        headings=headings_of(template.columns),
        rows=sheet.rows,
        applications=len(sheet.rows),
        owner_only=sheet.owner_only,
        simulated=simulated or settings.DEMO,
        bundle=bundle,
        user_id=by.user.pk if by.user is not None else None,
        made_by=by.name[:120],
        made_at=timezone.now(),
    )
    after = {"template": template.slug, "agency": agency.slug if agency else "", "rows": len(sheet.rows)}
    record(by=by, action="letters.issue_letter", target=row, after=after)
    return row


def headings_of(columns: Sequence[Mapping[str, str]]) -> list[str]:
    with translation.override("id"):
        return [one["heading"] or str(COLUMNS[one["key"]].label) for one in columns]
