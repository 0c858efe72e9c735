"""Yesterday's page, all versions, the sheet on paper and the charter: what residents meet after an agency wrote."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.running import Site

SLUG = "akta-kematian"
PAGE = f"/layanan/{SLUG}/"
WRITE = """
import datetime
from jendela.common.audit import Actor
from jendela.services.catalogue import actions
from jendela.services.catalogue.models import Publication, Service, Standard
from jendela.services.catalogue.reads.standards import CHARTER_TEXT, Minutes
service = Service.objects.select_related("owner").get(slug="akta-kematian")
by = Actor("Rina")
actions.sign_target(service=service, longest=3, unit="hari_kerja", counts_from="sejak berkas lengkap",
    signed_by="Kepala Disdukcapil", by=by)
actions.publish_interim(service=service, by=by, agency_name="Disdukcapil", changes={
    "A1": "Surat keterangan kematian asli\\nKTP-el dan KK orang yang meninggal",
    "A6": "Adukan ke loket 3. Dijawab paling lambat 14 hari.",
    "complaint": {"officer": "Kepala Bidang Pencatatan Sipil", "channel": "Loket 3, Jalan HM Arsyad"},
    "words": {"ungkapan": ["bapak meninggal"], "kata": [], "english": []},
})
other = Service.objects.select_related("owner").get(slug="akta-kelahiran")
actions.decree(service=other, by=by, agency_name="Disdukcapil", content={
    "A1": "Surat keterangan lahir asli\\nFotokopi kartu keluarga\\nFotokopi buku nikah",
    "A2": "Ambil nomor antrean di loket\\nSerahkan berkas, petugas memeriksa\\nTunggu, lalu ambil akta",
    "A3": "3 hari kerja sejak berkas lengkap", "A4": "Gratis", "A5": "Kutipan akta kelahiran",
    "A6": "Adukan ke loket 3 atau SP4N-LAPOR!. Dijawab paling lambat 14 hari.",
    "B8": "Ruang tunggu, antrean, kursi roda", "B12": "Akta diantar bila terlambat",
    }, decree_number="188.45/12/DISDUKCAPIL/2026", decree_date=datetime.date(2026, 11, 20),
    signed_by="Kepala Disdukcapil", valid_from=datetime.date(2026, 11, 20),
    complaint_officer="Kepala Bidang Pencatatan Sipil", complaint_channel="Loket 3, Jalan HM Arsyad Sampit",
    minutes=Minutes(datetime.date(2026, 11, 2), "Dibahas bersama warga.", "Warga, RT, petugas"))
actions.publish_charter(agency=service.owner, text=CHARTER_TEXT, signed_by="Kepala Disdukcapil",
    signed_on=datetime.date(2026, 11, 24), by=by)
"""


@pytest.fixture(scope="module")
def written(site: Site) -> str:
    """An agency has written one service, decreed another, and published its charter."""
    site.manage("shell", "--no-imports", "--command", WRITE)
    return (
        site.manage(
            "shell",
            "--no-imports",
            "--command",
            "from jendela.common.dates import today; import datetime; "
            "print(today() - datetime.timedelta(days=1))",
        )
        .strip()
        .splitlines()[-1]
    )


def test_yesterday_and_today(written: str, any_page: Page) -> None:
    page = any_page
    page.goto(PAGE)
    assert page.get_by_text("Surat keterangan kematian asli").first.is_visible()
    assert page.get_by_text("Sebagian ditulis Disdukcapil, sisanya dari sumber publik.").is_visible()
    assert page.get_by_text("Target sementara dari Kepala Disdukcapil").is_visible()
    page.get_by_text("Lembar untuk dicetak").wait_for(state="attached")
    page.goto(f"{PAGE}versi/")
    assert page.get_by_role("heading", name="Versi 2", exact=True).is_visible()
    page.get_by_label("Lihat halaman pada tanggal").fill(written)
    page.get_by_role("button", name="Lihat", exact=True).click()
    page.wait_for_url(f"**{PAGE}?pada={written}")
    assert page.get_by_text("bukan yang sekarang").is_visible()
    assert page.get_by_text("Surat keterangan kematian asli").count() == 0
    page.get_by_role("link", name="Buka halaman hari ini").click()
    page.wait_for_url(f"**{PAGE}")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path",
    [
        PAGE,
        "/layanan/akta-kelahiran/",
        f"{PAGE}versi/",
        "/layanan/akta-kelahiran/standar/",
        f"{PAGE}standar/",
        "/instansi/disdukcapil/maklumat/",
    ],
)
def test_pages_are_accessible(
    written: str, page: Page, accessible: Callable[[Page], None], path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    accessible(page)


def test_the_sheet_on_paper(written: str, page: Page) -> None:
    """Group B is folded on the screen and open on paper; what is no part of the sheet is left out."""
    page.goto("/layanan/akta-kelahiran/standar/")
    assert page.get_by_text("188.45/12/DISDUKCAPIL/2026").first.is_visible()
    assert not page.get_by_text("Ruang tunggu, antrean, kursi roda").is_visible()
    page.emulate_media(media="print")
    assert page.get_by_text("Ruang tunggu, antrean, kursi roda").is_visible()
    assert not page.get_by_role("link", name="Semua versi").is_visible()
    page.emulate_media(media="screen")


DRAFT = """
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from jendela.common.audit import SYSTEM, Actor
from jendela.people.access.actions import grant_role
from jendela.people.accounts.models import User
from jendela.services.catalogue.models import Service
from jendela.services.editor.actions import save_part
service = Service.objects.select_related("owner").get(slug="kartu-identitas-anak-usia-di-bawah-5-tahun")
user = User.objects.create_user("pratinjau@contoh.id", name="Rina Contoh")
grant_role(user=user, agency=service.owner, role="service_admin", by=SYSTEM)
by = Actor("Rina", user=user)
save_part(service=service, part="A3", value="2 hari kerja sejak berkas lengkap", revision=0, by=by)
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session.create()
print(session.session_key)
"""


def test_a_draft_before_it_is_public(site: Site, page: Page, accessible: Callable[[Page], None]) -> None:
    key = site.manage("shell", "--no-imports", "--command", DRAFT).strip().splitlines()[-1]
    page.context.add_cookies([{"name": "jendela_sesi", "value": key, "url": site.url}])
    address = "kartu-identitas-anak-usia-di-bawah-5-tahun"
    page.goto(f"/kelola/standar/{address}/pratinjau/")
    assert page.get_by_text("Pratinjau, belum terbit.").is_visible()
    assert page.get_by_text("Yang berubah: berapa lama.").is_visible()
    assert page.locator(".pane", has_text="Berapa lama").get_by_text("2 hari kerja").is_visible()
    accessible(page)
    page.get_by_role("link", name="Buka halaman yang terbit").click()
    page.wait_for_url(f"**/layanan/{address}/")
    assert page.get_by_text("2 hari kerja").count() == 0
