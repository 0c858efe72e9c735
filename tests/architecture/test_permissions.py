"""Every screen, asked as every role: what is answered is what the permission page says.

The page is made of the marks of the screens and the permissions of the roles (people/access/screen_map.py). Here the
same is asked of the running screens: a stranger is sent to sign in and never sees anything; who lacks the role gets
404; who has it gets an answer. One service, its papers and its people stand at one agency, where every role is held.

A NEW SCREEN with something in its address needs a sample of that here, or the test says which: add to SAMPLES the
address up to and with the placeholder, and a function of the world (and of who asks) that gives a value. A screen that
answers 404 to a permitted role in the sampled state goes to NOT_IN_THIS_STATE, with the reason.
"""

import copy
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker
from tests.architecture.permission_world import (
    QUERY,
    World,
    advice_letter,
    attested,
    build_world,
    campaign,
    copied_set,
    dataset,
    draft_campaign,
    exempted,
    link,
    recommendation,
    resource,
    source_rule,
)
from tests.architecture.test_guards import APPS, python_files
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.common.dates import today
from jendela.common.exchange import actions as exchange
from jendela.common.exchange.kinds import kinds
from jendela.people.access import audit_words, screen_map
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.models import Membership
from jendela.people.access.roles import ROLES, Administrator, AgencyHead, ServiceAdmin
from jendela.people.accounts.models import User
from jendela.people.persons.actions import add_person, remove_person
from jendela.people.persons.models import Person
from jendela.people.tokens.models import Token
from jendela.portal.exchange.reads import usable_kinds
from jendela.registry.applications.models import (
    Application,
    ApplicationPerson,
    ApplicationReport,
    AttributeDefinition,
    Cost,
    FunctionNode,
    OwnerSplit,
)
from jendela.registry.campaigns.actions.sending import make_links
from jendela.registry.datasets.models import Dataset
from jendela.registry.letters.actions import issue_letter
from jendela.registry.letters.models import LetterTemplate
from jendela.registry.overlap import actions as overlap
from jendela.registry.overlap.models import DataPair, Pair, Request
from jendela.registry.probes.choices import Fact, Level
from jendela.registry.probes.models import Dispute
from jendela.registry.webhooks.actions import make_webhook
from jendela.registry.webhooks.models import Delivery, Webhook
from jendela.services.search.choices import QueryState

pytestmark = pytest.mark.django_db
PLACEHOLDER = re.compile(r"<(?:[\w]+:)?(\w+)>")
SIGN_IN = "/akun/masuk/"
ROLELESS = "roleless"


def own_person(_world: World, who: User) -> int:
    """Somebody this account cares for; the number is one that cannot exist."""
    return person_of(who).pk


def token_of(world: World) -> int:
    """A token that may be revoked."""
    values = {"agency": world.agency, "made_by": world.colleague, "valid_to": today()}
    return Token.objects.create(name="Program uji", digest=uuid.uuid4().hex, **values).pk


def webhook_of(world: World) -> int:
    """A program that is told, with a delivery of the same number where one is asked for."""
    made, _secret = make_webhook(
        name="Program uji", agency=world.agency, address="https://uji.contoh.go.id/",
        by=Actor("uji", user=world.colleague),
    )  # fmt: skip
    return made.pk


def delivery_of(world: World, _who: User) -> int:
    """Of the newest webhook."""
    newest = Webhook.objects.latest("pk")
    return Delivery.objects.create(webhook=newest, type="test", at=timezone.now(), state="gagal").pk


def open_dataset_of(world: World) -> str:
    """A dataset that everyone may read."""
    values = {"name": "Data uji", "producer": world.agency, "openness": "terbuka"}
    return Dataset.objects.get_or_create(slug="data-uji", defaults=values)[0].slug


def pair_of(world: World) -> int:
    """Two records of the agency that may be the same."""
    twin = copy.copy(world.application)
    twin.pk, twin.slug = None, f"kembaran-{uuid.uuid4().hex[:8]}"
    twin.save()
    values = {"score": 0.9, "reasons": ["nama mirip"], "found_at": timezone.now()}
    return Pair.objects.create(a=world.application, b=twin, kind="duplicate", **values).pk


