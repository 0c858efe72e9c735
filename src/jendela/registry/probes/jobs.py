"""Background entry points of probes. All may run twice."""

import datetime
import json

from django.conf import settings
from django.utils import timezone, translation

from jendela.common.encryption import encrypt
from jendela.common.jobs import TemporaryError, enqueue, job
from jendela.people.access.choices import Module
from jendela.people.access.policy import is_open_for_anyone
from jendela.registry.probes import actions, measuring, reads
from jendela.registry.probes.choices import DisputeState, Fact, Why
from jendela.registry.probes.facts import Seen, facts_of
from jendela.registry.probes.models import Dispute
from jendela.registry.probes.schedule import origin_of

JUST_NOW = datetime.timedelta(seconds=60)


def allowed_here() -> bool:
    """Probing is switched on for this instance, and the register is open for somebody."""
    return bool(settings.PROBES) and is_open_for_anyone(Module.REGISTRY)


@job("registry_probes.schedule", every="*/10 17-21 * * *")  # 00.00 to 04.50 WIB: spread over the night
def schedule() -> None:
    """Plan the next few; nothing at all, not even a run, where probing is off."""
    if allowed_here():
        actions.plan_run(now=timezone.now(), most=settings.PROBES_A_RUN)


@job("registry_probes.probe")
def probe(application_id: int) -> None:
    """Look at one application. Raises TemporaryError while another request to its host is under way."""
    if not allowed_here():
        return
    one = reads.to_probe(application_id)
    if one is None or (one.at is not None and timezone.now() - one.at < JUST_NOW):
        return
    origin = origin_of(one.url)
    if not actions.take_turn(origin=origin, now=timezone.now()):
        raise TemporaryError(f"{origin} is being asked")
    known = reads.robots(origin)
    try:
        found = measuring.measure(one.url, allowed=reads.allowed_names(), robots=known)
        known = found.robots or known
    finally:
        actions.give_back(origin=origin, now=timezone.now(), robots=known)
    if found.robots is not None:
        actions.keep_robots(origin=origin, robots=found.robots, at=timezone.now())
    seen = found.seen
    if seen.why in reads.NETWORK and reads.own_network_fails(timezone.now()):
        seen = Seen(asked=one.url, why=Why.OWN_NETWORK)
    actions.keep_probe(application_id=application_id, found=facts_of(seen), at=timezone.now())


@job("registry_probes.forget", every="50 19 * * *")  # 02.50 WIB
def forget() -> None:
    actions.forget_probes(now=timezone.now())


@job("registry_probes.tell_disputed")
def tell_disputed(dispute_id: int) -> None:
    """To each who may answer, but who disputed it; not for one that was withdrawn or answered since."""
    row = Dispute.objects.select_related("application", "agency").get(pk=dispute_id)
    if row.state == DisputeState.OPEN:
        with translation.override("id"):
            values = {"agency": row.agency.short_name, "application": row.application.name,
                      "fact": str(Fact(row.fact).label)}  # fmt: skip
        for email in reads.answerers(but=row.made_by_id):
            _tell(email, "dispute", values)


@job("registry_probes.tell_answered")
def tell_answered(dispute_id: int) -> None:
    """To who disputed it."""
    row = Dispute.objects.select_related("application", "made_by").get(pk=dispute_id)
    if row.made_by is not None and row.made_by.is_active and row.made_by.email:
        with translation.override("id"):
            values = {"application": row.application.name, "answer": str(DisputeState(row.state).label)}
        _tell(row.made_by.email, "dispute_answered", values)


def _tell(email: str, template: str, values: dict[str, str]) -> None:
    enqueue(
        "notify.send", channel="email", to=encrypt(email), template=template, values=encrypt(json.dumps(values)),
        language="id",
    )  # fmt: skip
