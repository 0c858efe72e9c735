"""A group of fields is edited: what is not known stays so, sources are kept, two editors meet, an act is undone."""

import re
import uuid
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.people.access.roles import AgencyHead, AgencyOperator, InformationTeam, Leader
from jendela.registry.applications import actions
from jendela.registry.applications.models import Application, AttributeDefinition, Change, ValueSource
from jendela.registry.applications.tests.samples import BY, SAID, made

pytestmark = pytest.mark.django_db
LIFE = "/kelola/aplikasi/aplikasi-uji/ubah/keadaan/"


@pytest.fixture
def row() -> Application:
    return made()


@pytest.fixture
def operator(row: Application) -> Client:
    return client_of(member(AgencyOperator.code))


def typed(client: Client, path: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send: every field of the form as it stands, with some changed."""
    page = client.get(path).content.decode()
    form = page[page.index('<form method="post" novalidate>') :]
    data: dict[str, Any] = {}
    for name, value in re.findall(
        r'<input type="(?:text|hidden|date)" name="([\w-]+)"(?: value="(.*?)")?', form
    ):
        data[name] = unescape(value)
    for name, value in re.findall(r'<textarea name="([\w-]+)".*?>\s*(.*?)</textarea>', form, re.DOTALL):
        data[name] = unescape(value)
    for name, options in re.findall(r'<select name="([\w-]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([\w-]*)" selected', options) or re.search(r'value="([\w-]*)"', options)
        data[name] = chosen.group(1) if chosen else ""
    data["asal"] = "instansi"
    return data | changes


def test_saving_without_a_change_changes_nothing(operator: Client, row: Application) -> None:
    number = Change.objects.count()
    for word in ("tentang", "keadaan", "pengelola", "alamat", "teknologi", "hukum"):
        path = f"/kelola/aplikasi/aplikasi-uji/ubah/{word}/"
        answer = operator.post(path, typed(operator, path))
        assert answer.status_code == 302, (word, answer.content.decode()[-3000:])
        assert "selesai=sama" in answer["Location"]
    assert Change.objects.count() == number


def test_the_branch_of_the_performance_tree_has_its_source_and_is_no_page_for_everybody(
    operator: Client, row: Application
) -> None:
    path = "/kelola/aplikasi/aplikasi-uji/ubah/tentang/"
    said = {"asal": "dokumen", "sumber": "Renstra 2025-2029", "tactical_target": "Naiknya arsip tertib"}
    assert operator.post(path, typed(operator, path, **said)).status_code == 302
    source = ValueSource.objects.get(application=row, field="tactical_target")
    assert (source.stated_by, source.source, source.grade) == ("Dinas Contoh", "Renstra 2025-2029", "B")
    leader = client_of(member(Leader.code)).get("/kelola/aplikasi/aplikasi-uji/").content.decode()
    assert "Naiknya arsip tertib" in leader
    assert "Naiknya arsip tertib" not in Client().get("/aplikasi/aplikasi-uji/").content.decode()


def test_what_was_typed_is_saved_with_its_source(operator: Client, row: Application) -> None:
    data = typed(
        operator,
        LIFE,
        users="1.200",
        users_as_of="2026-10",
        asal="dokumen",
        sumber="BA 12/2026",
        wish="perbaiki",
    )
    answer = operator.post(LIFE, data, follow=True)
    row.refresh_from_db()
    assert (row.users, row.users_as_of, row.wish) == (1200, "2026-10", "perbaiki")
    source = ValueSource.objects.get(application=row, field="users")
    assert (source.grade, source.source, source.stated_by) == ("B", "BA 12/2026", "Dinas Contoh")
    assert "Tersimpan. Sumber dan riwayatnya ikut tercatat." in answer.content.decode()


def test_an_act_is_taken_back_from_the_page(operator: Client, row: Application) -> None:
    answer = operator.post(LIFE, typed(operator, LIFE, users="7"), follow=True)
    undo = re.search(r'action="(/kelola/aplikasi/aplikasi-uji/batalkan/[\w-]+/)"', answer.content.decode())
    assert undo is not None
    answer = operator.post(undo.group(1), follow=True)
    assert "Perubahan sudah dibatalkan." in answer.content.decode()
    row.refresh_from_db()
    assert row.users is None
    answer = operator.post(undo.group(1), follow=True)
    assert "Belum dibatalkan" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"users": "banyak"}, "Tulis dengan angka saja."),
        ({"users": "-3"}, "Tulis dengan angka saja."),
        ({"users": "9" * 15}, "Tulis dengan angka saja."),
        ({"users_as_of": "kemarin"}, "Tulis tanggal seperti"),
        ({"state": "entah"}, "Pilih salah satu dari daftar."),
        ({"asal": "dokumen"}, "Tulis nomor dokumennya."),
        ({"asal": "berita"}, "Tulis alamat surat atau beritanya."),
        (
            {"asal": "berita", "alamat_sumber": "https://a.go.id/b", "tanggal_sumber": "x"},
            "Tulis tanggal seperti",
        ),
        ({"wish_reason": "x" * 5000}, "Terlalu panjang"),
        ({"user_note": "a\x00b"}, "Ada yang perlu diperbaiki"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    operator: Client, row: Application, changes: dict[str, str], words: str
) -> None:
    number = Change.objects.count()
    data = typed(operator, LIFE, user_note="Bukti saya")
    answer = operator.post(LIFE, data | changes)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert words in page
    assert "data-error-summary" in page
    assert "Bukti saya" in page or "user_note" in changes
    assert Change.objects.count() == number


def test_a_name_is_not_emptied(operator: Client, row: Application) -> None:
    path = "/kelola/aplikasi/aplikasi-uji/ubah/tentang/"
    assert operator.post(path, typed(operator, path, name="")).status_code == 400
    row.refresh_from_db()
    assert row.name == "Aplikasi Uji"


def test_an_address_of_the_office_network_is_refused(operator: Client, row: Application) -> None:
    path = "/kelola/aplikasi/aplikasi-uji/ubah/alamat/"
    answer = operator.post(path, typed(operator, path, url="http://192.168.1.4/simpeg"))
    assert "hanya jalan di jaringan kantor" in answer.content.decode()


def test_two_editors_read_what_the_other_wrote(operator: Client, row: Application) -> None:
    mine = typed(operator, LIFE, users="10")
    operator.post(LIFE, typed(operator, LIFE, users="20", user_note="Catatan rekan"))
    answer = operator.post(LIFE, mine)
    page = answer.content.decode()
    assert "Orang lain mengubah isian yang sama." in page
    assert "sekarang tertulis: 20" in page
    assert 'name="users" value="10"' in page
    row.refresh_from_db()
    assert row.users == 20
    seen = re.search(r'name="dilihat" value="(.*?)"', page)
    assert seen is not None
    operator.post(LIFE, mine | {"dilihat": unescape(seen.group(1)), "user_note": "Catatan rekan"})
    row.refresh_from_db()
    assert (row.users, row.user_note) == (10, "Catatan rekan")


@pytest.mark.parametrize("seen", ["", "{", "[]", "null", '{"users": {}}'])
def test_without_what_was_seen_nothing_known_is_overwritten(
    operator: Client, row: Application, seen: str
) -> None:
    actions.set_values(application=row, values={"users": 5}, by=BY, provenance=SAID)
    answer = operator.post(LIFE, typed(operator, LIFE, users="6") | {"dilihat": seen})
    assert answer.status_code == 200
    row.refresh_from_db()
    assert row.users == 5


def test_everything_still_true_is_one_tap(operator: Client, row: Application) -> None:
    answer = operator.post("/kelola/aplikasi/aplikasi-uji/benar/tentang/", follow=True)
    assert "semua isi bagian ini masih benar" in answer.content.decode()
    said = ValueSource.objects.filter(application=row, confirmed_at__isnull=False)
    assert {one.field for one in said} == {"name", "audience"}
    assert operator.get("/kelola/aplikasi/aplikasi-uji/benar/tentang/").status_code == 405


def test_only_an_approval_retires(operator: Client, row: Application) -> None:
    page = operator.get(LIFE).content.decode()
    assert 'value="dihentikan"' not in page
    answer = operator.post(LIFE, typed(operator, LIFE, life_cycle="dihentikan"))
    assert answer.status_code == 400


def test_fields_of_others_are_not_there(row: Application) -> None:
    other = client_of(member(AgencyHead.code, agency("Dinas Lain")))
    leader = client_of(member(Leader.code))
    for client in (other, leader):
        assert client.get(LIFE).status_code == 404
        assert client.post(LIFE, {"users": "3"}).status_code == 404
        assert client.post("/kelola/aplikasi/aplikasi-uji/benar/keadaan/").status_code == 404
    assert client_of(member(InformationTeam.code)).get(LIFE).status_code == 200
    assert (
        client_of(member(AgencyHead.code)).get("/kelola/aplikasi/aplikasi-uji/ubah/entah/").status_code == 404
    )


def test_kominfo_speaks_in_its_own_name(row: Application) -> None:
    agency("Diskominfo", name="Dinas Komunikasi dan Informatika")
    team = client_of(member(InformationTeam.code))
    team.post(LIFE, typed(team, LIFE, users="9"))
    source = ValueSource.objects.get(application=row, field="users")
    assert source.stated_by == "Dinas Komunikasi dan Informatika"


def test_a_merged_record_is_no_longer_edited(operator: Client, row: Application) -> None:
    other = made("Lain")
    Application.objects.filter(pk=row.pk).update(record_state="digabung", merged_into=other)
    assert operator.get(LIFE).status_code == 404


@pytest.mark.parametrize(
    ("kind", "choices", "typed_value", "kept", "words"),
    [
        ("text", [], "A-12", "A-12", "A-12"),
        ("number", [], "1.500", 1500, "1.500"),
        ("date", [], "2026-02-03", "2026-02-03", "3 Februari 2026"),
        ("yes_no", [], "ya", True, "ya"),
        ("choice", ["biru", "hijau"], "hijau", "hijau", "hijau"),
        ("choices", ["biru", "hijau"], ["biru", "hijau"], ["biru", "hijau"], "biru, hijau"),
    ],
)
def test_an_extra_attribute_is_filled_like_any_other(  # noqa: PLR0917  a row of the table above
    operator: Client, row: Application, kind: str, choices: list[str], typed_value: Any, kept: Any, words: str
) -> None:
    AttributeDefinition.objects.create(key="kode", label="Kode lama", kind=kind, choices=choices)
    path = "/kelola/aplikasi/aplikasi-uji/ubah/tambahan/"
    data = typed(operator, path) | {"extra-kode": typed_value}
    answer = operator.post(path, data, follow=True)
    row.refresh_from_db()
    assert row.extra == {"kode": kept}
    page = answer.content.decode()
    assert "Kode lama" in page
    assert words in page
    answer = operator.post(
        path, typed(operator, path) | ({"extra-kode": typed_value} if kind == "choices" else {})
    )
    assert "selesai=sama" in answer["Location"]


def test_an_act_on_several_is_undone_by_who_may_edit_them_all(row: Application) -> None:
    user = member(AgencyOperator.code)
    gone = made("Aplikasi Pindah", agency("Dinas Lain"))
    path = "/kelola/aplikasi/aplikasi-uji/batalkan/{}/"
    for other, undone in ((gone, False), (made("Aplikasi Kedua"), True)):
        by, batch = Actor("Ani", user=user), uuid.uuid4()
        actions.set_many(
            rows=[(one, {"vendor": f"PT {other.pk}"}) for one in (row, other)],
            by=by,
            provenance=SAID,
            batch=batch,
        )
        answer = client_of(user).post(path.format(batch))
        assert answer["Location"].count("selesai=batal") == int(undone)
        other.refresh_from_db()
        assert other.vendor == ("" if undone else f"PT {other.pk}")