def merge_of(world: World) -> int:
    """Two records that went together a moment ago."""
    pair = Pair.objects.get(pk=pair_of(world))
    values: dict[str, Any] = {"pair": pair, "reason": "Sama", "stated_by": "Uji", "by": Actor("uji")}
    return overlap.merge(standing=pair.a, merged=pair.b, take=[], **values).pk


def data_pair_of(world: World) -> int:
    """Two datasets of the agency that may be the same."""
    rows = [
        Dataset.objects.create(slug=f"data-{uuid.uuid4().hex[:8]}", name="Data", producer=world.agency)
        for _number in range(2)
    ]
    values = {"score": 0.9, "reasons": ["nik"], "found_at": timezone.now()}
    return DataPair.objects.create(a=rows[0], b=rows[1], **values).pk


def request_of(world: World, who: User) -> int:
    """A request of the agency that waits for a decision."""
    values = {"name": "Usulan uji", "state": "dikirim", "changed_at": timezone.now()}
    return Request.objects.create(agency=world.agency, made_by=who, **values).pk


def function_of(_world: World) -> str:
    """A function of the reference tree."""
    values = {"tree": "RAB", "name": "Pendidikan", "citation": "Perpres 132/2022"}
    return FunctionNode.objects.get_or_create(code="RAB.06.01", defaults=values)[0].pk


def person_of(who: User) -> Person:
    return add_person(
        account=who,
        name="Orang Contoh",
        nik="6202060000000001",
        birth_date="",
        relation="self",
        by=Actor("x"),
    )


def removed_person(_world: World, who: User) -> int:
    row = person_of(who)
    remove_person(person=row, by=Actor("x"))
    return row.pk


def own_device(_world: World, who: User) -> int:
    key = f"perangkat-{who.pk}"
    return int(UserSession.objects.create(user=who, session_key=key, ip="127.0.0.1", user_agent="x").pk)


def own_kind(_world: World, who: User) -> str:
    """A kind of table this person may import, or any."""
    return next((one.key for one in usable_kinds(who)), next(iter(kinds())))


def own_import(world: World, who: User) -> int:
    kind = kinds()[own_kind(world, who)]
    return exchange.take_in(kind=kind, name="t.csv", chunks=[b"a;b\n1;2\n"], by=Actor("x", user=who)).pk


def probe_dispute(world: World, _who: User) -> int:
    """A fact of a probe that the agency contests."""
    row = Dispute.objects.create(
        application=world.application,
        fact=Fact.SPEED,
        level=Level.WATCH,
        said="x",
        reason="x",
        agency=world.agency,
        made_by_name="x",
        made_at=timezone.now(),
    )
    return row.pk


def own_cost(world: World, _who: User) -> int:
    row, _new = Cost.objects.get_or_create(
        application=world.application,
        year=2026,
        kind="hosting",
        defaults={"amount": 1, "stated_by": "x", "stated_at": timezone.now(), "grade": "C"},
    )
    return row.pk


def concept_of(world: World, _who: User) -> str:
    """An application that somebody reported as this agency's."""
    values = {"name": "Dilaporkan", "owner": world.agency, "operator_level": "daerah", "reported_by": "warga"}
    values |= {"audience": "internal", "evidence": "belum", "state": "dipakai", "record_state": "konsep"}
    return Application.objects.get_or_create(slug="dilaporkan", defaults=values)[0].slug


def a_report() -> int:
    """A report of a resident that nobody has sorted yet."""
    values = {"origin": "warga", "said_by": "warga", "state": "baru"}
    return ApplicationReport.objects.create(name="Dilaporkan", **values).pk


def own_contact(world: World, _who: User) -> int:
    row, _new = ApplicationPerson.objects.get_or_create(
        application=world.application,
        role="operator",
        name="Rekan",
        defaults={"since": today(), "phone": "0812"},
    )
    return row.pk


