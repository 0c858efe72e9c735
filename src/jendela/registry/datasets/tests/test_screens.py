"""Every screen of datasets once: facts, bad input, strangers, numbers of queries."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.people.access.roles import AgencyOperator, InformationTeam, Leader, StaffMember
from jendela.registry.applications.models import FunctionNode
from jendela.registry.datasets import actions
from jendela.registry.datasets.models import Dataset, Element, StandardElement
from jendela.registry.datasets.tests.world import SAID, application, dataset

pytestmark = pytest.mark.django_db
HERE = "/kelola/data/"


@pytest.fixture
def row() -> Dataset:
    return dataset(at=application("Gizi Kotim", agency("dinkes")))


@pytest.fixture
def operator(row: Dataset) -> Client:
    return client_of(member(AgencyOperator.code, row.producer))


@pytest.fixture
def kominfo() -> Client:
    return client_of(member(InformationTeam.code, name="Citra Lestari"))


@pytest.fixture
def standards() -> None:
    StandardElement.objects.bulk_create(
        StandardElement(
            code=code, name=name, definition="x", synonyms=synonyms, citation="daftar awal Jendela"
        )
        for code, name, synonyms in (
            ("nik", "NIK", "no ktp,nomor ktp"),
            ("nama", "Nama lengkap", "nama,nama penduduk"),
            ("tanggal_lahir", "Tanggal lahir", "tgl lahir,tgl_lhr"),
            ("berat_badan", "Berat badan", "bb,berat"),
        )
    )


def test_each_value_says_who_said_it(row: Dataset, operator: Client, kominfo: Client) -> None:
    operator.post(f"{HERE}{row.slug}/ubah/standard/", {"unit": "orang"})
    text = kominfo.get(f"{HERE}{row.slug}/").content.decode()
    assert text.count('<details class="origin">') == 2  # its name, its unit; what is not known has none
    assert "Disampaikan Budi Santoso" in text
    assert "isian di Jendela" in text
    assert text.index("Disampaikan Budi Santoso") < text.index("isian di Jendela")


def test_recorded_edited_undone(row: Dataset, operator: Client) -> None:
    sent = {"application": "gizi-kotim", "name": "Jumlah Ibu Hamil", "description": "Ibu hamil terdaftar"}
    text = operator.post(f"{HERE}baru/", sent, follow=True).content.decode()
    assert "Data ini sudah tercatat" in text
    path = f"{HERE}jumlah-ibu-hamil/"
    text = operator.post(
        f"{path}ubah/standard/", {"unit": "orang", "concept": "Gizi"}, follow=True
    ).content.decode()
    assert "Batalkan perubahan terakhir" in text
    assert "orang" in text
    operator.post(f"{path}batal/")
    assert Dataset.objects.get(slug="jumlah-ibu-hamil").unit == ""
    text = operator.post(f"{path}batal/", follow=True).content.decode()
    assert "belum dapat dibatalkan" in text


@pytest.mark.parametrize("group", ["identity", "standard", "metadata", "openness", "renewal", "personal"])
def test_each_group_opens(row: Dataset, operator: Client, group: str) -> None:
    assert operator.get(f"{HERE}{row.slug}/ubah/{group}/").status_code == 200
    assert operator.get(f"{HERE}{row.slug}/ubah/lain/").status_code == 404


def test_bad_values_come_back(row: Dataset, operator: Client) -> None:
    path = f"{HERE}{row.slug}/ubah/"
    answer = operator.post(f"{path}openness/", {"openness": "tertutup", "openness_reason": ""})
    assert "Tulis alasannya" in answer.content.decode()
    answer = operator.post(f"{path}renewal/", {"update_promise": "bulanan", "last_update": "2099-01-01"})
    assert "belum tiba" in answer.content.decode()
    answer = operator.post(f"{path}personal/", {"has_personal": "tidak", "personal": ["nik"]})
    assert answer.status_code == 400
    answer = operator.post(f"{path}identity/", {"name": "", "kind": "tabular", "priority": "tidak"})
    assert answer.status_code == 400
    answer = operator.post(f"{path}metadata/", {"metadata_url": "javascript:alert(1)"})
    assert answer.status_code == 400


def test_a_code_that_is_not_in_the_tree_is_refused_and_words_are_not(row: Dataset, operator: Client) -> None:
    FunctionNode.objects.create(code="RAD.04", tree="RAD", name="Kesehatan", citation="x")
    path, sent = (
        f"{HERE}{row.slug}/ubah/identity/",
        {"name": row.name, "kind": "tabular", "priority": "tidak"},
    )
    answer = operator.post(path, {**sent, "topic": "RAD.04.77"})
    assert "Yang terdekat: RAD.04." in answer.content.decode()
    for topic in ("RAD.04", "Gizi balita"):
        operator.post(path, {**sent, "topic": topic})
        row.refresh_from_db()
        assert row.topic == topic


def test_personal_classes_say_that_there_is_personal_data(row: Dataset, operator: Client) -> None:
    operator.post(f"{HERE}{row.slug}/ubah/personal/", {"has_personal": "", "personal": ["nik", "anak"]})
    found = Dataset.objects.get()
    assert (found.has_personal, found.personal) == (True, ["nik", "anak"])


def test_the_walidata_checks(row: Dataset, operator: Client, kominfo: Client) -> None:
    path = f"{HERE}{row.slug}/"
    assert operator.post(f"{path}periksa/").status_code == 404
    text = kominfo.post(f"{path}periksa/", follow=True).content.decode()
    assert "Yang kurang disebut di bawah" in text
    values = dict.fromkeys(("concept", "definition", "classification", "measure", "unit"), "x")
    actions.set_dataset(dataset=row, values={**values, "has_metadata": True}, by=SYSTEM, provenance=SAID)
    kominfo.post(f"{path}periksa/")
    assert Dataset.objects.get().verified_by == "Citra Lestari, Diskominfo"
    kominfo.post(f"{path}periksa/tarik/")
    assert Dataset.objects.get().verified_at is None


def test_pasted_columns_are_suggested_and_confirmed(row: Dataset, operator: Client, standards: None) -> None:
    path = f"{HERE}{row.slug}/kolom/"
    sent = {"isi": "baru", "names": "No KTP\tTgl. Lahir\tBB\tketerangan lain"}
    text = operator.post(path, sent, follow=True).content.decode()
    assert "Mohon dipastikan" in text
    found = {one.name: (one.standard_id, one.suggested) for one in Element.objects.all()}
    assert found == {
        "No KTP": ("nik", True),
        "Tgl. Lahir": ("tanggal_lahir", True),
        "BB": ("berat_badan", True),
        "keterangan lain": (None, False),
    }
    keys = {one.name: one.pk for one in Element.objects.all()}
    operator.post(
        path,
        {f"e{keys['No KTP']}": "nik", f"e{keys['Tgl. Lahir']}": "tanggal_lahir", f"e{keys['BB']}": "",
         f"e{keys['keterangan lain']}": "", f"buang{keys['keterangan lain']}": "on"},
    )  # fmt: skip
    found = {one.name: (one.standard_id, one.suggested) for one in Element.objects.all()}
    assert found == {"No KTP": ("nik", False), "Tgl. Lahir": ("tanggal_lahir", False), "BB": (None, False)}


def test_headings_of_a_file_are_read_and_its_rows_are_not_kept(
    row: Dataset, operator: Client, standards: None
) -> None:
    file = SimpleUploadedFile("data.csv", b"nik;nama\n6202010000000001;Orang Rekaan\n")
    operator.post(f"{HERE}{row.slug}/kolom/", {"isi": "baru", "names": "", "table": file})
    assert sorted(Element.objects.values_list("name", flat=True)) == ["nama", "nik"]


def test_bad_columns(row: Dataset, operator: Client) -> None:
    path = f"{HERE}{row.slug}/kolom/"
    assert operator.post(path, {"isi": "baru", "names": "  "}).status_code == 400
    pdf = SimpleUploadedFile("data.xlsx", b"%PDF-1.7 not a table")
    answer = operator.post(path, {"isi": "baru", "table": pdf})
    assert answer.status_code == 400
    answer = operator.post(path, {"isi": "baru", "names": "\n".join(f"kolom {n}" for n in range(301))})
    assert "paling banyak 300 kolom" in answer.content.decode()
    assert not Element.objects.exists()


def test_files_of_the_data(row: Dataset, operator: Client) -> None:
    path = f"{HERE}{row.slug}/berkas/"
    assert operator.post(path, {"name": "x", "url": "javascript:1", "format": "CSV"}).status_code == 400
    sent = {"name": "Tabel", "url": "https://contoh.go.id/a.csv", "format": "CSV", "licence": "CC-BY-4.0"}
    operator.post(path, sent)
    operator.post(path, {**sent, "name": "Tabel baru"})
    resource = row.resources.get()
    assert resource.name == "Tabel baru"
    assert operator.post(f"{path}{resource.pk + 1}/buang/").status_code == 404
    operator.post(f"{path}{resource.pk}/buang/")
    assert not row.resources.exists()


def test_readers_and_strangers(row: Dataset) -> None:
    leader, other = (
        client_of(member(Leader.code)),
        client_of(member(AgencyOperator.code, agency("dinas-lain"))),
    )
    for client in (leader, other):
        assert client.get(f"{HERE}{row.slug}/").status_code == 200
        assert client.get(f"{HERE}{row.slug}/ubah/standard/").status_code == 404
        assert client.get(f"{HERE}{row.slug}/kolom/").status_code == 404
    assert client_of(member(StaffMember.code)).get(HERE).status_code == 404
    assert Client().get(HERE).status_code == 302


def test_the_list_says_what_is_not_known(row: Dataset, kominfo: Client) -> None:
    text = kominfo.get(HERE).content.decode()
    assert "data pribadi belum diketahui" in text
    assert "belum ada janji pembaruan" in text
    for query, there in (
        ("?saring=pribadi-belum", True), ("?saring=terbuka", False), ("?saring=x", True), ("?nama=gizi", True),
        ("?nama=%00", True), ("?instansi=dinkes", True), ("?instansi=instansi-saya", False), ("?sesudah=zzz", False),
    ):  # fmt: skip
        assert ("Jumlah Balita Ditimbang" in kominfo.get(HERE + query).content.decode()) is there, query


@pytest.mark.parametrize("path", ["", "?saring=janji-lewat&nama=a", "jumlah-balita-ditimbang/", "serupa/"])
def test_queries_do_not_grow_with_the_rows(row: Dataset, standards: None, path: str, kominfo: Client) -> None:
    def more(number: int) -> None:
        for one in range(number):
            actions.add_elements(dataset=row, names=[f"nik {number} {one}"], by=SYSTEM)
            other = dataset(f"Data {number} {one}", application(f"A {number} {one}", row.producer))
            made = actions.add_elements(dataset=other, names=["nik", "nama", "bb"], by=SYSTEM)
            chosen: dict[int, str] = {each.pk: str(each.standard_id) for each in made}
            actions.confirm_elements(dataset=other, chosen=chosen, by=SYSTEM)

    more(2)
    kominfo.get(HERE + path)
    with CaptureQueriesContext(connection) as few:
        assert kominfo.get(HERE + path).status_code == 200
    more(6)
    with CaptureQueriesContext(connection) as more_rows:
        kominfo.get(HERE + path)
    assert len(more_rows) == len(few)


def test_the_same_data_twice_is_asked(row: Dataset, standards: None, kominfo: Client) -> None:
    other = dataset("Penimbangan", application("Posyandu", agency("bapperida")))
    for one in (row, other):
        made = actions.add_elements(dataset=one, names=["nik", "nama", "bb"], by=SYSTEM)
        if one is row:
            assert "Belum ada data yang diduga sama" in kominfo.get(f"{HERE}serupa/").content.decode()
        chosen: dict[int, Any] = {each.pk: each.standard_id for each in made}
        actions.confirm_elements(dataset=one, chosen=chosen, by=SYSTEM)
    text = kominfo.get(f"{HERE}serupa/").content.decode()
    assert "Penimbangan" in text
    assert "3 unsur sama" in text
