"""A small world for tests of rounds: two agencies with applications, their people, Kominfo, and a question set."""

import datetime
from pathlib import Path
from typing import Any

from tests.people import agency, member

from jendela.common.audit import Actor
from jendela.common.tables import Report
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import Application
from jendela.registry.campaigns.actions import rounds, sending
from jendela.registry.campaigns.imports import load_questions
from jendela.registry.campaigns.models import Bundle, QuestionSet, Round
from jendela.registry.campaigns.targets import Filters

MONDAY = datetime.date(2026, 11, 23)
DUE = datetime.date(2026, 12, 7)  # a Monday
APPROVAL = datetime.date(2026, 12, 14)
PROVENANCE = Provenance(stated_by="Diskominfo", source="Uji", grade="D")


def application(name: str, owner: Agency, **values: Any) -> Application:
    given = {"operator_level": "daerah", "audience": "internal", "state": "dipakai", **values}
    return create_application(
        values={"name": name, "owner": owner, **given}, by=Actor("uji"), provenance=PROVENANCE
    )


def questions() -> None:
    load_questions(Path("/nowhere"), by=Actor("uji"), report=Report())


class World:
    def __init__(self) -> None:
        questions()
        self.owner, self.other = agency("Dinas Contoh"), agency("Dinas Lain")
        self.operator = member("agency_operator", self.owner, name="Oki Operator")
        self.head = member("agency_head", self.owner, name="Kepala Contoh")
        self.other_operator = member("agency_operator", self.other, name="Orang Lain")
        self.team = member("information_team", name="Tia Tim")
        self.first = application("Aplikasi Satu", self.owner)
        self.second = application("Aplikasi Dua", self.owner, url="https://dua.contoh.go.id")
        self.third = application("Aplikasi Tiga", self.other)

    @property
    def by(self) -> Actor:
        return actor(self.team)

    def round(self, *, key: str = "pendek", **values: Any) -> Round:
        given: dict[str, Any] = {
            "title": "Pemutakhiran November 2026",
            "filters": Filters(),
            "role": "agency_operator",
            "due_on": DUE,
            "approval_due_on": APPROVAL,
            "attest_months": 6,
            "statement": "Daftar ini benar dan lengkap.",
        }
        given.update(values)
        return rounds.make_round(question_set=QuestionSet.objects.get(key=key), by=self.by, **given)

    def sent(self, **values: Any) -> Round:
        row = self.round(**values)
        sending.send_round(round_=row, by=self.by)
        return row

    def bundle(self, row: Round, at: Agency | None = None) -> Bundle:
        return Bundle.objects.get(round=row, agency=at or self.owner)


def actor(user: User) -> Actor:
    return Actor(user.name, user=user)
