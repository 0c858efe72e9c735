"""Judging again: after a change, and every night since days pass; the message about due dates."""

from jendela.common.audit import SYSTEM
from jendela.common.jobs import job
from jendela.people.access.choices import Module
from jendela.people.access.policy import is_open_for_anyone
from jendela.registry.applications.models import Change
from jendela.registry.scores import actions


@job("registry_scores.judge_changed")
def judge_changed(batch: str) -> None:
    """The applications that one act changed; safe to run twice."""
    keys = list(
        Change.objects.filter(batch=batch).order_by().values_list("application", flat=True).distinct()
    )
    for start in range(0, len(keys), actions.BATCH):
        actions.judge_batch(keys=keys[start : start + actions.BATCH])


@job("registry_scores.judge_beside")
def judge_beside(applications: list[int], by: int | None = None, batch: str = "", at: str = "") -> None:
    """Applications whose data or links changed, whoever did it; safe to run twice."""
    for start in range(0, len(applications), actions.BATCH):
        actions.judge_batch(keys=applications[start : start + actions.BATCH])


@job("registry_scores.judge_all", every="30 18 * * *")  # 01.30 WIB
def judge_all() -> None:
    actions.judge_all()


@job("registry_scores.remind_dues", every="40 0 * * *")  # 07.40 WIB
def remind_dues() -> None:
    """On working days; a closed register reminds nobody."""
    if is_open_for_anyone(Module.REGISTRY):
        actions.remind_dues(by=SYSTEM)
