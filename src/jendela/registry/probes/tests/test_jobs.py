"""The jobs of probes: switched off, module closed, one visit, run twice, host busy."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.people import member

from jendela.common.audit import Actor
from jendela.common.jobs import TemporaryError
from jendela.people.access.actions import set_module
from jendela.people.access.choices import Module, ModuleState
from jendela.people.access.roles import InformationTeam
from jendela.registry.probes import actions, jobs, reads
from jendela.registry.probes.choices import Outcome, Verdict, Why
from jendela.registry.probes.models import Probe, ProbedHost, ProbeRun, ProbeState
from jendela.registry.probes.schedule import origin_of
from jendela.registry.probes.tests.servers import Server, serving
from jendela.registry.probes.tests.world import application, probed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def switched_on(settings: Any) -> None:
    settings.PROBES = True


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as found:
        yield found


def allow(server: Server) -> None:
    host = server.url.split("/")[2]  # with its port: a name alone opens those of the web
    team = member(InformationTeam.code)
    actions.allow_host(host=host, reason="Server uji coba.", by=Actor("x", user=team))


def test_an_allowed_host_is_probed_and_its_robots_are_kept(server: Server) -> None:
    allow(server)
    one = application(url=server.url)
    jobs.probe(one.pk)
    probe = Probe.objects.get()
    assert (probe.outcome, probe.status, probe.asked) == (Outcome.ANSWERED, 200, server.url)
    assert ProbeState.objects.get().verdict == Verdict.UP
    assert ProbedHost.objects.get(origin=origin_of(server.url)).robots_status == 404
    jobs.probe(one.pk)
    assert Probe.objects.count() == 1, "a second run just now does nothing"
    assert server.asked == ["/robots.txt", "/"]


def test_an_inner_host_that_nobody_allowed_is_left_out(server: Server) -> None:
    jobs.probe(application(url=server.url).pk)
    assert (Probe.objects.get().outcome, Probe.objects.get().why) == (Outcome.SKIPPED, Why.PORT)
    assert server.asked == []
    jobs.probe(application(url="http://127.0.0.1/").pk)
    assert ProbeState.objects.latest("at").why == Why.INTERNAL


def test_a_name_without_a_port_opens_those_of_the_web_alone(server: Server) -> None:
    team = member(InformationTeam.code)
    actions.allow_host(host="localhost", reason="Server uji coba.", by=Actor("x", user=team))
    jobs.probe(application(url=server.url).pk)
    assert Probe.objects.get().why == Why.PORT
    assert server.asked == []


def test_an_ended_permission_counts_no_longer(server: Server) -> None:
    allow(server)
    row = reads.allowed_hosts()[0]
    actions.end_allowed_host(row=row, by=Actor("x", user=member(InformationTeam.code)))
    jobs.probe(application(url=server.url).pk)
    assert server.asked == []


def test_a_busy_host_waits(server: Server) -> None:
    allow(server)
    one = application(url=server.url)
    actions.take_turn(origin=origin_of(server.url), now=timezone.now())
    with pytest.raises(TemporaryError):
        jobs.probe(one.pk)
    assert server.asked == []


def test_the_turn_is_given_back_with_a_pause(server: Server) -> None:
    allow(server)
    jobs.probe(application(url=server.url).pk)
    free = ProbedHost.objects.get().free_at
    assert free is not None
    assert free - timezone.now() <= datetime.timedelta(seconds=10)


def test_nothing_is_asked_while_switched_off_or_closed(server: Server, settings: Any) -> None:
    one = application(url=server.url)
    settings.PROBES = False
    jobs.schedule()
    jobs.probe(one.pk)
    settings.PROBES = True
    settings.ALL_MODULES_OPEN = False
    jobs.schedule()
    jobs.probe(one.pk)
    assert (ProbeRun.objects.count(), Probe.objects.count()) == (0, 0)
    assert not reads.watch().on
    set_module(module=Module.REGISTRY, state=ModuleState.OPEN, agencies=[], by=Actor("x"))
    jobs.schedule()
    assert ProbeRun.objects.get().planned == 1


def test_the_schedule_asks_for_few_at_a_time(settings: Any) -> None:
    settings.PROBES_A_RUN = 2
    for number in range(5):
        application(url=f"https://satu-{number}.contoh.id/")
    for _run in range(3):
        jobs.schedule()
    assert list(ProbeRun.objects.order_by("pk").values_list("planned", flat=True)) == [2, 2, 1]
    assert ProcrastinateJob.objects.filter(task_name="registry_probes.probe").count() == 5


def test_when_nobody_answers_any_more_it_is_our_own_line(server: Server) -> None:
    with serving() as gone:
        pass
    allow(gone)
    allow(server)
    for _number in range(reads.IN_A_ROW):
        probed(application(), Why.SILENT)
    one = application(url=gone.url)
    jobs.probe(one.pk)
    state = ProbeState.objects.get(application=one)
    assert (state.verdict, state.why, state.failed_days) == (Verdict.SKIPPED, Why.OWN_NETWORK, 0)
    assert "sambungan keluar server Jendela" in reads.latest_for([one.pk])[one.pk].words
    jobs.probe(application(url=server.url).pk)
    assert ProbeState.objects.latest("at").verdict == Verdict.UP, "an answer is an answer"
    assert not reads.own_network_fails(timezone.now())


def test_one_dead_application_is_not_our_line() -> None:
    one = application()
    for _number in range(reads.IN_A_ROW):
        probed(one, Why.SILENT)
    assert not reads.own_network_fails(timezone.now())


def test_what_has_gone_is_passed_over() -> None:
    jobs.probe(999_999)
    jobs.probe(application(url="").pk)
    assert not Probe.objects.exists()
