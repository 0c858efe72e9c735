"""Background entry points of probes. All may run twice."""

import datetime

from django.conf import settings
from django.utils import timezone

from jendela.common.jobs import TemporaryError, job
from jendela.people.access.choices import Module
from jendela.people.access.policy import is_open_for_anyone
from jendela.registry.probes import actions, measuring, reads
from jendela.registry.probes.choices import Why
from jendela.registry.probes.facts import Seen, facts_of
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
