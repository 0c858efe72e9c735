"""Screens of rounds: from the form to the simulation, sent, the board, a decision; who sees what."""

import datetime
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from docx import Document
from openpyxl import load_workbook
from tests.pdf import needs_pdf, pages
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.common.tables import Report
from jendela.common.workdays.imports import load_holidays
from jendela.registry.campaigns.actions import answering
from jendela.registry.campaigns.choices import RoundState
from jendela.registry.campaigns.models import Bundle, Round
from jendela.registry.campaigns.reads.board import board
from jendela.registry.campaigns.tests.test_answering import fill
from jendela.registry.campaigns.tests.world import World, actor, application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DATA = Path(__file__).parents[3] / "dataset" / "kotim"
FORM = {
    "title": "Pemutakhiran November 2026",
    "question_set": "pendek",
    "role": "agency_operator",
    "due_on": "2026-12-07",
    "approval_due_on": "2026-12-14",
    "attest_months": "6",
    "statement": "Daftar ini benar.",
    "with_empty": "on",
}


def test_a_new_round_proposes_deadlines_in_working_days(world: World) -> None:
    load_holidays(DATA, by=Actor("uji"), report=Report())
    page = client_of(world.team).get("/kelola/pemutakhiran/baru/").content.decode()
    assert 'value="2026-12-08"' in page  # ten working days after 24 November
    assert 'value="2026-12-15"' in page


def test_from_the_form_to_the_simulation_and_out(world: World) -> None:
    lonely = agency("Dinas Tanpa Orang")
    client = client_of(world.team)
    answer = client.post("/kelola/pemutakhiran/baru/", FORM)
    assert answer.status_code == 302
    row = Round.objects.get()
    page = client.get(answer["Location"]).content.decode()
    assert "2 orang akan menerima 2 permintaan, tentang 3 aplikasi" in page
    assert f"instansi={lonely.slug}" in page
    assert not Bundle.objects.exists()
    sent = client.post(f"/kelola/pemutakhiran/{row.slug}/kirim/", follow=True).content.decode()
    assert "Putaran sudah dikirim" in sent
    assert Bundle.objects.count() == 2
    assert "0 dari 2 instansi sudah menjawab" in sent


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Tulis nama putaran."),
        ({"due_on": "2026-11-01"}, "Tanggal ini sudah lewat."),
        ({"due_on": "2026-11-31"}, "Tanggal ini tidak ada."),
        ({"approval_due_on": "2026-12-01"}, "Harus sama atau sesudah batas menjawab."),
        ({"attest_months": "99"}, "Paling banyak 36 bulan."),
        ({"statement": ""}, "Tulis bunyi pernyataannya."),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_kept(world: World, changed: dict[str, str], words: str) -> None:
    answer = client_of(world.team).post("/kelola/pemutakhiran/baru/", {**FORM, **changed})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert "data-error-summary" in page
    assert "Daftar ini benar." in page or "statement" in changed
    assert not Round.objects.exists()


def test_a_deadline_on_a_holiday_is_warned_of(world: World) -> None:
    load_holidays(DATA, by=Actor("uji"), report=Report())
    row = world.round(due_on=datetime.date(2026, 12, 25), approval_due_on=datetime.date(2027, 1, 8))
    page = client_of(world.team).get(f"/kelola/pemutakhiran/{row.slug}/simulasi/").content.decode()
    assert "25 Desember 2026 bukan hari kerja. Hari kerja berikutnya 28 Desember 2026." in page
    assert "Kalender libur 2027 belum ditetapkan." in page


def test_more_than_the_guard_asks_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("actions.sending", "views.rounds"):
        monkeypatch.setattr(f"jendela.registry.campaigns.{module}.rule", lambda _key, _day: 1)
    row, client = world.round(), client_of(world.team)
    page = client.post(f"/kelola/pemutakhiran/{row.slug}/kirim/", follow=True).content.decode()
    assert "lebih banyak daripada batas aman" in page
    assert 'name="banyak"' in page
    assert not Bundle.objects.exists()
    client.post(f"/kelola/pemutakhiran/{row.slug}/kirim/", {"banyak": "ya"})
    assert Bundle.objects.count() == 2


