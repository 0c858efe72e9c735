"""Who acts in a request, for actions and their audit rows."""

from django.http import Http404, HttpRequest

from jendela.common import ratelimit
from jendela.common.audit import Actor


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person with the address of the request. Raises Http404 for a stranger."""
    user = request.user
    if not user.is_authenticated:
        raise Http404
    return Actor(str(user.name), user=user, address=ratelimit.address_of(request.META) or None)
