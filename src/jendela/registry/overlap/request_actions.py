"""Every change of requests for new applications: the register answers first, Diskominfo decides, reasons are named."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.common.audit import Actor, record
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application, put_part
from jendela.registry.applications.actions.life import add_approval
from jendela.registry.applications.choices import (
    ApplicationAudience,
    ApplicationClass,
    ApplicationState,
    ApprovalStep,
    LegalKind,
    OperatorLevel,
    RecordState,
)
from jendela.registry.applications.models import Application, FunctionNode
from jendela.registry.overlap.choices import PairKind, RequestState
from jendela.registry.overlap.models import Request
from jendela.registry.overlap.register import index

WRITTEN = (
    "name", "problem", "without_app", "users", "function", "purpose", "data_needed", "why_not_existing", "integration",
    "legal_basis", "hosting", "cost_plan",
)  # fmt: skip
OPEN = (RequestState.DRAFT, RequestState.RETURNED)
MOST_FOUND = 10


class NotOpenError(Exception):
    """The request is no longer in the state that the act needs."""


class IncompleteError(Exception):
    """What is missing before it can be sent: names of fields."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = list(missing)


def check(
    *, name: str, purpose: str, agency: Agency, function: FunctionNode | None = None
) -> list[dict[str, Any]]:
    """What the register answers: likely the same, an application of the centre, and those whose confirmed function is
    the same whatever they are called (general ones first), with whom to call. Milliseconds when the index is built.
    Changes nothing."""
    matches = index().check(name, purpose, owner=agency.name, limit=MOST_FOUND)
    keys = [int(one.record.id) for one in matches if not one.national and one.record.id.isdecimal()]
    rows = {str(one.pk): one for one in Application.objects.filter(pk__in=keys).select_related("owner")}
    found = [
        {
            "slug": rows[one.record.id].slug if one.record.id in rows else "",
            "name": one.record.name,
            "owner": rows[one.record.id].owner.short_name if one.record.id in rows else one.record.owner,
            "phone": rows[one.record.id].owner.phone if one.record.id in rows else "",
            "state": rows[one.record.id].state if one.record.id in rows else "",
            "kind": str(one.kind.value),
            "national": one.national,
            "score": round(one.score, 2),
            "reasons": list(one.reasons),
        }
        for one in matches
    ]
    return (
        found if function is None else [*found, *_of_function(function, {str(one["slug"]) for one in found})]
    )


def _of_function(function: FunctionNode, but: Collection[str]) -> list[dict[str, Any]]:
    """Registered applications with this confirmed function or one below it: one query."""
    general_first = Case(When(app_class=ApplicationClass.GENERAL, then=0), default=1)
    rows = (
        Application.objects.filter(
            Q(functions__node=function) | Q(functions__node__code__startswith=f"{function.code}."),
            functions__confirmed_at__isnull=False,
            record_state=RecordState.REGISTERED,
        )
        .exclude(state=ApplicationState.DEAD)
        .exclude(slug__in=but)
        .select_related("owner")
        .order_by(general_first, "name")
        .distinct()
    )
    same = _("fungsinya sama: %(code)s %(name)s, sudah dipastikan") % {
        "code": function.code, "name": function.name,
    }  # fmt: skip
    general = _("aplikasi umum, wajib dipakai bersama")
    return [
        {
            "slug": row.slug, "name": row.name, "owner": row.owner.short_name, "phone": row.owner.phone,
            "state": row.state, "kind": PairKind.FUNCTION.value, "national": False, "score": 1.0,
            "reasons": [general, same] if row.app_class == ApplicationClass.GENERAL else [same],
        }
        for row in rows[:MOST_FOUND]
    ]  # fmt: skip


@transaction.atomic
def save_request(
    *, agency: Agency, values: Mapping[str, Any], by: Actor, request: Request | None = None
) -> Request:
    """Keep what is written so far; the register is asked again whenever name, purpose or function changed."""
    if by.user is None:
        raise ValueError("a request is made by a person")
    if request is None:
        row = Request(agency=agency, made_by_id=by.user.pk, changed_at=timezone.now())
    else:
        row = _locked(request, OPEN)
    before = (row.name, row.purpose, row.function_id)
    for name in WRITTEN:
        if name in values:
            setattr(row, name, values[name])
    row.changed_at = timezone.now()
    if row.pk is None or before != (row.name, row.purpose, row.function_id) or row.found_at is None:
        _ask_register(row)
    row.save()
    record(by=by, action="overlap.save_request", target=row, after={"name": row.name, "state": row.state})
    return row


