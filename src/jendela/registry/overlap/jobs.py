"""Background entry points of the search for likeness."""

from jendela.common.audit import SYSTEM
from jendela.common.jobs import job
from jendela.people.access.choices import Module
from jendela.people.access.policy import is_open_for_anyone
from jendela.registry.overlap import actions, suggestion_actions


@job("registry_overlap.refresh_pairs", every="45 18 * * *")  # 01.45 WIB
def refresh_pairs() -> None:
    """All pairs anew, once a night; a closed module looks for nothing."""
    if is_open_for_anyone(Module.REGISTRY):
        actions.refresh_pairs(by=SYSTEM)


@job("registry_overlap.keep_suggestions", every="50 18 * * *")  # 01.50 WIB
def keep_suggestions() -> None:
    """Functions suggested by what was confirmed until today."""
    if is_open_for_anyone(Module.REGISTRY):
        suggestion_actions.keep_suggestions()
