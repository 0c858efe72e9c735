"""Rules over the register at the size of a province: 30,000 applications judged for advice, first when nothing was
found yet, then again as every night. Time, memory and statements of a batch.

    ./jendela bench advice            30,000 applications
    ./jendela bench advice 5000       another number
"""

import resource
import sys
import time

import _registry
from _setup import headline, setup


def main(number: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from jendela.common.audit import SYSTEM
    from jendela.insight.recommendations import actions
    from jendela.insight.recommendations.models import Recommendation
    from jendela.registry.applications.models import Application

    _registry.fill(number)
    Recommendation.objects.all().delete()
    for turn in ("first night", "next night"):
        begun = time.perf_counter()
        found, closed = actions.find_all(by=SYSTEM)
        took = time.perf_counter() - begun
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{turn:<12} {took:7.1f} s  {found:>7} found  {closed:>5} closed  peak {memory:6.0f} MB")
    for size in (1, 500):
        keys = list(Application.objects.order_by("pk").values_list("pk", flat=True)[:size])
        with CaptureQueriesContext(connection) as asked:
            actions.find_batch(keys=keys, by=SYSTEM)
        print(f"batch of {size:>3}: {len(asked)} statements")


if __name__ == "__main__":
    setup()
    headline("Advice")
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _registry.APPLICATIONS)