def _ask_register(row: Request) -> None:
    row.found = check(name=row.name, purpose=row.purpose, agency=row.agency, function=row.function)
    row.found_at = timezone.now()


def missing(row: Request) -> list[str]:
    """What must be there before it is sent; why the found ones do not do only where something was found."""
    needed = [
        "name",
        "problem",
        "without_app",
        "users",
        "purpose",
        "data_needed",
        "integration",
        "legal_basis",
    ]
    if row.found:
        needed.append("why_not_existing")
    return [name for name in needed if not str(getattr(row, name)).strip()] + (
        [] if row.cost_plan else ["cost_plan"]
    )


@transaction.atomic
def send_request(*, request: Request, by: Actor) -> Request:
    """To Diskominfo; what the register answers now stands frozen beside it. Raises IncompleteError."""
    row = _locked(request, OPEN)
    if lacking := missing(row):
        raise IncompleteError(lacking)
    _ask_register(row)
    row.state, row.sent_at = RequestState.SENT, timezone.now()
    row.save()
    record(by=by, action="overlap.send_request", target=row, after={"found": len(row.found)})
    return row


@transaction.atomic
def withdraw_request(*, request: Request, by: Actor) -> None:
    row = _locked(request, (*OPEN, RequestState.SENT))
    row.state = RequestState.WITHDRAWN
    row.save(update_fields=["state"])
    record(by=by, action="overlap.withdraw_request", target=row, after={"state": row.state})


@transaction.atomic
def decide_request(
    *,
    request: Request,
    state: str,
    reasons: Sequence[str],
    answer: str,
    cited: Sequence[str],
    number: str,
    date: datetime.date,
    by: Actor,
) -> Request:
    """Approve, refuse (with at least one reason) or ask. An approval makes the application, planned, with its
    decision."""
    row = _locked(request, (RequestState.SENT,))
    if state == RequestState.REFUSED and not reasons:
        raise ValueError("a refusal names a reason")
    row.state, row.reasons, row.answer, row.cited = state, list(reasons), answer, list(cited)
    if state != RequestState.RETURNED:
        row.decided_at, row.decided_by = timezone.now(), by.name[:120]
    if state == RequestState.APPROVED:
        row.application = _planned(row, number, date, by)
    row.save()
    record(by=by, action="overlap.decide_request", target=row, after={"state": state, "reasons": row.reasons})
    return row


def _planned(row: Request, number: str, date: datetime.date, by: Actor) -> Application:
    provenance = Provenance(row.agency.short_name, source=f"Usulan aplikasi nomor {row.pk}")
    made = create_application(
        values={
            "name": row.name,
            "purpose": row.purpose,
            "function": row.function.name if row.function else "",
            "owner": row.agency,
            "operator_level": OperatorLevel.REGENCY,
            "audience": ApplicationAudience.INTERNAL,  # until the owner says whom it serves
            "state": ApplicationState.PLANNED,
            **({"hosting": row.hosting} if row.hosting else {}),
        },
        by=by,
        provenance=provenance,
    )
    common: dict[str, Any] = {"application": made, "by": by, "provenance": provenance}
    if row.function is not None:
        put_part(part="functions", values={"node": row.function, "main": True}, **common)
    if row.legal_basis.strip():
        put_part(
            part="legal_bases", values={"kind": LegalKind.OTHER, "words": row.legal_basis.strip()}, **common
        )
    values = {
        "step": ApprovalStep.ESTABLISH,
        "positive": True,
        "date": date,
        "number": number,
        "decided_by": "Diskominfo",
        "reason": row.answer,
    }
    add_approval(application=made, values=values, by=by, provenance=provenance)
    return made


def _locked(request: Request, states: Sequence[str]) -> Request:
    row = (
        Request.objects.select_for_update(of=("self",))
        .select_related("agency", "function")
        .get(pk=request.pk)
    )
    if row.state not in states:
        raise NotOpenError
    return row


def total(row: Request) -> Decimal:
    """Sum of the plan of costs, rupiah."""
    return sum((Decimal(one["amount"]) for one in row.cost_plan), Decimal())
