"""What readers say, as far as an agency may see it."""

from collections.abc import Collection

from django.db.models import QuerySet

from jendela.people.access.models import Membership
from jendela.services.catalogue.choices import FeedbackState
from jendela.services.catalogue.models import Feedback


def feedback_for(agencies: Collection[int] | None) -> QuerySet[Feedback]:
    """Feedback on the services of these agencies; None is everything, also what is about no service."""
    rows = Feedback.objects.all()
    return rows if agencies is None else rows.filter(service__owner_id__in=agencies)


def carried_feedback(user: int, agency: int | None) -> QuerySet[Feedback]:
    """Open feedback in the hands of a person: on services of an agency, or (None) what belongs to none of the
    agencies where the person holds a role."""
    rows = Feedback.objects.filter(assigned_to_id=user, state=FeedbackState.NEW)
    if agency is not None:
        return rows.filter(service__owner_id=agency)
    own = Membership.objects.holding().filter(user_id=user, agency__isnull=False).values("agency")
    return rows.exclude(service__owner__in=own)
