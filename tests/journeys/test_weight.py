"""First visit of a public page: at most 48 KB over the wire; later pages at most 12 KB. Real transfers, summed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import PHONE
from tests.running import Site

FIRST = 48 * 1024
LATER = 12 * 1024
FULL = "/layanan/akta-kelahiran/"


class Meter:
    """Bytes that Chromium received, headers and compressed bodies, by address."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.received: dict[str, float] = {}
        self._addresses: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._response)
        session.on("Network.loadingFinished", self._finished)

    def _response(self, event: dict[str, object]) -> None:
        response = event["response"]
        assert isinstance(response, dict)
        self._addresses[str(event["requestId"])] = response["url"]

    def _finished(self, event: dict[str, object]) -> None:
        address = self._addresses.get(str(event["requestId"]), "?")
        self.received[address] = float(event["encodedDataLength"])  # type: ignore[arg-type]

    def visit(self, path: str) -> float:
        self.received.clear()
        self.page.goto(path, wait_until="networkidle")
        return sum(self.received.values())


@pytest.fixture
def meter(browser: Browser, site: Site) -> Iterator[Meter]:
    context = browser.new_context(base_url=site.url, viewport=PHONE)
    yield Meter(context.new_page())
    context.close()


@pytest.mark.parametrize("path", ["/", "/cari/?q=ktp+ilang", FULL])
def test_first_visit(meter: Meter, path: str) -> None:
    total = meter.visit(path)
    print(f"\nfirst visit of {path}: {total / 1024:.1f} KB, {len(meter.received)} transfers")
    assert len(meter.received) >= 4  # page, style, script, icons: the sum is of real transfers
    assert total <= FIRST, meter.received


@pytest.mark.parametrize("path", ["/cari/?q=akta+lahir", FULL, "/desa/", "/aplikasi/", "/layanan/"])
def test_later_pages(meter: Meter, path: str) -> None:
    meter.visit("/bantuan/")
    total = meter.visit(path)
    print(f"\nlater page {path}: {total / 1024:.1f} KB")
    assert total <= LATER, meter.received