def a_split(world: World, _who: User) -> int:
    row, _new = OwnerSplit.objects.get_or_create(
        predecessor=world.agency, successor=agency("Dinas Pecahan"), since=today(), source="Perda 2"
    )
    return row.pk


def a_template() -> LetterTemplate:
    """How somebody asks for the list of applications."""
    values = {
        "name": "Surat lain",
        "subject": "Daftar",
        "made_by": "x",
        "columns": [{"heading": "", "key": "name"}],
    }
    return LetterTemplate.objects.get_or_create(slug="bebas", defaults=values)[0]


def a_letter(world: World) -> int:
    """An answer that was made for this agency."""
    return issue_letter(template=a_template(), agency=world.agency, visible=(), by=Actor("x")).pk


def an_attribute(_world: World, _who: User) -> int:
    row, _new = AttributeDefinition.objects.get_or_create(
        key="contoh", defaults={"label": "Contoh", "kind": "text"}
    )
    return row.pk


Sample = Callable[[World, User], object]
SAMPLES: dict[str, Sample] = {
    "/akun/masuk/<slug:token>": lambda world, who: world.token,
    "/akun/undangan/<slug:token>": lambda world, who: world.token,
    "/akun/orang/<int:key>": own_person,
    "restore_person:key": removed_person,
    "/akun/pengaman/<int:key>": lambda world, who: 1,
    "/akun/perangkat/<int:key>": own_device,
    "/aplikasi/<slug:slug>": lambda world, who: world.application.slug,
    "/bukti/<slug:code>": lambda world, who: "1-AAAA-AAAA",
    "/isi/<slug:token>": lambda world, who: make_links([campaign(world)])[0],
    "/isi/<slug:token>/surat/<int:number>": lambda world, who: 1,
    "/isi/<slug:token>/surat/<int:number>/surat.<slug:form>": lambda world, who: "docx",
    "/isi/<slug:token>/<int:item>": lambda world, who: campaign(world).items.get().pk,
    "/isi/<slug:token>/<int:item>/<slug:key>": lambda world, who: "biaya",
    "/d/<str:code>": lambda world, who: "62.02",
    "/desa/<str:code>": lambda world, who: "62.02",
    "/instansi/<slug:slug>": lambda world, who: world.agency.slug,
    "/kategori/<slug:slug>": lambda world, who: "kategori",
    "/kelola/aplikasi/<slug:slug>": lambda world, who: world.application.slug,
    "/kelola/aplikasi/<slug:slug>/bagian/<slug:part>": lambda world, who: "biaya",
    "/kelola/aplikasi/<slug:slug>/bagian/<slug:part>/<int:key>": own_cost,
    "/kelola/aplikasi/<slug:slug>/batalkan/<uuid:batch>": lambda world, who: uuid.uuid4(),
    "/kelola/aplikasi/<slug:slug>/benar/<slug:group>": lambda world, who: "tentang",
    "/kelola/aplikasi/<slug:slug>/orang/<int:key>": own_contact,
    "/kelola/aplikasi/<slug:slug>/ubah/<slug:group>": lambda world, who: "tentang",
    "/kelola/aplikasi/usulan/<slug:slug>": concept_of,
    "/kelola/aplikasi/usulan/batalkan/<uuid:batch>": lambda world, who: uuid.uuid4(),
    "/kelola/aplikasi/usulan/laporan/<int:number>": lambda world, who: a_report(),
    "/kelola/pemakaian/<slug:slug>": lambda world, who: world.agency.slug,
    "/kelola/pemakaian/<slug:slug>/batalkan/<uuid:batch>": lambda world, who: uuid.uuid4(),
    "/kelola/atribut/<int:key>": an_attribute,
    "/kelola/data/<slug:slug>": lambda world, who: dataset(world).slug,
    "/kelola/data/<slug:slug>/berkas/<int:number>": lambda world, who: resource(world),
    "/kelola/data/<slug:slug>/ubah/<slug:group>": lambda world, who: "standard",
    "/data/daftar/<slug:slug>": lambda world, who: open_dataset_of(world),
    "/data/unduh/<str:name>": lambda world, who: "aplikasi-terbaru.csv",
    "/kelola/ekspor/<slug:key>": own_kind,
    "/kelola/ekspor/arsitektur/<slug:domain>": lambda world, who: "daa",
    "/kelola/ekspor/arsitektur/<slug:domain>.<slug:form>": lambda world, who: "csv",
    "/kelola/impor/<int:number>": own_import,
    "/kelola/impor/<int:number>/kesalahan.<slug:form>": lambda world, who: "csv",
    "/kelola/impor/jenis/<slug:key>": own_kind,
    "/kelola/impor/jenis/<slug:key>/isian.<slug:form>": lambda world, who: "csv",
    "/kelola/instansi/<slug:slug>": lambda world, who: world.agency.slug,
    "/kelola/instansi/<slug:slug>/aplikasi/<slug:application>": lambda world, who: world.application.slug,
    "/kelola/instansi/<slug:slug>/kantor/<slug:office>": lambda world, who: world.office.slug,
    "/kelola/instansi/pisah/<int:number>": a_split,
    "/kelola/instansi/gabung/<int:number>": lambda world, who: world.merger,
    "/kelola/integrasi/<int:number>": lambda world, who: link(world),
    "/kelola/integrasi/aturan/<int:number>": lambda world, who: source_rule(world),
    "/kelola/integrasi/sendiri/<slug:slug>": lambda world, who: world.application.slug,
    "/kelola/kabar/<int:number>": lambda world, who: world.feedback.pk,
    "/kelola/kata/kueri-uji/<int:number>": lambda world, who: world.test_query,
    "/kelola/kata/layanan/<slug:slug>": lambda world, who: world.service.slug,
    "/kelola/kata/uji/<int:number>": lambda world, who: world.word_change,
    "/kelola/kemiripan/<int:number>": lambda world, who: pair_of(world),
    "/kelola/kemiripan/data/<int:number>": lambda world, who: data_pair_of(world),
    "/kelola/kemiripan/fungsi/<slug:slug>": lambda world, who: world.application.slug,
    "/kelola/kemiripan/gabungan/<int:number>": lambda world, who: merge_of(world),
    "/kelola/modul/<slug:module>": lambda world, who: Module.WORDS.value,
    "/kelola/nilai/aplikasi/<slug:slug>": lambda world, who: world.application.slug,
    "/kelola/nilai/biaya/<str:code>": lambda world, who: function_of(world),
    "/kelola/orang/<int:number>": lambda world, who: world.colleague.pk,
    "/kelola/orang/<int:number>/peran/<int:key>": lambda world, who: world.membership.pk,
    "/kelola/pemeriksaan-jaringan/<int:number>": lambda world, who: 1,
    "/kelola/pemeriksaan/<slug:slug>": lambda world, who: world.application.slug,
    "/kelola/pemeriksaan/<slug:slug>/bantah/<slug:fact>": lambda world, who: "terjangkau",
    "/kelola/pemeriksaan/<slug:slug>/bantahan/<int:number>": probe_dispute,
    "/kelola/pemutakhiran/<slug:slug>": lambda world, who: campaign(world).round.slug,
    "edit_round:slug": lambda world, who: draft_campaign().slug,
    "simulate_round:slug": lambda world, who: draft_campaign().slug,
    "send_round:slug": lambda world, who: draft_campaign().slug,
    "drop_round:slug": lambda world, who: draft_campaign().slug,
    "/kelola/pemutakhiran/pertanyaan/<slug:key>": lambda world, who: copied_set().key,
    "/kelola/pemutakhiran/pertanyaan/<slug:key>/ubah/<slug:word>": lambda world, who: "dipakai",
    "/kelola/pemutakhiran/pertanyaan/<slug:key>/urutan/<slug:word>": lambda world, who: "dipakai",
    "/kelola/pemutakhiran/<slug:slug>/isian/<int:number>": lambda world, who: campaign(world).pk,
    "/kelola/pemutakhiran/<slug:slug>/surat/<slug:agency>": lambda world, who: campaign(world).agency.slug,
    "/kelola/pemutakhiran/<slug:slug>/surat/<slug:agency>/surat.<slug:form>": lambda world, who: "docx",
    "/kelola/pemutakhiran/<slug:slug>/surat/surat.<slug:form>": lambda world, who: "docx",
    "/kelola/pemutakhiran/instansi/<slug:agency>": lambda world, who: world.agency.slug,
    "/kelola/pemutakhiran/instansi/<slug:agency>/pernyataan/<slug:code>": attested,
    "/kelola/pemutakhiran/pengecualian/<slug:slug>": lambda world, who: world.application.slug,
    "/kelola/pemutakhiran/pengecualian/<int:number>": lambda world, who: exempted(world),
    "/kelola/rekomendasi/<int:number>": lambda world, who: recommendation(world).pk,
    "/kelola/rekomendasi/alasan/<slug:slug>": lambda world, who: world.application.slug,
    "/kelola/rekomendasi/surat/<int:number>": lambda world, who: advice_letter(world),
    "/kelola/rekomendasi/surat/<int:number>.<slug:form>": lambda world, who: "docx",
    "/kelola/sippn.<str:form>": lambda world, who: "csv",
    "/kelola/standar/<slug:slug>": lambda world, who: world.service.slug,
    "/kelola/standar/<slug:slug>/<standard_part:part>": lambda world, who: "A1",
    "/kelola/standar/<slug:slug>/terbit/<int:number>": lambda world, who: world.publication,
    "/kelola/surat/<int:number>": lambda world, who: a_letter(world),
    "/kelola/surat/<int:number>/surat.<slug:form>": lambda world, who: "docx",
    "/kelola/surat/bentuk/<slug:template>": lambda world, who: a_template().slug,
    "/kelola/surat/tulis/<slug:template>": lambda world, who: a_template().slug,
    "/kelola/token/<int:pk>": lambda world, who: token_of(world),
    "/kelola/pemberitahuan/<int:number>": lambda world, who: webhook_of(world),
    "/kelola/pemberitahuan/<int:number>/<int:delivery>": delivery_of,
    "/kelola/usulan-aplikasi/<int:number>": request_of,
    "/kelola/usulan-aplikasi/<int:number>/<slug:paper>": lambda world, who: "kebutuhan",
    "/kelola/usulan-aplikasi/<int:number>/<slug:paper>.<slug:form>": lambda world, who: "docx",
    "/kelola/undangan/<int:number>": lambda world, who: world.invitation,
    "/l/<int:number>": lambda world, who: world.service.number,
    "/layanan/<slug:slug>": lambda world, who: world.service.slug,
    "/peristiwa/<slug:slug>": lambda world, who: "peristiwa",
    "/salah/terima-kasih/<int:number>": lambda world, who: world.feedback.pk,
}
QUERIES: dict[str, str] = {  # what a screen asks for behind the question mark
    "show_query": f"?q={QUERY}",
    "export_kind": "?bentuk=csv",
}
POSTS: dict[str, dict[str, str]] = {  # what a screen that takes no GET is sent
    "order_attribute": {"lakukan": "naik"},
    "order_question": {"lakukan": "naik"},
    "answer_feedback": {"state": "selesai"},
    "mark_query": {"kueri": QUERY, "keadaan": QueryState.DONE.value},
}
FURTHER: dict[
    str, str
] = {  # screens that ask more than their mark: only for people who keep all agencies' things
    "add_meaning": "the word list is one for all agencies",
    "add_to_topic": "topics belong to no agency",
    "mark_query": "a query may be near the services of several agencies",
    "show_round": "the board names all agencies",
    "export_round": "the board names all agencies",
    "set_test_query": "test queries of others: only those who keep the words of all agencies",
}
NOT_IN_THIS_STATE: dict[str, str] = {
    "show_publiccode": "only open software has such a file",
    "undo_concept": "nobody has decided about a concept yet",
}
OPEN_TO_OTHER_AGENCIES: dict[str, str] = {  # nothing in their address belongs to an agency
    "export_architecture": "the register of the government, for whoever may read it",
    "export_kind": "a table of the viewer's own agencies",
    "export_sippn_staff": "a table of the viewer's own agencies",
    "export_template": "an empty table",
    "show_import_kind": "the columns of a table",
    "show_function_cost": "a function belongs to no agency",
    "show_scorecard": "an application is judged for all who read the register",
    "show_dataset": "what data there is, for whoever may read the register",
    "show_link": "a link has two sides, for whoever may read the register",
    "show_record": "the register is read by people of all agencies; its fields say who sees them",
    "show_record_history": "as the record itself",
    "write_letter": "a form of an asker belongs to no agency; the letter is of the viewer's own",
}
SIGNS_OUT = {"end_all_devices"}  # and then leads to the sign-in


