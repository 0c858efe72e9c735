"""Taking back what was published in error; heads' targets; charters."""

import datetime
from typing import Any

import pytest

from jendela.services.catalogue import actions
from jendela.services.catalogue.actions import CannotWithdraw
from jendela.services.catalogue.choices import StandardState, TimeUnit
from jendela.services.catalogue.models import Correction, InterimTarget, Service, ServiceCharter
from jendela.services.catalogue.reads import standards as reads
from jendela.services.catalogue.reads.content import content_of
from jendela.services.catalogue.tests.standards import DAY, NOON, OFFICER, decree, noon, publish, service

__all__ = ["noon", "service"]


# Taking back


def test_a_publication_is_taken_back_whole(service: Service) -> None:
    before = content_of(service)
    publication = publish(service, A4="Gratis", ways=[{"kind": "loket", "text": "Loket"}])
    assert publication is not None
    assert reads.undoable(service) == publication
    actions.withdraw(publication=publication, by=OFFICER, why="salah layanan")
    service.refresh_from_db()
    assert content_of(service) == before
    assert service.taken_over_at is None
    new, old = reads.versions(service)
    assert (new.state, old.state, old.valid_to) == (StandardState.WITHDRAWN, StandardState.INTERIM, None)
    shown = reads.standard_on(service, DAY)
    assert shown is not None
    assert shown.version == 1
    assert Correction.objects.order_by("-id")[0].text == (
        "Dinas Contoh menarik kembali perubahan: bayar berapa, cara mengurus."
    )
    with pytest.raises(CannotWithdraw):
        actions.withdraw(publication=publication, by=OFFICER)


def test_only_the_last_publication_of_a_day_is_taken_back(service: Service, noon: Any) -> None:
    first, second = publish(service, A4="Gratis"), publish(service, A4="Rp5.000")
    assert first is not None
    assert second is not None
    with pytest.raises(CannotWithdraw):
        actions.withdraw(publication=first, by=OFFICER)
    noon.move_to(NOON + datetime.timedelta(hours=24, minutes=1))
    with pytest.raises(CannotWithdraw):
        actions.withdraw(publication=second, by=OFFICER)


def test_a_decree_in_force_is_taken_back_with_the_target_it_ended(service: Service) -> None:
    sign(service)
    decree(service)
    assert reads.target_of(service) is None
    publication = reads.undoable(service)
    assert publication is not None
    actions.withdraw(publication=publication, by=OFFICER)
    assert [row.state for row in reads.versions(service)] == [StandardState.WITHDRAWN, StandardState.INTERIM]
    assert reads.target_of(service) is not None


def test_a_waiting_decree_is_taken_back(service: Service, noon: Any) -> None:
    decree(service, valid_from=datetime.date(2026, 12, 1))
    publication = reads.undoable(service)
    assert publication is not None
    actions.withdraw(publication=publication, by=OFFICER)
    noon.move_to(NOON + datetime.timedelta(days=30))
    assert actions.put_in_force() == 0
    assert [row.state for row in reads.versions(service)] == [StandardState.WITHDRAWN, StandardState.INTERIM]


# Targets and charters


def sign(service: Service) -> InterimTarget:
    return actions.sign_target(
        service=service,
        longest=5,
        unit=TimeUnit.WORKING_DAY,
        counts_from="sejak berkas lengkap",
        signed_by="Kepala Dinas",
        by=OFFICER,
    )


def test_a_target_stands_until_a_time_is_known(service: Service) -> None:
    sign(service)
    sign(service)
    assert InterimTarget.objects.filter(withdrawn_at=None).count() == 1
    publish(service, A3="3 hari kerja")
    assert reads.target_of(service) is None
    with pytest.raises(actions.TimeIsKnown):
        sign(service)


def test_a_charter_takes_the_place_of_the_one_before(service: Service) -> None:
    for day in (DAY, DAY + datetime.timedelta(days=1)):
        actions.publish_charter(
            agency=service.owner, text=reads.CHARTER_TEXT, signed_by="Kepala", signed_on=day, by=OFFICER
        )
    shown = reads.charter_of(service.owner)
    assert shown is not None
    assert shown.signed_on == DAY + datetime.timedelta(days=1)
    assert ServiceCharter.objects.filter(valid_to=shown.signed_on).count() == 1
