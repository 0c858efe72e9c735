"""/kelola/pemeriksaan-jaringan/: hosts of the inner network that may be asked by name."""

import pytest
from django.test import Client
from tests.people import client_of, member

from jendela.common.audit import Actor
from jendela.common.models import AuditEntry
from jendela.people.access.roles import AgencyOperator, InformationTeam
from jendela.registry.probes import actions, reads
from jendela.registry.probes.choices import Why
from jendela.registry.probes.models import AllowedHost, ProbeState
from jendela.registry.probes.tests.world import application, probed

pytestmark = pytest.mark.django_db
URL = "/kelola/pemeriksaan-jaringan/"
REASON = "Server absensi di ruang server."


def test_a_host_is_added_and_ended_and_both_are_recorded() -> None:
    client = client_of(member(InformationTeam.code, name="Tia Tim"))
    assert "Belum ada." in client.get(URL).content.decode()
    answer = client.post(URL, {"host": " SIMPEG.Kotimkab.LAN. ", "reason": REASON})
    page = client.get(answer["Location"]).content.decode()
    assert "simpeg.kotimkab.lan" in page
    assert "Tia Tim" in page
    assert reads.allowed_names() == {f"simpeg.kotimkab.lan:{port}" for port in (80, 443, 8080, 8443)}
    client.post(URL, {"host": "simpeg.kotimkab.lan", "reason": REASON})
    assert AllowedHost.objects.count() == 1, "the same again changes nothing"
    row = AllowedHost.objects.get()
    for _time in range(2):
        assert client.post(f"{URL}{row.pk}/hapus/").status_code == 302
    assert reads.allowed_names() == frozenset()
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))[-2:] == [
        "probes.allow_host",
        "probes.end_allowed_host",
    ]


@pytest.mark.parametrize(
    "host",
    ["", "https://simpeg.lan/", "a b", "simpeg.lan/x", "-a.lan", "user@host", "a:0", "a:99999", "a" * 300],
)
def test_what_is_no_host_is_refused_in_words(host: str) -> None:
    answer = client_of(member(InformationTeam.code)).post(URL, {"host": host, "reason": REASON})
    assert answer.status_code == 400
    assert not AllowedHost.objects.exists()
    assert REASON in answer.content.decode()


@pytest.mark.parametrize("host", ["10.1.2.3", "fd00::1", "a-b.c1.lan", "a-b.c1.lan:9000", "10.1.2.3:9000"])
def test_names_and_numbers_are_hosts(host: str) -> None:
    assert (
        client_of(member(InformationTeam.code)).post(URL, {"host": host, "reason": REASON}).status_code == 302
    )
    web = (80, 443, 8080, 8443)
    plain = "[fd00::1]" if host == "fd00::1" else host
    named = {host} if host.endswith(":9000") else {f"{plain}:{port}" for port in web}
    assert reads.allowed_names() == named


def test_what_was_left_out_is_due_again() -> None:
    one = application(url="http://simpeg.kotimkab.lan/masuk")
    probed(one, Why.INTERNAL)
    assert ProbeState.objects.get().next_at is not None
    team = member(InformationTeam.code)
    actions.allow_host(host="simpeg.kotimkab.lan", reason=REASON, by=Actor("x", user=team))
    assert ProbeState.objects.get().next_at is None


def test_only_kominfo() -> None:
    assert Client().get(URL).status_code == 302
    operator = member(AgencyOperator.code)
    assert client_of(operator).get(URL).status_code == 404
    assert client_of(operator).post(f"{URL}1/hapus/").status_code == 404
    with pytest.raises(actions.NotAllowedError):
        actions.allow_host(host="a.lan", reason=REASON, by=Actor("x", user=operator))
