"""The record: what is known and by whom, what is not, who sees what, and where old addresses lead."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.people.access.roles import AgencyHead, AgencyOperator, InformationTeam, Leader, StaffMember
from jendela.registry.applications import actions, reads
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.choices import Grade, Visibility
from jendela.registry.applications.models import Application, Change, FormerSlug
from jendela.registry.applications.tests.samples import BY, SAID, made, node
from jendela.registry.overlap.actions import declare

pytestmark = pytest.mark.django_db


def page(client: Client, row: Application) -> str:
    answer = client.get(f"/kelola/aplikasi/{row.slug}/")
    assert answer.status_code == 200
    return answer.content.decode()


def put(row: Application, part: str, **values: Any) -> Any:
    return actions.put_part(application=row, part=part, values=values, by=BY, provenance=SAID)


def test_each_value_says_who_said_it_and_how_far_it_can_be_trusted() -> None:
    row = made()
    told = Provenance("tintaborneo.com", "Berita", "https://contoh.id/berita", "2025-10", Grade.TOLD)
    actions.set_values(application=row, values={"vendor": "PT Contoh"}, by=BY, provenance=told)
    found = page(client_of(member(Leader.code)), row)
    assert "PT Contoh" in found
    assert "Menurut surat atau berita." in found
    assert '<a href="https://contoh.id/berita" rel="external noopener">Berita</a>, Oktober 2025.' in found


def test_what_is_not_known_is_said_with_the_way_to_fill_it() -> None:
    row = made()
    found = page(client_of(member(AgencyOperator.code)), row)
    assert "Belum ada data biaya." in found
    assert "Rp0" not in found
    assert 'href="/kelola/aplikasi/aplikasi-uji/ubah/teknologi/#id_hosting"' in found
    assert "Belum kami ketahui: gunanya." in found  # the first thing to do


def test_who_may_not_edit_is_not_led_to_forms() -> None:
    found = page(client_of(member(Leader.code)), made())
    assert "/ubah/" not in found
    assert "/bagian/" not in found
    assert "Semua masih benar" not in found


def test_fields_of_the_owner_are_seen_by_the_owner_and_who_keeps_the_register() -> None:
    row = made(hosting_note="Ruang 4, rak 2")
    for role, seen in ((AgencyOperator, True), (InformationTeam, True), (Leader, False)):
        assert ("Ruang 4, rak 2" in page(client_of(member(role.code)), row)) is seen
    other = client_of(member(AgencyOperator.code, agency("Dinas Lain")))
    assert "Ruang 4, rak 2" not in page(other, row)


def test_parts_stand_on_the_page_and_contacts_do_not() -> None:
    row = made()
    put(row, "people", role="operator", name="Budi Contoh", phone="0812 3456", email="budi@contoh.id")
    put(row, "uses", agency=agency("Dinas Pemakai"), state="disebut")
    put(row, "functions", node=node(), main=True)
    put(row, "costs", year=2026, kind="hosting", amount=Decimal("350000000.00"))
    put(row, "costs", year=2026, kind="lisensi", amount=Decimal("50000000.00"))
    put(
        row,
        "versions",
        number="2.1",
        contract_value=Decimal("990000000.00"),
        contract_until=datetime.date(2027, 1, 1),
    )
    put(row, "legal_bases", kind="perbup", words="Peraturan Bupati Nomor 99 Tahun 2022")
    put(row, "interfaces", name="API Kehadiran")
    found = page(client_of(member(Leader.code)), row)
    for words in (
        "Budi Contoh", "Dinas Pemakai", "RAB.04.01", "Rp400 juta", "Rp350.000.000", "Versi 2.1", "1 Januari 2027",
        "Peraturan Bupati Nomor 99 Tahun 2022", "API Kehadiran", "Disebut pihak lain, menunggu jawaban.",
    ):  # fmt: skip
        assert words in found, words
    assert "0812 3456" not in found
    assert "budi@contoh.id" not in found
    assert "990.000.000" not in found  # what a contract is worth
    assert "990.000.000" in page(client_of(member(AgencyHead.code)), row)


def test_each_row_of_a_part_says_who_said_it_last() -> None:
    row = made()
    letter = Provenance("Inspektorat", "LHP 7/2026", "https://contoh.id/lhp", grade=Grade.PROVEN)
    values: dict[str, dict[str, Any]] = {
        "people": {"role": "operator", "name": "Budi Contoh"},
        "uses": {"agency": agency("Dinas Pemakai"), "state": "disebut"},
        "versions": {"number": "2.1"},
        "costs": {"year": 2026, "kind": "hosting", "amount": Decimal(1000)},
        "legal_bases": {"kind": "perbup", "words": "Peraturan Bupati Nomor 99"},
        "interfaces": {"name": "API Kehadiran"},
    }
    keys = {part: put(row, part, **said).pk for part, said in values.items()}
    client = client_of(member(Leader.code))
    assert page(client, row).count("Disampaikan Dinas Contoh, ") == 6 + 4  # of the parts, of the fields
    for part, key in keys.items():
        change = {"note": "x"} if part not in ("people", "legal_bases") else {}
        change = {"people": {"position": "Staf"}, "legal_bases": {"url": "https://contoh.id"}}.get(
            part, change
        )
        actions.put_part(application=row, part=part, key=key, values=change, by=BY, provenance=letter)
    found = page(client, row)
    assert found.count("Disampaikan Inspektorat, ") == 6
    assert found.count('<a href="https://contoh.id/lhp" rel="external noopener">LHP 7/2026</a>') >= 6


def test_what_follows_or_is_taken_back_was_said_by_nobody_new() -> None:
    """Another version in use ends the first one's turn, an undo brings the earlier words back: neither speaks of it."""
    row = made()
    letter = Provenance("Inspektorat", "LHP 7/2026", grade=Grade.PROVEN)
    first = actions.put_part(application=row, part="versions", by=BY, provenance=letter,
                             values={"number": "2.1", "current": True})  # fmt: skip
    put(row, "versions", number="3.0", current=True)
    first.refresh_from_db()
    assert not first.current
    assert reads.said_of_parts(row)["versions", first.pk].stated_by == "Inspektorat"
    changed = uuid.uuid4()
    actions.put_part(application=row, part="versions", key=first.pk, values={"vendor": "PT Lain"}, by=BY,
                     provenance=SAID, batch=changed)  # fmt: skip
    assert reads.said_of_parts(row)["versions", first.pk].stated_by == SAID.stated_by
    actions.undo_batch(batch=changed, by=BY, stated_by="Pembatal")
    assert reads.said_of_parts(row)["versions", first.pk].stated_by == "Inspektorat"


