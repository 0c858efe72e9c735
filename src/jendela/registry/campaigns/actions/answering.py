"""What the holder of a bundle does: opens, answers, hands over, asks, sends, takes it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import Actor, record
from jendela.common.dates import today
from jendela.common.encryption import lookup_hash
from jendela.registry.campaigns import answers as shapes
from jendela.registry.campaigns.actions.writing import write_answers
from jendela.registry.campaigns.answers import Answer
from jendela.registry.campaigns.choices import BundleState, ItemState, RoundState, Say
from jendela.registry.campaigns.cleaning import clean
from jendela.registry.campaigns.models import Bundle, HandOver, Item, ItemVersion, Message, Question
from jendela.registry.campaigns.reads.sheet import current_of, questions_of

MOST_UNLISTED = 50
LOCKED = {ItemState.SUBMITTED, ItemState.APPROVED, ItemState.WITHDRAWN}


class ClosedError(Exception):
    """The round is not open, or this part was sent already."""


class ConflictError(Exception):
    """The same question was answered from elsewhere since; `item` holds what stands now."""

    def __init__(self, item: Item) -> None:
        super().__init__("answered elsewhere")
        self.item = item


class NotReadyError(Exception):
    """Some required questions have no answer yet: `missing` is [(item, [questions])]."""

    def __init__(self, missing: Sequence[tuple[Item, Sequence[Question]]]) -> None:
        super().__init__("answers are missing")
        self.missing = list(missing)


class AlreadyHeldError(Exception):
    """That person has a bundle of this agency in this round already."""


@transaction.atomic
def open_bundle(*, bundle: Bundle, by: Actor) -> None:
    """The holder said 'saya, mulai'; twice does no harm."""
    row = _open(bundle)
    if row.opened_at is None:
        row.opened_at = timezone.now()
        row.state = BundleState.WORKING if row.state == BundleState.ASKED else row.state
        row.save(update_fields=["opened_at", "state"])
        record(by=by, action="campaigns.open_bundle", target=row)


@transaction.atomic
def save_answers(
    *, item: Item, given: Mapping[str, Answer], revision: int, by: Actor, only_new: bool = False
) -> Item:
    """Keep answers by key of question, as far as they can be; 'masih benar' needs a known value in the record.
    `revision` is the one the person saw. With `only_new` questions that have an answer stay as they are. Raises
    ClosedError, ConflictError, BadAnswerError, KeyError for a question that the set has not."""
    row = Item.objects.select_for_update(of=("self",)).select_related("application").get(pk=item.pk)
    bundle = _open(row.bundle)
    if row.state in LOCKED:
        raise ClosedError
    questions = {one.key: one for one in questions_of(bundle.round.question_set_id)}
    current = current_of([row.application])[row.application_id]
    found = dict(row.answers)
    now, changed = timezone.now(), False
    for key, answer in given.items():
        question = questions[key]
        earlier = found.get(key)
        if earlier and only_new:
            continue
        value = clean(question, answer, is_known=current.is_known(question))
        if earlier and earlier["say"] == answer.say and (earlier.get("value") or {}) == value:
            continue
        if earlier and earlier.get("rev", 0) > revision:
            raise ConflictError(row)
        changed = True
        found[key] = {
            "say": str(answer.say),
            "value": value,
            "rev": row.revision + 1,
            "by": by.name,
            "at": now.isoformat(),
        }
    if changed:
        row.answers, row.revision = found, row.revision + 1
        row.saved_at, row.saved_by = now, by.name[:120]
        if row.state == ItemState.NOT_STARTED:
            row.state = ItemState.IN_PROGRESS
        row.save(update_fields=["answers", "revision", "saved_at", "saved_by", "state"])
        if bundle.state == BundleState.ASKED:
            bundle.state = BundleState.WORKING
            bundle.save(update_fields=["state"])
        record(by=by, action="campaigns.save_answers", target=row, after={"questions": sorted(given)})
    return row


@transaction.atomic
def confirm_known(*, item: Item, revision: int, by: Actor) -> Item:
    """'Semua masih benar': every question whose value the record knows and that has no answer yet."""
    row = Item.objects.select_related("application", "bundle__round").get(pk=item.pk)
    current = current_of([row.application])[row.application_id]
    questions = questions_of(row.bundle.round.question_set_id)
    asked = shapes.asked(questions, row.application, row.answers)
    given = {one.key: Answer(Say.SAME) for one in asked if current.is_known(one)}
    return save_answers(item=row, given=given, revision=revision, by=by, only_new=True)


@transaction.atomic
def report_unlisted(*, bundle: Bundle, rows: Sequence[Mapping[str, str]], by: Actor) -> None:
    """Applications of the agency that are not on the list ([]: there are no others). Raises ClosedError."""
    row = _open(bundle)
    made = {one["name"].casefold(): one["application"] for one in row.unlisted or [] if "application" in one}
    found: list[dict[str, Any]] = []
    for one in rows[:MOST_UNLISTED]:
        name = " ".join(one["name"].split())[:200]
        if name:
            entry: dict[str, Any] = {"name": name, "purpose": str(one.get("purpose") or "").strip()[:500]}
            if name.casefold() in made:  # a concept was made of it when it was sent before
                entry["application"] = made[name.casefold()]
            found.append(entry)
    row.unlisted = found
    row.save(update_fields=["unlisted"])
    record(by=by, action="campaigns.report_unlisted", target=row, after={"unlisted": row.unlisted})


@transaction.atomic
def submit(*, bundle: Bundle, by: Actor, note: str = "") -> Bundle:
    """Send all of it: the answers are written to the record with their source, each item gets a version. Raises
    ClosedError, NotReadyError."""
    row = _open(bundle)
    questions = questions_of(row.round.question_set_id)
    items = list(
        row.items.select_for_update(of=("self",)).select_related("application__owner").order_by("pk")
    )
    sending = [one for one in items if one.state not in LOCKED]
    if not sending and (items or row.state in {BundleState.SUBMITTED, BundleState.APPROVED}):
        raise ClosedError
    gaps = [(one, shapes.missing(questions, one.application, one.answers)) for one in sending]
    if any(found for _one, found in gaps):
        raise NotReadyError([(one, found) for one, found in gaps if found])
    now = timezone.now()
    write_answers(bundle=row, items=sending, questions=questions, by=by)
    versions = []
    for one in sending:
        one.version += 1
        one.state, one.submitted_at = ItemState.SUBMITTED, now
        one.decision_note = ""
        versions.append(
            ItemVersion(
                item=one,
                number=one.version,
                answers=one.answers,
                submitted_by=by.name[:120],
                submitted_at=now,
            )
        )
    Item.objects.bulk_update(sending, ["version", "state", "submitted_at", "decision_note", "batch"])
    ItemVersion.objects.bulk_create(versions)
    row.state, row.submitted_at, row.silent_since = BundleState.SUBMITTED, now, None
    row.note = note.strip()[:2000] or row.note
    row.save(update_fields=["state", "submitted_at", "silent_since", "note"])
    record(by=by, action="campaigns.submit", target=row, after={"items": [one.pk for one in sending]})
    return row


@transaction.atomic
def reopen(*, bundle: Bundle, by: Actor) -> Bundle:
    """The holder takes back what was sent and not looked at yet, until the deadline. Raises ClosedError."""
    row = _open(bundle)
    if row.state != BundleState.SUBMITTED or row.deadline < today():
        raise ClosedError
    row.items.filter(state=ItemState.SUBMITTED).update(state=ItemState.IN_PROGRESS)
    row.state = BundleState.WORKING
    row.save(update_fields=["state"])
    record(by=by, action="campaigns.reopen", target=row)
    return row


@transaction.atomic
def hand_over(
    *,
    bundle: Bundle,
    name: str,
    email: str,
    by: Actor,
    reason: str = "",
    holder: Any = None,
    phone: str = "",
) -> Bundle:
    """Another person fills it in from now on, with all that is saved; the links of the one before end and the new
    holder gets a letter with his own. Raises ClosedError, AlreadyHeldError."""
    from jendela.registry.campaigns.actions.sending import send_request

    row = _open(bundle)
    address = email.strip().lower()
    if holder is None and address:
        holder = _account_of(address, row.agency_id)
    digest = lookup_hash(address)
    others = row.round.bundles.exclude(pk=row.pk).exclude(state=BundleState.WITHDRAWN)
    others = others.filter(agency_id=row.agency_id)
    if (holder and others.filter(holder=holder).exists()) or (
        digest and others.filter(email_hash=digest).exists()
    ):
        raise AlreadyHeldError
    HandOver.objects.create(
        bundle=row, from_name=row.name, to_name=name[:120], reason=reason[:300], by=by.name[:120]
    )
    row.holder, row.name, row.email, row.email_hash = holder, name[:120], address, digest
    row.phone = phone
    row.opened_at = None
    row.save(update_fields=["holder", "name", "email", "email_hash", "phone", "opened_at"])
    row.links.filter(revoked_at__isnull=True).update(revoked_at=timezone.now(), revoked_why="hand_over")
    record(by=by, action="campaigns.hand_over", target=row, after={"to": name, "reason": reason})
    send_request(bundle=row, by=by)
    return row


def _account_of(address: str, agency_id: int) -> Any:
    """The account of a colleague at the same agency; a stranger's account is not bound to the bundle."""
    from jendela.people.access.models import Membership

    found = Membership.objects.holding().filter(user__email=address, user__is_active=True)
    member = found.filter(agency_id=agency_id).select_related("user").first()
    return member.user if member else None


