"""One of everything, at one agency: the world in which tests/architecture/test_permissions.py asks every screen."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone
from tests.people import agency, member

from jendela.common.audit import Actor
from jendela.common.dates import today
from jendela.common.tables import Report
from jendela.insight.recommendations.models import Letter as AdviceLetter
from jendela.insight.recommendations.models import Recommendation
from jendela.people.access.models import Membership
from jendela.people.access.roles import AgencyHead, ServiceAdmin, ServiceOfficer
from jendela.people.accounts.models import User
from jendela.people.agencies.actions import merge_agencies
from jendela.people.agencies.models import Agency, Office
from jendela.people.members import actions as members
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.choices import OperatorLevel
from jendela.registry.applications.models import Application
from jendela.registry.campaigns.actions.question_sets import copy_set
from jendela.registry.campaigns.imports import load_questions
from jendela.registry.campaigns.models import Attestation, Bundle, Exemption, Item, QuestionSet, Round
from jendela.registry.datasets.actions import declare_dataset, put_resource
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.actions import declare_link, put_rule
from jendela.registry.links.models import SourceRule
from jendela.services.catalogue.choices import FeedbackTopic, WordKind
from jendela.services.catalogue.models import Feedback, Service
from jendela.services.editor import actions as editor
from jendela.services.editor.tests.world import world as editor_world
from jendela.services.search import actions as search
from jendela.services.search.choices import ChangeKind
from jendela.services.search.models import QueryCount
from jendela.services.search.norm import norm

QUERY = "kartu raib"


@dataclass
class World:
    """One of everything, at one agency."""

    agency: Agency
    service: Service
    office: Office
    application: Application
    feedback: Feedback
    colleague: User
    membership: Membership
    invitation: int
    token: str
    publication: int
    merger: int
    test_query: int
    word_change: int


def build_world() -> World:
    made = editor_world()
    here = made.owner
    assert here == agency()
    head, colleague = member(AgencyHead.code, here), member(ServiceAdmin.code, here, name="Rekan Contoh")
    member(ServiceOfficer.code, here)
    invitation, token = members.invite(
        email="undangan@contoh.id",
        name="Undangan",
        agency=here,
        role=ServiceOfficer.code,
        by=Actor("x", user=head),
    )
    by = Actor("Penguji", user=head)
    editor.save_part(service=made.service, part="A3", value="3 hari", revision=0, by=by)
    publication = editor.publish_draft(service=made.service, parts=["A3"], seen=None, by=by)
    editor.save_part(service=made.service, part="A5", value="Kartu", revision=0, by=by)
    merger = merge_agencies(
        predecessor=agency("Dinas Lama"),
        successor=agency("Dinas Baru"),
        since=today(),
        source="Perda 1",
        by=by,
    )
    tested = search.add_test_query(query="kartu contoh", wanted=[f"service/{made.service.slug}"], by=by)
    QueryCount.objects.create(
        query=QUERY,
        norm=norm(QUERY),
        day=today(),
        count=3,
        confident=False,
        top_kind="service",
        top_key=made.service.slug,
    )
    change = search.try_change(
        kind=ChangeKind.WORDS, target=made.service.slug, after={WordKind.PHRASE: ["kartu raib"]}, by=by
    )
    return World(
        publication=publication.pk,
        merger=merger.pk,
        test_query=tested.pk,
        word_change=change.pk,
        agency=here,
        service=made.service,
        office=Office.objects.create(slug="kantor-contoh", name="Kantor Contoh", agency=here),
        application=Application.objects.create(
            slug="aplikasi-contoh",
            name="Aplikasi Contoh",
            owner=here,
            operator_level=OperatorLevel.REGENCY,
            audience="internal",
            state="dipakai",
            evidence="ya",
        ),
        feedback=Feedback.objects.create(
            topic=FeedbackTopic.OTHER, text="Kabar", page="/", contact="0812 0000", service=made.service
        ),
        colleague=colleague,
        membership=colleague.memberships.get(),
        invitation=invitation.pk,
        token=token,
    )


def dataset(world: World) -> Dataset:
    """Data that this agency's application holds; the same one each time."""
    return declare_dataset(
        application=world.application, name="Data Contoh", by=Actor("x"), provenance=Provenance("x")
    )