def address_of(one: screen_map.MappedScreen, world: World, who: User) -> str:
    """The address of a screen with a sample for each placeholder."""
    filled, at = "", 0
    for match in PLACEHOLDER.finditer(one.path):
        known = one.path[: match.end()]
        sample = SAMPLES.get(f"{one.name}:{match.group(1)}") or SAMPLES.get(known)
        if sample is None:
            pytest.fail(f"add a sample for {known!r} to SAMPLES in tests/architecture/test_permissions.py")
        filled += one.path[at : match.start()] + str(sample(world, who))
        at = match.end()
    return filled + one.path[at:] + QUERIES.get(one.name, "")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever a request changes, even its session, is as before afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, one: screen_map.MappedScreen, path: str) -> str:
    """What becomes of a GET, or of a POST where a screen takes nothing else. A screen that signs out signs out nobody
    here."""
    cookies = copy.deepcopy(client.cookies)
    answer = client.get(path)
    if answer.status_code == 405:
        answer = client.post(path, POSTS.get(one.name, {}))
    client.cookies = cookies
    return "answered" if one.name in SIGNS_OUT and answer.status_code == 302 else outcome(answer)


def outcome(answer: Any) -> str:
    if answer.status_code == 401 or answer.get("Location", "").startswith(SIGN_IN):
        return "sign in"
    if answer.status_code == 404:
        return "not there"
    return "error" if answer.status_code == 500 else "answered"


