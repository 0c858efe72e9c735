"""What a person holds here is handed over when he leaves, and the trail names what was done."""

import pytest
from tests.people import member

from jendela.people.members import work
from jendela.registry.campaigns.reads import targets
from jendela.registry.campaigns.tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_bundles_are_work_that_a_leaver_hands_over() -> None:
    world = World()
    bundle = world.bundle(world.sent())
    kind = next(one for one in work.kinds() if one.key == "bundles")
    assert kind.count(world.operator.pk, world.owner.pk) == 1
    assert kind.count(world.operator.pk, world.other.pk) == 0
    to = member("agency_operator", world.owner, name="Baru Contoh")
    assert kind.hand_over(world.operator.pk, to.pk, world.owner.pk, world.by) == 1
    bundle.refresh_from_db()
    assert bundle.holder == to
    assert kind.count(world.operator.pk, world.owner.pk) == 0


def test_the_trail_names_rounds_and_bundles() -> None:
    world = World()
    row = world.sent()
    bundle = world.bundle(row)
    assert targets.round_targets([str(row.pk), "x"])[str(row.pk)].label == row.title
    found = targets.bundle_targets([str(bundle.pk)])[str(bundle.pk)]
    assert found.label == f"Dinas Contoh, {row.title}"
    item = bundle.items.get(application=world.first)
    assert targets.item_targets([str(item.pk)])[str(item.pk)].label == "Aplikasi Satu"
