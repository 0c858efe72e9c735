"""Browser journeys: the real product as `up` starts it, one instance a test process, and Chromium.

Each page of a test fails it when the content security policy is broken or the console reports an error. `page` runs
with JavaScript, `plain_page` without. `accessible(page)` runs axe and looks for sideways scrolling at 320 pixels.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, sync_playwright

from tests.running import ROOT, Site, free_port, new_database

PLAIN: weakref.WeakSet[Page] = weakref.WeakSet()  # pages without JavaScript
PHONE: ViewportSize = {"width": 360, "height": 740}
WATCH = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', e =>
  window.__violations.push(e.violatedDirective + ' ' + e.blockedURI));
"""
BEYOND = """[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 320.5)
  .map(e => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 60)}`).slice(-4)"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """`jendela up` on a free port with the region's data, ended at the end of the run."""
    home = Path(tempfile.mkdtemp(prefix="jendela-site-"))
    found = Site(home, new_database(f"journeys_{uuid.uuid4().hex[:8]}"), free_port())
    found.environment["JENDELA_RATE_FACTOR"] = "20"  # all journeys sign in from one address
    log = (home / "up.log").open("w+")
    command = [sys.executable, "-m", "jendela", "up", "--home", str(home), "--port", str(found.port)]
    process = subprocess.Popen(command, env=found.environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 120
        while not found.healthy():
            if process.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                pytest.fail(f"the site did not start:\n{log.read()[-3000:]}")
            time.sleep(0.3)
        yield found
    finally:
        process.terminate()
        process.wait(30)
        log.close()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("JENDELA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    arguments = [
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=arguments)
        yield found
        found.close()


def _failure(request: Request) -> list[str]:
    """A request that failed; one that the browser gave up because it went to another page has not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url} {request.failure}"]


@contextmanager
def watched(browser: Browser, site: Site, *, javascript: bool = True, refused: str = "") -> Iterator[Page]:
    """A page of a new visitor; at the end no violation and no error may have been seen. Where the server refuses
    something on purpose, `refused` is the pattern of what the browser then reports."""
    expected = re.compile(refused) if refused else None
    context: BrowserContext = browser.new_context(
        base_url=site.url,
        viewport=PHONE,
        locale="id-ID",
        java_script_enabled=javascript,
    )
    errors: list[str] = []
    if javascript:
        context.add_init_script(WATCH)
    page = context.new_page()
    if not javascript:
        PLAIN.add(page)
    page.set_default_timeout(15_000)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("requestfailed", lambda request: errors.extend(_failure(request)))
    try:
        yield page
        if javascript:
            errors += page.evaluate("window.__violations || []")
        assert [one for one in errors if not (expected and expected.search(one))] == []
    finally:
        context.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with watched(browser, site, javascript=True) as found:
        yield found


@pytest.fixture
def plain_page(browser: Browser, site: Site) -> Iterator[Page]:
    with watched(browser, site, javascript=False) as found:
        yield found


@pytest.fixture(params=[True, False], ids=["with_javascript", "without_javascript"])
def any_page(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """The same journey with and without JavaScript."""
    with watched(browser, site, javascript=request.param) as found:
        yield found


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """Axe finds nothing serious, and nothing scrolls sideways at 320 pixels."""
    axe = Axe()

    def check(page: Page) -> None:
        page.wait_for_load_state()  # a click returns when the next page has begun, before it has an element
        # axe waits on timers, which do not run where scripts are off; the same page is asked with scripts
        found = [] if page in PLAIN else axe.run(page).response["violations"]
        bad = [
            f"{rule['id']}: {node['html'][:150]}"
            for rule in found
            if rule["impact"] in ("serious", "critical")
            for node in rule["nodes"]
        ]
        assert bad == []
        page.set_viewport_size({"width": 320, "height": 740})
        wide = page.locator("html").evaluate("page => page.scrollWidth")
        who = page.evaluate(BEYOND) if wide > 320 else []
        page.set_viewport_size(PHONE)
        assert wide <= 320, f"{page.url} is {wide} pixels wide at 320: {who}"

    return check
