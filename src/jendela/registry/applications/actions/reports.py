"""Applications that are on no list yet: reported, given an owner, taken over by it, handed on, or no application."""

import uuid

from django.db import transaction
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions.imported import remove_imported, used_elsewhere
from jendela.registry.applications.actions.values import Provenance, create_application, set_values
from jendela.registry.applications.choices import (
    ApplicationAudience,
    ApplicationState,
    Grade,
    OperatorLevel,
    RecordState,
    ReportOrigin,
    ReportState,
)
from jendela.registry.applications.models import Application, ApplicationReport
from jendela.registry.applications.reads.reports import DECISION, UNDO_WITHIN

SOURCE = "Laporan aplikasi"  # of what a reporter says, in the history
LEVELS = {
    "kabupaten": OperatorLevel.REGENCY,
    "provinsi": OperatorLevel.PROVINCE,
    "pusat": OperatorLevel.CENTRE,
}


class ReportClosedError(Exception):
    """It was decided already, or can no longer be taken back."""


@transaction.atomic
def report_application(
    *,
    name: str,
    said_by: str,
    origin: str,
    by: Actor,
    purpose: str = "",
    url: str = "",
    note: str = "",
    owner: Agency | None = None,
) -> ApplicationReport:
    """Keep a report. One of an official that names an owner becomes a concept at once; others wait for Diskominfo."""
    row = ApplicationReport.objects.create(
        name=name,
        purpose=purpose,
        url=url,
        note=note,
        owner=owner,
        origin=origin,
        said_by=said_by,
        by_id=by.user.pk if by.user else None,
        state=ReportState.WAITING,
    )
    record(
        by=by, action="applications.report_application", target=row, after={"name": name, "origin": origin}
    )
    if owner is not None and origin == ReportOrigin.STAFF:
        _place(row, owner, by, said_by)
    return row


@transaction.atomic
def place_report(*, report: ApplicationReport, owner: Agency, by: Actor, stated_by: str) -> Application:
    """Diskominfo gives a report its owner: a concept for that owner to take over. Raises ReportClosedError."""
    row = _waiting(report)
    return _place(row, owner, by, stated_by)


def _place(row: ApplicationReport, owner: Agency, by: Actor, decided_by: str) -> Application:
    values = {
        "name": row.name,
        "owner": owner,
        "purpose": row.purpose,
        "url": row.url if row.url.startswith(("http://", "https://")) else "",
        "operator_level": LEVELS.get(owner.level, OperatorLevel.OTHER),
        "audience": ApplicationAudience.PUBLIC
        if row.origin == ReportOrigin.PUBLIC
        else ApplicationAudience.INTERNAL,
        "state": ApplicationState.UNKNOWN,
        "note": row.note,
    }
    made = create_application(
        values={name: value for name, value in values.items() if value},
        by=by,
        provenance=Provenance(row.said_by, SOURCE, grade=Grade.TOLD),
        reported_by=row.said_by,
    )
    row.application, row.owner = made, owner
    _decide(row, ReportState.PLACED, decided_by, "", by)
    return made


@transaction.atomic
def close_report(
    *,
    report: ApplicationReport,
    state: str,
    by: Actor,
    stated_by: str,
    application: Application | None = None,
    reason: str = "",
) -> None:
    """Not to be recorded: it is on the list already (`application`), or is no application. Raises
    ReportClosedError."""
    row = _waiting(report)
    row.application = application
    _decide(row, state, stated_by, reason, by)


def _decide(row: ApplicationReport, state: str, decided_by: str, reason: str, by: Actor) -> None:
    row.state, row.decided_by, row.decided_at, row.reason = (
        state,
        decided_by[:200],
        timezone.now(),
        reason[:300],
    )
    row.save()
    after = {"state": state, "application": row.application_id, "reason": reason}
    record(by=by, action="applications.decide_report", target=row, after=after)


@transaction.atomic
def reopen_report(*, report: ApplicationReport, by: Actor) -> None:
    """Take a decision back within a day: the report waits again, a concept that it became goes. Raises
    ReportClosedError when it is too late or the concept has been worked on."""
    row = ApplicationReport.objects.select_for_update().get(pk=report.pk)
    if (
        row.state == ReportState.WAITING
        or row.decided_at is None
        or row.decided_at < timezone.now() - UNDO_WITHIN
    ):
        raise ReportClosedError
    before = {"state": row.state, "application": row.application_id}
    made = row.application if row.state == ReportState.PLACED else None
    row.application, row.state, row.decided_by, row.decided_at, row.reason = (
        None,
        ReportState.WAITING,
        "",
        None,
        "",
    )
    row.save()
    if made is not None:
        first = made.changes.order_by("pk").values_list("batch", flat=True).first()
        if made.record_state != RecordState.CONCEPT or used_elsewhere([made], first or uuid.uuid4()):
            raise ReportClosedError
        remove_imported(rows=[made], by=by)
    record(by=by, action="applications.reopen_report", target=row, before=before, after={"state": row.state})


def _waiting(report: ApplicationReport) -> ApplicationReport:
    row = (
        ApplicationReport.objects.select_for_update().filter(pk=report.pk, state=ReportState.WAITING).first()
    )
    if row is None:
        raise ReportClosedError
    return row


def _concept(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("owner")
    row = rows.filter(pk=application.pk, record_state=RecordState.CONCEPT).first()
    if row is None:
        raise ReportClosedError
    return row


@transaction.atomic
def take_over(*, application: Application, by: Actor, stated_by: str) -> uuid.UUID:
    """Its owner says that a concept is its own: it is registered. Returns the batch. Raises ReportClosedError."""
    return _move(application, {"record_state": RecordState.REGISTERED}, by, stated_by, "")


@transaction.atomic
def hand_on(
    *, application: Application, owner: Agency, by: Actor, stated_by: str, reason: str = ""
) -> uuid.UUID:
    """'Bukan milik kami': another agency is asked instead. Returns the batch. Raises ReportClosedError."""
    return _move(application, {"owner": owner}, by, stated_by, reason)


@transaction.atomic
def refuse_concept(*, application: Application, by: Actor, stated_by: str, reason: str) -> uuid.UUID:
    """'Bukan aplikasi': the record is closed and kept. Returns the batch. Raises ReportClosedError."""
    return _move(application, {"record_state": RecordState.REFUSED}, by, stated_by, reason)


def _move(
    application: Application, values: dict[str, object], by: Actor, stated_by: str, reason: str
) -> uuid.UUID:
    row, batch = _concept(application), uuid.uuid4()
    provenance = Provenance(stated_by, DECISION)
    set_values(application=row, values=values, by=by, provenance=provenance, reason=reason[:300], batch=batch)
    content.changed()
    return batch