def test_a_cost_names_the_document_of_who_said_it_last() -> None:
    row = made()
    values = {"year": 2026, "kind": "hosting", "amount": Decimal(1000)}
    for source in (
        Provenance("Dishub", "DPA 2026"),
        Provenance("Inspektorat", "LHP 7", "https://contoh.id/lhp"),
    ):
        cost = actions.put_part(application=row, part="costs", values=values, by=BY, provenance=source)
        values = {**values, "amount": Decimal(2000)}
    assert (cost.stated_by, cost.source) == ("Inspektorat", "LHP 7")
    found = page(client_of(member(Leader.code)), row)
    assert '<a href="https://contoh.id/lhp" rel="external noopener">LHP 7</a>' in found


def test_a_version_that_got_columns_since_can_still_be_taken_back() -> None:
    row, act = made(), uuid.uuid4()
    actions.put_part(
        application=row, part="versions", values={"number": "2.1"}, by=BY, provenance=SAID, batch=act
    )
    change = Change.objects.get(batch=act)
    change.after = {name: value for name, value in (change.after or {}).items() if name != "processor"}
    change.save()
    actions.undo_batch(batch=act, by=BY, stated_by="Pembatal")
    assert not row.versions.exists()


def test_a_row_that_came_with_a_merge_keeps_who_said_it() -> None:
    gone, stays = made("Lama"), made("Tetap")
    version = put(gone, "versions", number="1.0")
    assert not reads.said_of_parts(stays)
    type(version).objects.filter(pk=version.pk).update(application=stays)
    Application.objects.filter(pk=gone.pk).update(record_state="digabung", merged_into=stays)
    assert reads.said_of_parts(stays)["versions", version.pk].stated_by == "Dinas Contoh"


def test_a_retirement_names_what_takes_over() -> None:
    row, other = made("Lama"), made("Baru Sekali")
    values = {
        "step": "penghentian",
        "positive": True,
        "date": datetime.date(2026, 1, 2),
        "decided_by": "Bupati",
    }
    actions.add_approval(application=row, values=values, by=BY, provenance=SAID, replacement=other)
    found = page(client_of(member(Leader.code)), row)
    assert "sudah dihentikan" in found
    assert '<a href="/kelola/aplikasi/baru-sekali/">Baru Sekali</a>' in found


def test_one_undoes_ones_own_act_and_not_that_of_others() -> None:
    row = made()
    mine, other = member(AgencyOperator.code), member(AgencyOperator.code)
    from jendela.common.audit import Actor

    actions.set_values(
        application=row, values={"vendor": "PT Satu"}, by=Actor("Ani", user=mine), provenance=SAID
    )
    assert "/batalkan/" in page(client_of(mine), row)
    assert "/batalkan/" not in page(client_of(other), row)
    assert "/batalkan/" in page(client_of(member(InformationTeam.code)), row)


def test_the_history_hides_what_the_viewer_may_not_see() -> None:
    row = made()
    actions.set_values(application=row, values={"hosting_note": "Rak rahasia"}, by=BY, provenance=SAID)
    path = f"/kelola/aplikasi/{row.slug}/riwayat/"
    assert "Rak rahasia" in client_of(member(AgencyOperator.code)).get(path).content.decode()
    assert "Rak rahasia" not in client_of(member(Leader.code)).get(path).content.decode()