def guarded() -> list[screen_map.MappedScreen]:
    return [one for one in screen_map.screens() if one.mark.audience is not Audience.PUBLIC]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    """Each test works in its own savepoint."""
    return built


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """A thousand refusals are no news."""
    caplog.set_level("CRITICAL")


def expected_for(one: screen_map.MappedScreen, role: str) -> str:
    code = "" if role == ROLELESS else role
    if not screen_map.opens(one.mark, code):
        return "not there"
    return "not there" if one.name in FURTHER and not ROLES[code].everywhere else "answered"


@pytest.mark.parametrize("role", [ROLELESS, *ROLES])
def test_each_role_opens_what_the_permission_page_says(role: str, world: World, quiet: None) -> None:
    who = member("" if role == ROLELESS else role, world.agency)
    client = client_of(who)
    client.raise_request_exception = False
    wrong = []
    for one in guarded():
        expected = expected_for(one, role)
        with undone():
            found = ask(client, one, address_of(one, world, who))
        if found != expected and not (expected == "answered" and one.name in NOT_IN_THIS_STATE):
            wrong.append(f"{one.path} ({one.name}): {found}, expected {expected}")
    assert not wrong, "\n".join(wrong)


def test_a_stranger_is_sent_to_sign_in_everywhere(world: World, quiet: None) -> None:
    client = Client(raise_request_exception=False)
    wrong = []
    for one in guarded():
        with undone():
            path = address_of(one, world, world.colleague)
            found = {outcome(client.get(path)), outcome(client.post(path, {"text": "x"}))}
        if found != {"sign in"}:
            wrong.append(f"{one.path}: {found}")
    assert not wrong, "\n".join(wrong)