@transaction.atomic
def ask(*, bundle: Bundle, text: str, by: Actor, item: Item | None = None) -> Message:
    """A question to Kominfo."""
    row = _open(bundle)
    made = Message.objects.create(
        bundle=row, item=item, text=text.strip()[:2000], author=by.name[:120], from_kominfo=False
    )
    record(by=by, action="campaigns.ask", target=row, after={"message": made.pk})
    return made


@transaction.atomic
def refuse(*, bundle: Bundle, by: Actor, note: str = "") -> None:
    """'Bukan saya': the link ends, no letter goes to this person any more, and Kominfo looks for who else; nothing
    that was saved is lost."""
    row = _open(bundle)
    row.refused_at = timezone.now()
    row.save(update_fields=["refused_at"])
    row.links.filter(revoked_at__isnull=True).update(revoked_at=row.refused_at, revoked_why="not_me")
    Message.objects.create(
        bundle=row,
        text=note.strip()[:2000] or "Bukan saya yang mengisi ini.",
        author=by.name[:120],
        from_kominfo=False,
    )
    record(by=by, action="campaigns.refuse", target=row, after={"note": note})


def _open(bundle: Bundle) -> Bundle:
    """The bundle locked, in a round that is open. Raises ClosedError."""
    row = Bundle.objects.select_for_update(of=("self",)).select_related("round", "agency").get(pk=bundle.pk)
    if row.round.state != RoundState.OPEN or row.state == BundleState.WITHDRAWN:
        raise ClosedError
    return row


@transaction.atomic
def hand_over_all(from_user_id: int, to_user_id: int, agency_id: int | None, by: Actor) -> int:
    """Everything a leaver holds for an agency goes to a colleague who has nothing of it yet; how much it was."""
    from jendela.people.accounts.models import User

    if agency_id is None:
        return 0
    to = User.objects.get(pk=to_user_id)
    rows = Bundle.objects.filter(holder_id=from_user_id, agency_id=agency_id, round__state=RoundState.OPEN)
    moved = 0
    for row in rows.exclude(state__in=[BundleState.APPROVED, BundleState.WITHDRAWN]).order_by("pk"):
        try:
            hand_over(
                bundle=row,
                name=to.name or to.email or "",
                email=to.email or "",
                phone=to.phone,
                holder=to,
                by=by,
                reason="Pengisi sebelumnya pindah tugas.",
            )
        except AlreadyHeldError:
            there = row.round.bundles.filter(agency_id=agency_id, holder=to)
            row.items.update(bundle=there.exclude(state=BundleState.WITHDRAWN).get())
            row.state = BundleState.WITHDRAWN
            row.save(update_fields=["state"])
        moved += 1
    return moved
