"""Publishing: interim versions by the agency, decreed standards, and taking back what was published in error."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.common import content as public_content
from jendela.common.audit import SYSTEM, Actor, record
from jendela.common.dates import today
from jendela.common.events import publish
from jendela.services.catalogue.actions.corrections import write_correction
from jendela.services.catalogue.actions.pieces import sync_first, write_other_parts, write_version
from jendela.services.catalogue.actions.promises import withdraw_targets
from jendela.services.catalogue.actions.refusals import (
    CannotWithdraw,
    GateIsShut,
    PartIsWrong,
    StandardIsDecreed,
)
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.events import CatalogueChanged
from jendela.services.catalogue.models import InterimTarget, Publication, Service, Standard, StandardComponent
from jendela.services.catalogue.reads import standards as reads
from jendela.services.catalogue.reads.content import Content, check, clean, content_of, public_standard
from jendela.services.catalogue.reads.parts import BY_KEY, COMPONENTS, STANDARD_PARTS
from jendela.services.catalogue.reads.standards import Minutes
from jendela.services.catalogue.reads.values import parse_time


@transaction.atomic
def publish_interim(*, service: Service, changes: Content, by: Actor, agency_name: str) -> Publication | None:
    """Make these parts public at once. A change of components or of the complaint officer makes a new interim version.
    Returns what was published, or None when nothing differs from what is public. Raises PartIsWrong, and
    StandardIsDecreed for components of a decreed standard."""
    service = _locked(service)
    changes = _checked(changes)
    old = public_standard(service)
    now = content_of(service, old)
    changes = _with_product({part: value for part, value in changes.items() if value != now[part]}, now)
    if not changes:
        return None
    decreed = old is not None and old.state == StandardState.IN_FORCE
    if decreed and any(part in COMPONENTS for part in changes):
        raise StandardIsDecreed
    before = {part: now[part] for part in changes}
    publication = _publication(service, changes, before, by, agency_name)
    publication.previous = old
    publication.applied_at = publication.published_at
    if old is not None and decreed and "complaint" in changes:
        _change_officer(old, changes["complaint"])
    elif any(part in STANDARD_PARTS for part in changes):
        publication.standard = _new_interim(service, old, now | changes, publication)
    publication.save()
    write_other_parts(service, changes)
    _take_over(service, publication.published_at)
    if "A3" in changes and parse_time(changes["A3"]):
        withdraw_targets(service, at=publication.published_at, why=_("Lamanya sudah tercatat."), by=by)
    write_correction(service, "updated", agency_name, list(changes))
    after = {
        "parts": list(changes),
        "version": publication.standard.version if publication.standard else None,
    }
    record(by=by, action="catalogue.publish_interim", target=service, before=before, after=after)
    _tell()
    return publication


def _locked(service: Service) -> Service:
    """One publication of a service at a time: the second waits and then sees what the first has made public."""
    return Service.objects.select_for_update(of=("self",)).select_related("owner").get(pk=service.pk)


def _checked(changes: Content) -> Content:
    unknown = set(changes) - set(BY_KEY)
    if unknown:
        raise ValueError(f"no such part: {sorted(unknown)}")
    cleaned = {part: clean(part, changes[part]) for part in BY_KEY if part in changes}
    errors = {part: found for part, value in cleaned.items() if (found := check(part, value))}
    if errors:
        raise PartIsWrong(errors)
    return cleaned


def _with_product(changes: Content, now: Content) -> Content:
    """What the page calls the result follows component A5 where it has said the same so far."""
    if "A5" not in changes or "texts" in changes or now["texts"]["product"] not in ("", now["A5"]):
        return changes
    product = changes["A5"]
    if len(product) > 300 or product == now["texts"]["product"]:
        return changes
    return changes | {"texts": now["texts"] | {"product": " ".join(product.split())}}


def _publication(
    service: Service, changes: Content, before: Content, by: Actor, agency_name: str
) -> Publication:
    return Publication(
        service=service,
        changes=changes,
        before=before,
        stated_by=agency_name[:200],
        published_by_id=by.user.pk if by.user is not None else None,
        published_at=timezone.now(),
    )


def _next_version(service: Service) -> int:
    newest = Standard.objects.filter(service=service).aggregate(newest=Max("version"))["newest"]
    return (newest or 0) + 1


def _new_interim(service: Service, old: Standard | None, content: Content, made_by: Publication) -> Standard:
    if old is not None:
        _supersede(old, today())
    standard = Standard(
        service=service,
        version=_next_version(service),
        state=StandardState.INTERIM,
        complaint_officer=content["complaint"]["officer"],
        complaint_channel=content["complaint"]["channel"],
        valid_from=today(),
        stated_by=made_by.stated_by,
        published_at=made_by.published_at,
        published_by_id=made_by.published_by_id,
    )
    write_version(standard, content, {*_written(old), *made_by.changes})
    sync_first(standard)
    return standard


def _written(standard: Standard | None) -> list[str]:
    """Components that the agency wrote itself in this version."""
    rows = StandardComponent.objects.filter(standard=standard, by_agency=True)
    return list(rows.values_list("type_id", flat=True))


def _supersede(old: Standard, day: datetime.date) -> None:
    old.state = StandardState.SUPERSEDED
    old.valid_to = max(day, old.valid_from or day)
    old.save(update_fields=["state", "valid_to"])


def _change_officer(standard: Standard, value: dict[str, str]) -> None:
    """Officers change without a new decree, but a decreed standard always names one (UU 25/2009 art. 36)."""
    if not all(value.values()):
        raise PartIsWrong({"complaint": [_("Standar berlaku selalu menyebut petugas dan sarana pengaduan.")]})
    standard.complaint_officer, standard.complaint_channel = value["officer"], value["channel"]
    standard.save(update_fields=["complaint_officer", "complaint_channel"])


def _take_over(service: Service, at: datetime.datetime) -> None:
    if service.taken_over_at is None:
        service.taken_over_at = at
        service.save(update_fields=["taken_over_at"])


def _tell() -> None:
    publish(CatalogueChanged())
    public_content.changed()


@transaction.atomic
def decree(
    *,
    service: Service,
    content: Content,
    decree_number: str,
    decree_date: datetime.date | None,
    signed_by: str,
    valid_from: datetime.date | None,
    complaint_officer: str,
    complaint_channel: str,
    minutes: Minutes | None,
    by: Actor,
    agency_name: str = "",
) -> Standard:
    """Record the SK that makes this content the standard. In force at once, or on its day when that is to come. Parts
    that are not in `content` stay as they are public. Raises GateIsShut and PartIsWrong."""
    service = _locked(service)
    now = content_of(service)
    given = {part: value for part, value in _checked(content).items() if part != "complaint"}
    whole = (
        now
        | given
        | {"complaint": {"officer": complaint_officer.strip(), "channel": complaint_channel.strip()}}
    )
    missing = reads.gate(
        whole,
        decree_number=decree_number,
        decree_date=decree_date,
        signed_by=signed_by,
        valid_from=valid_from,
        complaint_officer=complaint_officer,
        complaint_channel=complaint_channel,
        minutes=minutes,
    )
    if missing or minutes is None or valid_from is None:
        raise GateIsShut(missing)
    if errors := check("complaint", whole["complaint"]):
        raise PartIsWrong({"complaint": errors})
    changes = {part: value for part, value in whole.items() if value != now[part]}
    publication = _publication(
        service, _with_product(changes, now), {}, by, agency_name or service.owner.name
    )
    standard = _decreed(publication, minutes, valid_from, whole["complaint"])
    standard.decree_number, standard.decree_date = " ".join(decree_number.split()), decree_date
    standard.signed_by = " ".join(signed_by.split())
    write_version(standard, whole, COMPONENTS)
    publication.standard = standard
    publication.save()
    _take_over(service, publication.published_at)
    write_correction(service, "decreed", publication.stated_by, [], standard)
    record(by=by, action="catalogue.decree", target=service, after=reads.values_of(standard))
    if valid_from <= today():
        _put_in_force(service, standard, publication, by)
    else:
        _tell()
    return standard


def _decreed(
    made_by: Publication, minutes: Minutes, valid_from: datetime.date, complaint: dict[str, str]
) -> Standard:
    """The next version, decreed, without its SK; the rule of review is the one of its first day."""
    rule = reads.review_rule(valid_from)
    return Standard(
        service=made_by.service,
        version=_next_version(made_by.service),
        state=StandardState.DECREED,
        complaint_officer=complaint["officer"],
        complaint_channel=complaint["channel"],
        valid_from=valid_from,
        review_due=_years_later(valid_from, rule.years) if rule else None,
        consulted_on=minutes.consulted_on,
        consultation_note=minutes.note.strip(),
        consultation_participants=minutes.participants.strip(),
        stated_by=made_by.stated_by,
        published_at=made_by.published_at,
        published_by_id=made_by.published_by_id,
    )


def _years_later(date: datetime.date, years: int) -> datetime.date:
    try:
        return date.replace(year=date.year + years)
    except ValueError:  # 29 February
        return date.replace(year=date.year + years, day=28)


def _put_in_force(service: Service, standard: Standard, publication: Publication | None, by: Actor) -> None:
    old = public_standard(service)
    at = timezone.now()
    now = content_of(service, old)
    if old is not None:
        _supersede(old, standard.valid_from or today())
    standard.state = StandardState.IN_FORCE
    standard.save(update_fields=["state"])
    if publication is not None:
        publication.before = {part: now[part] for part in publication.changes}
        publication.previous = old
        publication.applied_at = at
        publication.save(update_fields=["before", "previous", "applied_at"])
        write_other_parts(service, publication.changes)
    sync_first(standard)
    withdraw_targets(service, at=at, why=_("Lamanya sudah ditetapkan dengan SK."), by=by)
    record(by=by, action="catalogue.put_in_force", target=service, after=reads.values_of(standard))
    _tell()


def put_in_force(*, by: Actor = SYSTEM) -> int:
    """Bring every decreed standard in force whose day has come, each in its own transaction; returns how many."""
    due = Standard.objects.filter(state=StandardState.DECREED, valid_from__lte=today())
    done = 0
    for key, service in due.order_by("valid_from", "version").values_list("pk", "service"):
        with transaction.atomic():
            owner = _locked(Service(pk=service))
            standard = Standard.objects.filter(pk=key, state=StandardState.DECREED).first()
            if standard is not None:
                publication = Publication.objects.filter(standard=standard, withdrawn_at__isnull=True).first()
                _put_in_force(owner, standard, publication, by)
                done += 1
    return done


@transaction.atomic
def withdraw(*, publication: Publication, by: Actor, why: str = "") -> Publication:
    """Take back what was published in error: the version before is public again, and the parts without versions get
    their former values. What was public for a while stays on record. Raises CannotWithdraw."""
    service = _locked(publication.service)
    last = reads.undoable(service)
    if last is None or last.pk != publication.pk:
        raise CannotWithdraw
    at = timezone.now()
    if last.standard is not None:
        _withdraw_version(last.standard, last.previous if last.applied_at is not None else None)
    elif last.previous is not None and "complaint" in last.before:
        _change_officer(last.previous, last.before["complaint"])
    if last.applied_at is not None:
        write_other_parts(service, last.before)
        taken_back = InterimTarget.objects.filter(service=service, withdrawn_at=last.applied_at)
        taken_back.update(withdrawn_at=None, withdrawn_why="")
    last.withdrawn_at, last.withdrawn_why = at, " ".join(why.split())[:300]
    last.save(update_fields=["withdrawn_at", "withdrawn_why"])
    if not Publication.objects.filter(service=service, withdrawn_at__isnull=True).exists():
        service.taken_over_at = None
        service.save(update_fields=["taken_over_at"])
    write_correction(service, "withdrawn", last.stated_by, list(last.changes), last.standard)
    record(by=by, action="catalogue.withdraw", target=service, after=_withdrawn_values(last))
    _tell()
    return last


def _withdrawn_values(publication: Publication) -> dict[str, Any]:
    version = publication.standard.version if publication.standard else None
    return {"publication": publication.pk, "version": version, "parts": list(publication.changes)}


def _withdraw_version(standard: Standard, previous: Standard | None) -> None:
    standard.state = StandardState.WITHDRAWN
    standard.valid_to = max(today(), standard.valid_from or today())
    standard.save(update_fields=["state", "valid_to"])
    if previous is not None:
        previous.state = StandardState.IN_FORCE if previous.decree_number else StandardState.INTERIM
        previous.valid_to = None
        previous.save(update_fields=["state", "valid_to"])
        sync_first(previous)
