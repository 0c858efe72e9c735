"""Why an action of the catalogue was not done."""

from jendela.services.catalogue.reads.standards import Missing


class Refusal(Exception):  # noqa: N818  nothing went wrong: what was asked may not be
    """What was asked may not be done; nothing was changed."""


class StandardIsDecreed(Refusal):
    """Components of a decreed standard change by a new decree only."""


class PartIsWrong(Refusal):
    """A value cannot be published; `errors` says why, for each part in words."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(str(errors))
        self.errors = errors


class GateIsShut(Refusal):
    """Something is missing for a decree; `missing` says what."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(", ".join(one.key for one in missing))
        self.missing = missing


class CannotWithdraw(Refusal):
    """Only the last publication is taken back, and only within 24 hours."""


class TimeIsKnown(Refusal):
    """A target stands only where no time is decreed or known."""