def test_the_machine_is_for_the_government_and_the_provider_for_the_owner() -> None:
    row = made()
    put(row, "versions", number="2.1", memory="8 GB", vendor_contact="0531 21000")
    put(row, "versions", number="2.1", memory="16 GB", vendor_contact="0531 21999")
    history = f"/kelola/aplikasi/{row.slug}/riwayat/"
    for role, sees in ((AgencyOperator, True), (InformationTeam, True), (Leader, False)):
        client = client_of(member(role.code))
        found = page(client, row)
        assert "16 GB" in found
        assert ("0531 21999" in found) is sees
        told = client.get(history).content.decode()
        assert "<del>8 GB</del> <ins>16 GB</ins>" in told
        assert ("0531 21000" in told) is sees
    public = Client().get(f"/aplikasi/{row.slug}/").content.decode()
    assert "16 GB" not in public
    assert "0531" not in public


def test_an_old_address_leads_to_the_record_that_stands() -> None:
    row, other = made("Lama"), made("Pengganti")
    FormerSlug.objects.create(slug="nama-dulu", application=row)
    client = client_of(member(Leader.code))
    answer = client.get("/kelola/aplikasi/nama-dulu/")
    assert (answer.status_code, answer["Location"]) == (302, "/kelola/aplikasi/lama/")
    Application.objects.filter(pk=row.pk).update(record_state="digabung", merged_into=other)
    assert client.get("/kelola/aplikasi/nama-dulu/")["Location"] == "/kelola/aplikasi/pengganti/"
    found = page(client, row)
    assert "Catatan ini sudah digabung ke" in found
    assert client.get("/kelola/aplikasi/tidak-ada/").status_code == 404


def test_the_number_of_queries_does_not_grow(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    row = made()
    client = client_of(member(AgencyOperator.code))
    page(client, row)
    with django_assert_max_num_queries(40) as few:
        page(client, row)
    for number in range(8):
        put(row, "uses", agency=agency(f"Dinas {number}"), state="dipakai")
        put(row, "costs", year=2015 + number, kind="hosting", amount=Decimal(number))
        put(row, "versions", number=str(number))
        put(row, "people", role="operator", name=f"Orang {number}")
        put(row, "functions", node=node(f"RAB.01.0{number}", f"Fungsi {number}"))
    with django_assert_max_num_queries(len(few)):
        page(client, row)


def test_a_stranger_and_who_may_not_read_find_nothing(client: Client) -> None:
    row = made()
    path = f"/kelola/aplikasi/{row.slug}/"
    assert client.get(path).status_code == 302
    assert client_of(member(StaffMember.code)).get(path).status_code == 404


def test_retired_attributes_of_the_owner_stay_hidden_in_the_history() -> None:
    row = made()
    attribute = actions.add_attribute(
        values={"label": "Kunci lemari", "kind": "text", "visibility": "pemilik"}, by=BY
    )
    values = {f"extra.{attribute.key}": "Laci ketiga"}
    actions.set_values(application=row, values=values, by=BY, provenance=SAID)
    for retired in (False, True):
        if retired:
            actions.retire_attribute(attribute=attribute, by=BY)
        for role, seen in ((AgencyOperator, True), (Leader, False)):
            client = client_of(member(role.code))
            assert ("Laci ketiga" in page(client, row)) is seen
            history = client.get(f"/kelola/aplikasi/{row.slug}/riwayat/").content.decode()
            assert ("Laci ketiga" in history) is seen


def test_an_attribute_nobody_knows_is_hidden_in_the_history() -> None:
    row = made()
    actions.set_values(application=row, values={"extra.hilang": "Laci"}, by=BY, provenance=SAID)
    acts, _more = reads.history(row, visible=frozenset(Visibility.values))
    assert all(line.after != "Laci" for act in acts for line in act.lines)


def test_the_way_to_a_contact_is_for_who_may_read_it() -> None:
    row = made()
    put(row, "people", role="operator", name="Budi Contoh", phone="0812 3456")
    for role, seen in ((AgencyHead, True), (AgencyOperator, False), (InformationTeam, True)):
        assert ("/kontak/" in page(client_of(member(role.code)), row)) is seen


def test_answered_uses_of_others_are_not_led_to_a_form() -> None:
    row = made()
    use = put(row, "uses", agency=agency("Dinas Lain"), state="tidak_dipakai")
    way = f"/bagian/pemakai/{use.pk}/"
    for role, seen in ((AgencyOperator, False), (InformationTeam, True)):
        assert (way in page(client_of(member(role.code)), row)) is seen


def test_probes_and_likeness_are_for_those_whose_own_screens_show_them() -> None:
    row, third = made(), made("Aplikasi Ketiga", agency("Dinas Ketiga"))
    declare(applications=(row, third), reason="Alasan yang sama.", said_by="Uji", by=BY)
    for user, seen in (
        (member(AgencyOperator.code), (True, True)),
        (member(Leader.code), (True, True)),
        (member(AgencyOperator.code, agency("Dinas Ketiga")), (False, True)),
        (member(AgencyOperator.code, agency("Dinas Lain")), (False, False)),
    ):
        found = page(client_of(user), row)
        assert ("Pemeriksaan alamat</h" in found, "Alasan yang sama." in found) == seen