def test_kominfo_reads_returns_and_approves(world: World) -> None:
    row = world.sent()
    bundle = world.bundle(row)
    fill(bundle, world)
    answering.submit(bundle=bundle, by=actor(world.operator), note="Terima kasih.")
    client, url = client_of(world.team), f"/kelola/pemutakhiran/{row.slug}/isian/{bundle.pk}/"
    page = client.get(url).content.decode()
    assert "Belum tahu" in page
    assert "Terima kasih." in page
    one = bundle.items.get(application=world.first)
    wrong = client.post(f"{url}putuskan/", {f"back_{one.pk}": "on"})
    assert wrong.status_code == 400
    assert "Tulis yang perlu dilengkapi" in wrong.content.decode()
    said = client.post(
        f"{url}putuskan/", {f"back_{one.pk}": "on", f"note_{one.pk}": "Isi biayanya."}, follow=True
    ).content.decode()
    assert "Jawaban dikembalikan." in said
    assert "Isi biayanya." in said
    bundle.refresh_from_db()
    assert bundle.state == "dikembalikan"


def test_a_call_a_question_and_its_answer(world: World) -> None:
    row = world.sent()
    bundle = world.bundle(row)
    answering.ask(bundle=bundle, text="Biaya internet ikut dihitung?", by=actor(world.operator))
    client, url = client_of(world.team), f"/kelola/pemutakhiran/{row.slug}/isian/{bundle.pk}/"
    assert [one.agency.short_name for one in board(row, narrow="bertanya").rows] == ["Dinas Contoh"]
    said = client.post(f"{url}jawab/", {"jawab-text": "Ya."}, follow=True).content.decode()
    assert "Biaya internet ikut dihitung?" in said
    assert board(row, narrow="bertanya").rows == []
    said = client.post(f"{url}telepon/", {"telepon-note": "Besok."}, follow=True).content.decode()
    assert "Telepon sudah dicatat." in said
    assert client.post(f"{url}telepon/", {"telepon-note": ""}).status_code == 400


def test_the_board_counts_days_late_and_comes_as_a_table(world: World, clock: time_machine.Traveller) -> None:
    row = world.sent()
    clock.move_to("2026-12-11 09:00+07:00")
    client = client_of(world.team)
    page = client.get(f"/kelola/pemutakhiran/{row.slug}/").content.decode()
    assert "belum menjawab (4 hari kerja)" in page
    sheet = load_workbook(BytesIO(client.get(f"/kelola/pemutakhiran/{row.slug}/papan.xlsx").content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]][:3] == [
        "Dinas Contoh",
        "belum menjawab (4 hari kerja)",
        "Oki Operator",
    ]


def test_the_board_costs_the_same_for_any_number(world: World, django_assert_num_queries: object) -> None:
    for number in range(9):
        place = agency(f"Dinas {number}")
        member("agency_operator", place)
        application(f"Aplikasi {number}", place)
    row = world.sent()
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert len(board(row).rows) == 11


def test_a_long_board_is_shown_in_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jendela.registry.campaigns.views.board.PAGE", 1)
    row, client = world.sent(), client_of(world.team)
    url = f"/kelola/pemutakhiran/{row.slug}/"
    first = client.get(f"{url}?keadaan=belum").content.decode()
    assert "keadaan=belum&amp;mulai=1" in first
    second = client.get(f"{url}?keadaan=belum&mulai=1").content.decode()
    agencies = ["instansi/dinas-contoh/", "instansi/dinas-lain/"]
    assert [[one in page for one in agencies] for page in (first, second)] == [[True, False], [False, True]]
    assert "mulai=2" not in second
    assert client.get(f"{url}?mulai=x²").status_code == 200


def test_letters_as_page_and_docx(world: World, clock: time_machine.Traveller) -> None:
    row, client = world.sent(), client_of(world.team)
    url = f"/kelola/pemutakhiran/{row.slug}/surat/"
    assert "Kepala perangkat daerah sebagaimana terlampir" in client.get(url).content.decode()
    words = _words(client.get(f"{url}surat.docx").content)
    assert "7 Desember 2026" in words
    assert "Oki Operator" in words
    clock.move_to("2026-12-11 09:00+07:00")
    client = client_of(world.team)  # the session has ended meanwhile
    words = _words(client.get(f"{url}dinas-contoh/surat.docx").content)
    assert "4 hari kerja" in words
    assert "Kepala Dinas Contoh" in words
    assert client.get(f"{url}dinas-tidak-ada/").status_code == 404
    assert client.get(f"{url}surat.exe").status_code == 404


