"""Every screen of imports: what a person sees, and 404 for strangers."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.people import client_of

from jendela.common.exchange import jobs
from jendela.common.exchange.models import ImportRun
from jendela.people.accounts.models import User
from jendela.people.areas.models import AreaPoint
from jendela.portal.exchange.tests.conftest import SOURCE, xlsx_bytes

HEAD = ["Kode wilayah", "Jenis", "Nama", "Lintang", "Bujur", "Sumber"]
GOOD = ["62.02.06", "puskesmas", "Puskesmas Baamang I", "-2.534", "112.953", SOURCE]
BAD = ["62.02.99", "dermaga", "Dermaga Seranau", "-2,55", "112,97", SOURCE]


def upload(client: Client, kind: str, data: bytes, name: str = "titik.csv") -> Any:
    return client.post(f"/kelola/impor/jenis/{kind}/", {"file": SimpleUploadedFile(name, data)})


def test_the_whole_way(team: User) -> None:
    client = client_of(team)
    assert "Titik di peta" in client.get("/kelola/impor/").content.decode()
    assert "Kode Kemendagri" in client.get("/kelola/impor/jenis/titik/").content.decode()
    answer = upload(client, "titik", xlsx_bytes([HEAD, GOOD, BAD]), "titik.xlsx")
    assert answer.status_code == 302, answer.content.decode()
    run = ImportRun.objects.get()
    assert answer.url == f"/kelola/impor/{run.pk}/kolom/"
    page = client.get(f"/kelola/impor/{run.pk}/kolom/").content.decode()
    assert "A · Kode wilayah" in page
    assert "Puskesmas Baamang I" in page
    answer = client.post(f"/kelola/impor/{run.pk}/kolom/", {k: str(v) for k, v in run.mapping.items()})
    assert "Menunggu giliran" in client.get(f"/kelola/impor/{run.pk}/").content.decode()
    assert client.get(f"/kelola/impor/{run.pk}/kemajuan/").json()["working"] is True
    jobs.check(run_id=run.pk, user_id=team.pk, actor="Rina", address=None)
    page = client.get(f"/kelola/impor/{run.pk}/").content.decode()
    assert "1 baris perlu diperbaiki" in page
    assert "tidak ada di daftar wilayah kami" in page
    client.post(f"/kelola/impor/{run.pk}/tulis/")  # the choice was not made
    run.refresh_from_db()
    assert run.state == "siap"
    client.post(f"/kelola/impor/{run.pk}/tulis/", {"lewati": "ya"})
    jobs.apply(run_id=run.pk, user_id=team.pk, actor="Rina", address=None)
    assert AreaPoint.objects.count() == 1
    page = client.get(f"/kelola/impor/{run.pk}/").content.decode()
    assert "1 baris ditulis" in page
    assert "1 baris salah dilewati" in page
    client.post(f"/kelola/impor/{run.pk}/batalkan/")
    jobs.undo(run_id=run.pk, user_id=team.pk, actor="Rina", address=None, also_moved=False)
    assert AreaPoint.objects.count() == 0
    assert "1 baris dikembalikan" in client.get(f"/kelola/impor/{run.pk}/").content.decode()
    assert "titik.xlsx" in client.get("/kelola/impor/riwayat/").content.decode()
    assert client.get("/kelola/ekspor/").status_code == 200