def test_public_screens_ask_nobody_to_sign_in(world: World, quiet: None) -> None:
    client = Client(raise_request_exception=False)
    wrong = []
    for one in screen_map.screens():
        if one.mark.audience is Audience.PUBLIC and not one.path.startswith(("/api/", "/akun/")):
            with undone():
                found = outcome(client.get(address_of(one, world, world.colleague)))
            if found in ("sign in", "error"):
                wrong.append(f"{one.path}: {found}")
    assert not wrong, "\n".join(wrong)


def test_a_closed_module_is_closed_to_everybody(world: World, settings: Any, quiet: None) -> None:
    settings.ALL_MODULES_OPEN = False
    wrong = []
    for role in (Administrator.code, AgencyHead.code, ServiceAdmin.code):
        who = member(role, world.agency)
        client = client_of(who)
        client.raise_request_exception = False
        for one in guarded():
            if one.mark.module is not None:
                with undone():
                    found = ask(client, one, address_of(one, world, who))
                if found != "not there":
                    wrong.append(f"{one.path} for {role}: {found}")
    assert not wrong, "\n".join(wrong)


def test_a_stranger_finds_no_trace_of_a_closed_module(world: World, settings: Any, quiet: None) -> None:
    settings.ALL_MODULES_OPEN = False
    client = Client(raise_request_exception=False)
    closed = [one for one in guarded() if one.mark.module is not None]
    assert len(closed) > 20
    traces = []
    for one in closed:
        with undone():
            if client.get(address_of(one, world, world.colleague)).status_code != 404:
                traces.append(one.path)
    assert not traces, "\n".join(traces)


