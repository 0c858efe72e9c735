"""Holders of personal links for tests: a phone is a client without an account, its link the newest of a bundle."""

from typing import Any

from django.test import Client

from jendela.registry.campaigns.models import Bundle, Round
from jendela.registry.campaigns.tests.world import World


class Phone:
    """A device with a personal link."""

    def __init__(
        self, world: World, round_: Round, *, client: Client | None = None, begin: bool = True
    ) -> None:
        self.world, self.round = world, round_
        link = self.bundle.links.first()
        assert link is not None
        self.base = f"/isi/{link.token}/"
        self.client = client or Client()
        if begin:
            assert self.post("mulai/").status_code == 302

    @property
    def bundle(self) -> Bundle:
        return self.world.bundle(self.round)

    def item(self, name: str) -> Any:
        return self.bundle.items.get(application__name=name)

    def get(self, tail: str = "") -> Any:
        return self.client.get(self.base + tail)

    def post(self, tail: str = "", data: dict[str, Any] | None = None, **headers: Any) -> Any:
        return self.client.post(
            self.base + tail, data or {}, headers={"Sec-Fetch-Site": "same-origin", **headers}
        )

    def say(self, app: str, key: str, **values: Any) -> Any:
        """Answer a question on its own page."""
        row = self.item(app)
        given = {"say": "isi", "revision": str(row.revision), **values}
        return self.post(f"{row.pk}/{key}/", given)

    def tap(self, name: str, say: str, key: str = "") -> Any:
        """One tap on the page of an application."""
        row = self.item(name)
        return self.post(f"{row.pk}/", {"say": say, "question": key, "revision": str(row.revision)})
