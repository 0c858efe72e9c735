"""The board of a round: one row an agency, in a constant number of queries for any number of agencies and
applications."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When
from django.utils.translation import gettext as _

from jendela.common.dates import today
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.fields import MANDATORY
from jendela.registry.applications.models import Application
from jendela.registry.campaigns.choices import BundleState, Channel, ItemState, MessageState
from jendela.registry.campaigns.days import days_late
from jendela.registry.campaigns.models import Attestation, Bundle, Message, Reminder, Round

WAITS, SENT, BACK, DONE = "belum", "dikirim", "dikembalikan", "diterima"
SWORN, SILENT, ASKS, BOUNCED = "dinyatakan", "diam", "bertanya", "tidak_sampai"
NOT_ME = "ditolak"
NARROWS = (WAITS, SENT, BACK, DONE, SWORN, SILENT, ASKS, BOUNCED, NOT_ME)


@dataclass
class Row:
    """One agency in a round."""

    agency: Agency
    bundles: list[Bundle] = field(default_factory=list)
    items: int = 0
    answered: int = 0  # items that were sent
    approved: int = 0
    late: int = 0  # working days
    known: int = 0  # mandatory facts known, of `facts`
    facts: int = 0
    seal: Attestation | None = None
    questions: int = 0  # to Kominfo, open
    refused: int = 0  # letters that did not arrive
    last_call: Reminder | None = None

    @property
    def state(self) -> str:
        states = {one.state for one in self.bundles}
        if BundleState.RETURNED in states:
            return BACK
        if states & {BundleState.ASKED, BundleState.WORKING}:
            return WAITS
        return SENT if BundleState.SUBMITTED in states else DONE

    @property
    def due_on(self) -> datetime.date:
        """The first deadline of what has no answer yet; of an agency that owes nothing, the last one it had."""
        owed = [one.deadline for one in self.bundles if not one.is_answered]
        return min(owed) if owed else max(one.deadline for one in self.bundles)

    @property
    def silent_since(self) -> datetime.date | None:
        return min((one.silent_since for one in self.bundles if one.silent_since), default=None)

    @property
    def needs_holder(self) -> bool:
        return any(one.needs_holder for one in self.bundles)

    @property
    def opened(self) -> bool:
        return any(one.opened_at or one.state != BundleState.ASKED for one in self.bundles)

    @property
    def percent(self) -> int | None:
        """Mandatory facts known, in percent; None for an agency without applications."""
        return self.known * 100 // self.facts if self.facts else None

    @property
    def words(self) -> str:
        if self.state == BACK:
            late = _("dikembalikan, perlu dilengkapi (lewat %(n)s hari kerja)") % {"n": self.late}
            return late if self.late else _("dikembalikan, perlu dilengkapi")
        if self.state == SENT:
            return _("sudah dikirim, menunggu diperiksa")
        if self.state == DONE:
            return _("sudah diterima")
        if self.late:
            return _("belum menjawab (%(n)s hari kerja)") % {"n": self.late}
        return _("sedang diisi") if self.opened else _("belum dibuka")

    def fits(self, narrow: str) -> bool:
        tests = {
            SWORN: self.seal is not None,
            SILENT: self.silent_since is not None,
            ASKS: self.questions > 0,
            BOUNCED: self.refused > 0,
            NOT_ME: self.needs_holder,
        }
        return not narrow or tests.get(narrow, self.state == narrow)


@dataclass
class Sums:
    asked: int = 0
    answered: int = 0
    approved: int = 0
    sworn: int = 0
    items: int = 0
    items_answered: int = 0


@dataclass
class Board:
    round: Round
    rows: list[Row]
    sums: Sums


def board(round_: Round, *, narrow: str = "", text: str = "") -> Board:
    """All agencies of a round, those that need help first: seven queries."""
    rows: dict[int, Row] = {}
    bundles = Bundle.objects.filter(round=round_).exclude(state=BundleState.WITHDRAWN)
    agency_of = {}
    for bundle in bundles.select_related("agency").order_by("pk"):
        bundle.round = round_
        rows.setdefault(bundle.agency_id, Row(bundle.agency)).bundles.append(bundle)
        agency_of[bundle.pk] = bundle.agency_id
    _count_items(rows, round_)
    _count_facts(rows)
    for seal in Attestation.objects.filter(agency__in=list(rows), broken_at__isnull=True):
        rows[seal.agency_id].seal = seal
    asks = Message.objects.filter(bundle__round=round_, from_kominfo=False, answered_at__isnull=True)
    for key, number in asks.order_by().values_list("bundle").annotate(number=Count("pk")):
        if key in agency_of:
            rows[agency_of[key]].questions += number
    _note_messages(rows, agency_of, round_)
    late = {due_on: days_late(due_on, today()) for due_on in {one.due_on for one in rows.values()}}
    for row in rows.values():
        row.late = late[row.due_on] if row.state in {WAITS, BACK} else 0
    found = sorted(rows.values(), key=_urgency)
    words = text.casefold().split()
    shown = [
        one
        for one in found
        if one.fits(narrow)
        and all(word in f"{one.agency.short_name} {one.agency.name}".casefold() for word in words)
    ]
    return Board(round_, shown, _sums(found))


def _urgency(row: Row) -> tuple[int, int, str]:
    order = {WAITS: 0, BACK: 1, SENT: 2, DONE: 3}
    return (0 if row.silent_since or row.needs_holder else 1, order[row.state], row.agency.short_name)


def _count_items(rows: dict[int, Row], round_: Round) -> None:
    counts = (
        round_.items.exclude(state=ItemState.WITHDRAWN)
        .exclude(bundle__state=BundleState.WITHDRAWN)
        .order_by()
        .values_list("bundle__agency", "state")
        .annotate(number=Count("pk"))
    )
    for agency, state, number in counts:
        row = rows[agency]
        row.items += number
        if state in {ItemState.SUBMITTED, ItemState.APPROVED}:
            row.answered += number
        if state == ItemState.APPROVED:
            row.approved += number


def _count_facts(rows: dict[int, Row]) -> None:
    """Mandatory facts known over the registered applications of each agency: one statement over all of them."""
    known = {
        f"k_{name}": Sum(
            Case(
                When(Q(**{f"{name}__in": ["", "tidak_diketahui"]}), then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            )
        )
        for name in MANDATORY
    }
    found = Application.objects.filter(owner__in=list(rows), record_state=RecordState.REGISTERED)
    for one in found.order_by().values("owner").annotate(number=Count("pk"), **known):
        row = rows[one["owner"]]
        row.facts = one["number"] * len(MANDATORY)
        sums: dict[str, Any] = dict(one)
        row.known = sum(sums[key] for key in known)


def _note_messages(rows: dict[int, Row], agency_of: dict[int, int], round_: Round) -> None:
    """The last call, and letters that did not arrive and were not followed by one that did."""
    latest: dict[int, Reminder] = {}
    told = Reminder.objects.filter(bundle__round=round_).exclude(state=MessageState.WAITING)
    for one in told.order_by("pk"):
        if one.bundle_id not in agency_of:
            continue
        if one.channel == Channel.CALL:
            rows[agency_of[one.bundle_id]].last_call = one
        else:
            latest[one.bundle_id] = one
    for one in latest.values():
        if one.state in {MessageState.REFUSED, MessageState.NO_ADDRESS}:
            rows[agency_of[one.bundle_id]].refused += 1


def _sums(rows: Iterable[Row]) -> Sums:
    found = Sums()
    for row in rows:
        found.asked += 1
        found.answered += row.state in {SENT, DONE}
        found.approved += row.state == DONE
        found.sworn += row.seal is not None
        found.items += row.items
        found.items_answered += row.answered
    return found


def _holder(bundle: Bundle) -> str:
    return _("%(name)s (tautan ditolak)") % {"name": bundle.name} if bundle.needs_holder else bundle.name


def board_table(found: Board) -> tuple[list[str], list[list[object]]]:
    """The board as a table: headings and rows."""
    headings = [
        _("Instansi"), _("Keadaan"), _("Diminta dari"), _("Aplikasi"), _("Sudah dikirim"), _("Sudah diterima"),
        _("Isian wajib terisi (persen)"), _("Hari kerja terlambat"), _("Tidak menjawab sejak"),
        _("Pernyataan berlaku sampai"), _("Telepon terakhir"),
    ]  # fmt: skip
    rows: list[list[object]] = [
        [
            row.agency.short_name,
            row.words,
            "; ".join(_holder(one) for one in row.bundles),
            row.items,
            row.answered,
            row.approved,
            row.percent if row.percent is not None else _("belum ada aplikasi"),
            row.late or _("tidak terlambat"),
            row.silent_since or _("tidak"),
            row.seal.valid_until if row.seal else _("belum dinyatakan"),
            row.last_call.day if row.last_call else _("belum ditelepon"),
        ]
        for row in found.rows
    ]
    return headings, rows