def test_people_of_another_agency_find_nothing_of_this_one(world: World, quiet: None) -> None:
    """A head with every permission a head can have, elsewhere: what belongs to this agency does not exist for him."""
    who = member(AgencyHead.code, agency("Dinas Lain"))
    for role in (ServiceAdmin.code,):
        Membership.objects.create(user=who, agency=agency("Dinas Lain"), role=role, valid_from="2026-01-01")
    client = client_of(who)
    client.raise_request_exception = False
    wrong = []
    for one in guarded():
        if one.mark.audience is Audience.STAFF and "<" in one.path and one.name not in OPEN_TO_OTHER_AGENCIES:
            with undone():
                found = ask(client, one, address_of(one, world, world.colleague))
            if found != "not there":
                wrong.append(f"{one.path} ({one.name}): {found}")
    assert not wrong, "\n".join(wrong)


def test_lists_of_exceptions_name_screens_that_exist() -> None:
    names = {one.name for one in screen_map.screens()}
    prefixes = {
        one.path[: match.end()] for one in screen_map.screens() for match in PLACEHOLDER.finditer(one.path)
    }
    assert (
        set(NOT_IN_THIS_STATE) | set(OPEN_TO_OTHER_AGENCIES) | set(FURTHER) | set(QUERIES) | set(POSTS)
        <= names
    )
    assert {one for one in SAMPLES if one.startswith("/")} <= prefixes


def test_every_permission_is_used_by_a_screen_or_an_action() -> None:
    source = "\n".join(
        path.read_text()
        for path in python_files("people", "services", "portal", "registry", "insight")
        if "tests" not in path.parts
    )
    unused = [one.name for one in Permission if len(re.findall(rf"Permission\.{one.name}\b", source)) < 2]
    assert unused == []


def test_every_recorded_action_has_words() -> None:
    codes = set()
    for path in python_files(*APPS):
        if "tests" not in path.parts:
            codes |= set(re.findall(r"action=\"([a-z_]+\.[a-z_]+)\"", path.read_text()))
    assert len(codes) > 20
    assert codes - set(audit_words.ACTIONS) == set()