@needs_pdf
def test_letters_as_pdf(world: World, clock: time_machine.Traveller) -> None:
    row = world.sent()
    clock.move_to("2026-12-11 09:00+07:00")
    client = client_of(world.team)
    for place in ("", "dinas-contoh/"):
        answer = client.get(f"/kelola/pemutakhiran/{row.slug}/surat/{place}surat.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert pages(answer.content) >= 1
    stranger = client_of(world.operator)
    assert stranger.get(f"/kelola/pemutakhiran/{row.slug}/surat/surat.pdf").status_code == 404


def _words(data: bytes) -> str:
    found = Document(BytesIO(data))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in found.paragraphs] + cells)


def test_an_agency_sees_its_own_alone(world: World) -> None:
    row = world.sent()
    mine, others = world.bundle(row), world.bundle(row, world.other)
    client = client_of(world.operator)
    assert client.get("/kelola/pemutakhiran/")["Location"].endswith("/instansi/dinas-contoh/")
    assert client.get(f"/kelola/pemutakhiran/{row.slug}/isian/{mine.pk}/").status_code == 200
    for path in (
        f"{row.slug}/",
        f"{row.slug}/papan.xlsx",
        f"{row.slug}/isian/{others.pk}/",
        f"{row.slug}/isian/{others.pk}/serahkan/",
        "instansi/dinas-lain/",
        "baru/",
        f"{row.slug}/surat/",
    ):
        assert client.get(f"/kelola/pemutakhiran/{path}").status_code == 404, path
    assert client.post(f"/kelola/pemutakhiran/{row.slug}/tutup/").status_code == 404
    assert Round.objects.get().state == RoundState.OPEN


def test_leaders_look_and_change_nothing(world: World) -> None:
    row = world.sent()
    client = client_of(member("leader"))
    page = client.get(f"/kelola/pemutakhiran/{row.slug}/").content.decode()
    assert "Tutup putaran" not in page
    assert client.post(f"/kelola/pemutakhiran/{row.slug}/ingatkan/").status_code == 404


def test_who_could_not_be_asked_is_asked_later(world: World) -> None:
    late = agency("Dinas Terlambat")
    application("Aplikasi Empat", late)
    row, client = world.sent(), client_of(world.team)
    url = f"/kelola/pemutakhiran/{row.slug}/"
    assert "1 instansi belum diminta" in client.get(url).content.decode()
    holder = member("agency_operator", late, name="Baru Datang")
    page = client.get(url).content.decode()
    assert "1 instansi sekarang punya pengisi" in page
    client.post(f"{url}kirim-sisanya/")
    client.post(f"{url}kirim-sisanya/")
    made = world.bundle(row, late)
    assert (made.holder, made.items.count()) == (holder, 1)
    assert Bundle.objects.filter(round=row).count() == 3


def test_extending_and_closing(world: World) -> None:
    row, client = world.sent(), client_of(world.team)
    url = f"/kelola/pemutakhiran/{row.slug}/"
    earlier = client.post(f"{url}perpanjang/", {"due_on": "2026-12-01", "approval_due_on": "2026-12-14"})
    assert earlier.status_code == 400
    client.post(f"{url}perpanjang/", {"due_on": "2026-12-14", "approval_due_on": "2026-12-21"})
    row.refresh_from_db()
    assert row.due_on == datetime.date(2026, 12, 14)
    assert "Tutup putaran ini?" in client.get(f"{url}tutup/").content.decode()
    client.post(f"{url}tutup/")
    row.refresh_from_db()
    assert row.state == RoundState.CLOSED
    assert client.get(f"{url}perpanjang/").status_code == 404


def test_handing_over_on_screen(world: World) -> None:
    row = world.sent()
    bundle = world.bundle(row)
    client, url = client_of(world.operator), f"/kelola/pemutakhiran/{row.slug}/isian/{bundle.pk}/serahkan/"
    wrong = client.post(url, {"name": "Rekan", "email": "rekan"})
    assert wrong.status_code == 400
    said = client.post(url, {"name": "Rekan Contoh", "email": "rekan@contoh.id"}, follow=True)
    assert "Isian sudah diserahkan." in said.content.decode()
    bundle.refresh_from_db()
    assert bundle.name == "Rekan Contoh"


def test_an_exemption_on_screen(world: World) -> None:
    client = client_of(world.team)
    url = "/kelola/pemutakhiran/pengecualian/aplikasi-satu/"
    wrong = client.post(url, {"field": "hosting", "reason": "", "until": "2026-11-01"})
    assert wrong.status_code == 400
    said = client.post(
        url, {"field": "hosting", "reason": "Penyedia belum menjawab.", "until": "2026-12-31"}, follow=True
    ).content.decode()
    assert "Penyedia belum menjawab." in said
    assert client_of(world.head).get(url).status_code == 404