def resource(world: World) -> int:
    values = {"name": "Tabel", "url": "https://contoh.go.id/a.csv", "format": "CSV"}
    return int(put_resource(dataset=dataset(world), values=values, by=Actor("x")).pk)


def link(world: World) -> int:
    """Data that goes from this agency's application to another of it, declared by nobody."""
    target, _new = Application.objects.get_or_create(
        slug="aplikasi-tujuan",
        defaults={
            "name": "Aplikasi Tujuan",
            "owner": world.agency,
            "operator_level": OperatorLevel.REGENCY,
            "audience": "internal",
            "state": "dipakai",
            "evidence": "ya",
        },
    )
    made = declare_link(
        source=world.application,
        target=target,
        data="Data contoh",
        method="api",
        by=Actor("x"),
        declared_by=None,
        declared_words="x",
    )
    return int(made.pk)


def source_rule(world: World) -> int:
    found = SourceRule.objects.first() or put_rule(
        words="Data contoh",
        application=world.application,
        topic="RAD.01",
        valid_from=today(),
        citation="contoh",
        by=Actor("x"),
    )
    return int(found.pk)


def draft_campaign() -> Round:
    """A round that was not sent, with the questions of the tables."""
    load_questions(Path("/nowhere"), by=Actor("x"), report=Report())
    return Round.objects.create(
        slug=f"rancangan-{Round.objects.count()}",
        title="Putaran",
        question_set=QuestionSet.objects.get(key="pendek"),
        role="agency_operator",
        due_on=today() + datetime.timedelta(days=20),
        approval_due_on=today() + datetime.timedelta(days=30),
        attest_months=6,
        statement="Benar.",
        made_by="x",
    )


def copied_set() -> QuestionSet:
    """Questions that were copied and no round asked; the same ones each time."""
    load_questions(Path("/nowhere"), by=Actor("x"), report=Report())
    found = QuestionSet.objects.exclude(made_by="").first()
    return found or copy_set(
        question_set=QuestionSet.objects.get(key="pendek"), title="Salinan", by=Actor("x")
    )


def campaign(world: World) -> Bundle:
    """What this agency was asked in a round that runs, sent back and waiting for Kominfo; the same one each time."""
    found = Bundle.objects.filter(agency=world.agency).select_related("round").first()
    if found is not None:
        return found
    row = draft_campaign()
    row.state, row.sent_at = "berjalan", timezone.now()
    row.save()
    made = Bundle.objects.create(round=row, agency=world.agency, name="Oki", state="dikirim")
    Item.objects.create(bundle=made, round=row, application=world.application, state="dikirim", version=1)
    return made


def attested(world: World, who: User) -> str:
    values = {"name": "x", "at": timezone.now(), "statement": "x", "valid_until": today(), "applications": 0}
    made, _new = Attestation.objects.get_or_create(
        agency=world.agency, code="CONTOHUJI2", defaults={"by": who, **values}
    )
    return made.code


def exempted(world: World) -> int:
    made = Exemption.objects.create(
        application=world.application,
        field=f"isian-{Exemption.objects.count()}",
        reason="x",
        until=today(),
        by="x",
    )
    return made.pk


def recommendation(world: World) -> Recommendation:
    """What the regency advised this agency, waiting for its answer; the same one each time."""
    found = Recommendation.objects.filter(agency=world.agency).first()
    if found is not None:
        return found
    made = Recommendation.objects.create(
        rule="mati_belum_dihentikan",
        application=world.application,
        agency=world.agency,
        state="diberikan",
        action="hentikan",
        weight=90,
        found_at=timezone.now(),
        given_at=timezone.now(),
        due_on=today(),
    )
    return made


def advice_letter(world: World) -> int:
    letter = AdviceLetter.objects.create(
        agency=world.agency, made_by="x", made_at=timezone.now(), due_on=today()
    )
    letter.recommendations.add(recommendation(world))
    return int(letter.pk)
