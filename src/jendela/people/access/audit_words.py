"""The audit trail in words: a sentence part for each action, a name for each kind of target, and differences.

An action without words here is shown by its code name; tests/architecture/test_permissions.py names those missing.
Apps on the left give links to their targets with `register_targets` in AppConfig.ready().
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.people.access.choices import Module, ModuleState
from jendela.people.access.personal import READ
from jendela.people.access.roles import ROLES

# after the name of who acted: "Ani Rahmawati memberi peran"
ACTIONS: dict[str, Any] = {
    "access.grant_role": _("memberi peran"),
    "access.end_role": _("mengakhiri peran"),
    "access.restore_role": _("membatalkan pengakhiran peran"),
    "access.set_module": _("mengubah keadaan modul"),
    READ: _("membuka data pribadi"),
    "members.invite": _("mengundang orang"),
    "members.renew_invitation": _("membuat tautan undangan baru"),
    "datasets.give_to_application": _("mencatat aplikasi yang memegang data"),
    "webhooks.make_webhook": _("menambah alamat pemberitahuan program"),
    "webhooks.try_webhook": _("mengirim percobaan pemberitahuan program"),
    "webhooks.stop_webhook": _("menghentikan pemberitahuan program"),
    "webhooks.send_again": _("mengirim lagi pemberitahuan program"),
    "recommendations.find": _("menemukan bahan rekomendasi"),
    "recommendations.close_gone": _("menutup rekomendasi karena faktanya berubah"),
    "recommendations.give": _("memberi rekomendasi"),
    "scores.remind_dues": _("mengirim surat tenggat"),
    "recommendations.move_deadline": _("memundurkan batas jawaban yang jatuh pada hari libur"),
    "recommendations.remind": _("mengingatkan rekomendasi yang belum dijawab"),
    "recommendations.answer": _("menjawab rekomendasi"),
    "recommendations.follow_up": _("menindaklanjuti rekomendasi"),
    "recommendations.keep": _("membiarkan rekomendasi dengan alasan"),
    "recommendations.withdraw": _("menarik rekomendasi"),
    "catalogue.repoint_ways": _("mengarahkan cara mengurus ke catatan aplikasi yang tetap"),
    "catalogue.repoint_ways_back": _("mengembalikan arah cara mengurus"),
    "overlap.decide": _("memutuskan dua catatan sama atau tidak"),
    "overlap.declare": _("menyatakan dua aplikasi mirip"),
    "overlap.take_back_declaration": _("menarik pernyataan bahwa dua aplikasi mirip"),
    "overlap.merge": _("menggabung dua catatan aplikasi"),
    "overlap.undo_merge": _("membatalkan penggabungan catatan aplikasi"),
    "overlap.confirm_function": _("memastikan fungsi aplikasi"),
    "overlap.save_request": _("menulis usulan aplikasi"),
    "overlap.send_request": _("mengirim usulan aplikasi"),
    "overlap.withdraw_request": _("menarik usulan aplikasi"),
    "overlap.decide_request": _("memutuskan usulan aplikasi"),
    "tokens.create_token": _("membuat token"),
    "tokens.revoke_token": _("mencabut token"),
    "members.withdraw_invitation": _("menarik undangan"),
    "members.accept_invitation": _("menerima undangan"),
    "members.forget_invitations": _("menghapus undangan lama"),
    "members.release": _("melepas orang dan memindahkan pekerjaannya"),
    "accounts.create_account": _("membuat akun"),
    "accounts.make_sign_in_link": _("membuat tautan masuk"),
    "accounts.use_sign_in_link": _("masuk dengan tautan"),
    "accounts.end_session": _("keluar"),
    "accounts.start_session": _("masuk"),
    "accounts.request_code": _("meminta kode"),
    "accounts.register_resident": _("membuat akun warga"),
    "accounts.change_name": _("mengganti nama akun"),
    "accounts.set_contact": _("mengganti alamat atau nomor akun"),
    "accounts.end_device": _("mengeluarkan satu perangkat"),
    "accounts.end_all_devices": _("keluar dari semua perangkat"),
    "accounts.set_open": _("membuka atau menutup akun"),
    "accounts.close_account": _("menutup akunnya sendiri"),
    "factors.add_factor": _("menambah pengaman akun"),
    "factors.remove_factor": _("menghapus pengaman akun"),
    "factors.reset_factors": _("menghapus semua pengaman akun"),
    "factors.renew_recovery_codes": _("mengganti kode cadangan"),
    "factors.use_recovery_code": _("memakai kode cadangan"),
    "persons.add_person": _("menambah orang yang diurus"),
    "persons.change_person": _("mengubah data orang yang diurus"),
    "persons.remove_person": _("menghapus orang yang diurus"),
    "persons.restore_person": _("mengembalikan orang yang diurus"),
    "agencies.add_office": _("menambah kantor"),
    "agencies.edit_office": _("mengubah kontak kantor"),
    "agencies.undo_office": _("membatalkan perubahan kantor"),
    "agencies.make_successor": _("membuat instansi penerus"),
    "agencies.merge_agencies": _("menggabung instansi"),
    "agencies.undo_merger": _("membatalkan penggabungan instansi"),
    "agencies.import_agency": _("mengimpor instansi"),
    "agencies.import_office": _("mengimpor kantor"),
    "agencies.remove_agency": _("membatalkan impor instansi"),
    "agencies.remove_office": _("membatalkan impor kantor"),
    "areas.put_populationfigure": _("mengimpor jumlah penduduk"),
    "areas.put_areapoint": _("mengimpor titik wilayah"),
    "areas.put_areaboundary": _("mengimpor batas wilayah"),
    "areas.remove_populationfigure": _("membatalkan impor jumlah penduduk"),
    "areas.remove_areapoint": _("membatalkan impor titik wilayah"),
    "areas.remove_areaboundary": _("membatalkan impor batas wilayah"),
    "applications.move_applications": _("memindahkan aplikasi ke instansi lain"),
    "applications.move_applications_back": _("mengembalikan aplikasi ke instansi lamanya"),
    "catalogue.move_services": _("memindahkan layanan ke instansi lain"),
    "catalogue.move_services_back": _("mengembalikan layanan ke instansi lamanya"),
    "members.move_invitation": _("memindahkan undangan ke instansi lain"),
    "applications.set_values": _("mengubah data aplikasi"),
    "applications.confirm_values": _("menyatakan data aplikasi masih benar"),
    "applications.create_application": _("mencatat aplikasi baru"),
    "applications.put_part": _("mengubah bagian aplikasi"),
    "applications.remove_part": _("mencabut bagian aplikasi"),
    "applications.add_attribute": _("menambah keterangan untuk aplikasi"),
    "applications.change_attribute": _("mengubah keterangan untuk aplikasi"),
    "applications.retire_attribute": _("menghentikan atau membuka lagi keterangan untuk aplikasi"),
    "applications.move_attribute": _("mengurutkan keterangan untuk aplikasi"),
    "applications.split_owner": _("memindahkan sebagian aplikasi ke instansi lain"),
    "applications.undo_split": _("membatalkan pemindahan sebagian aplikasi"),
    "applications.put_functions": _("memuat pohon fungsi"),
    "applications.set_address": _("mengisi alamat aplikasi"),
    "applications.undo_address": _("membatalkan alamat aplikasi"),
    "datasets.declare_dataset": _("mencatat data"),
    "datasets.set_dataset": _("mengubah catatan data"),
    "datasets.undo_dataset": _("membatalkan perubahan catatan data"),
    "datasets.verify_dataset": _("menyatakan data sudah diperiksa walidata"),
    "datasets.end_verification": _("menarik pemeriksaan walidata"),
    "datasets.add_elements": _("mencatat kolom data"),
    "datasets.confirm_elements": _("memastikan padanan kolom"),
    "datasets.remove_elements": _("mengeluarkan kolom data"),
    "datasets.put_resource": _("mencatat alamat berkas data"),
    "datasets.remove_resource": _("mengeluarkan alamat berkas data"),
    "datasets.put_standard_elements": _("memuat daftar unsur data"),
    "datasets.move_datasets": _("memindahkan data ke instansi lain"),
    "datasets.move_datasets_back": _("mengembalikan data ke instansi lamanya"),
    "datasets.remove_dataset": _("membatalkan impor data"),
    "datasets.repoint_datasets": _("memindahkan data ke catatan aplikasi lain"),
    "links.set_stand_alone": _("mengecualikan aplikasi dari integrasi"),
    "links.end_stand_alone": _("mengakhiri pengecualian integrasi"),
    "links.put_rule": _("menulis aturan sumber yang benar"),
    "links.end_rule": _("mengakhiri aturan sumber yang benar"),
    "links.move_links": _("memindahkan integrasi ke instansi lain"),
    "links.move_links_back": _("mengembalikan integrasi ke instansi lamanya"),
    "links.repoint_links": _("memindahkan integrasi ke catatan aplikasi lain"),
    "links.remove_link": _("membatalkan impor integrasi"),
    "links.declare_link": _("menyatakan integrasi"),
    "links.answer_link": _("menjawab pernyataan integrasi"),
    "links.set_link": _("memperbaiki integrasi"),
    "links.end_link": _("mengakhiri integrasi"),
    "links.reopen_link": _("membatalkan pengakhiran integrasi"),
    "probes.plan_run": _("merencanakan pemeriksaan alamat"),
    "probes.ask_probe": _("meminta alamat diperiksa sekarang"),
    "probes.dispute_fact": _("membantah hasil pemeriksaan"),
    "probes.withdraw_dispute": _("menarik bantahan"),
    "probes.answer_dispute": _("menjawab bantahan"),
    "probes.settle": _("menutup bantahan karena hasil pemeriksaan berubah"),
    "probes.allow_host": _("mengizinkan satu host jaringan dalam diperiksa"),
    "probes.end_allowed_host": _("menghentikan pemeriksaan satu host jaringan dalam"),
    "letters.make_template": _("menambah bentuk jawaban surat"),
    "letters.change_template": _("mengubah bentuk jawaban surat"),
    "letters.retire_template": _("menghentikan bentuk jawaban surat"),
    "letters.restore_template": _("menawarkan lagi bentuk jawaban surat"),
    "letters.issue_letter": _("membuat jawaban surat"),
    "campaigns.load_questions": _("memuat pertanyaan pemutakhiran"),
    "campaigns.copy_questions": _("menyalin kumpulan pertanyaan"),
    "campaigns.drop_questions": _("membuang kumpulan pertanyaan"),
    "campaigns.add_question": _("menambah pertanyaan"),
    "campaigns.edit_question": _("mengubah pertanyaan"),
    "campaigns.move_question": _("memindahkan urutan pertanyaan"),
    "campaigns.remove_question": _("menghapus pertanyaan"),
    "campaigns.make_round": _("menyusun pemutakhiran"),
    "campaigns.change_round": _("mengubah pemutakhiran"),
    "campaigns.drop_round": _("membuang rancangan pemutakhiran"),
    "campaigns.send_round": _("mengirim pemutakhiran"),
    "campaigns.send_request": _("mengirim permintaan isian"),
    "campaigns.message_refused": _("mencatat surat yang ditolak server"),
    "campaigns.close_round": _("menutup pemutakhiran"),
    "campaigns.extend_round": _("memperpanjang pemutakhiran"),
    "campaigns.move_deadline": _("memundurkan batas waktu yang jatuh pada hari libur"),
    "campaigns.withdraw_bundle": _("menarik permintaan isian"),
    "campaigns.open_bundle": _("membuka permintaan isian"),
    "campaigns.save_answers": _("mengisi jawaban"),
    "campaigns.report_unlisted": _("melaporkan aplikasi yang belum ada di daftar"),
    "campaigns.submit": _("mengirim jawaban"),
    "campaigns.reopen": _("membuka lagi jawaban yang dikirim"),
    "campaigns.hand_over": _("menyerahkan isian kepada rekan"),
    "campaigns.refuse": _("menyatakan bukan pengisi"),
    "campaigns.ask": _("bertanya tentang isian"),
    "campaigns.answer_question": _("menjawab pertanyaan tentang isian"),
    "campaigns.bind_device": _("membuka isian di perangkat baru"),
    "campaigns.send_code": _("mengirim kode isian"),
    "campaigns.end_devices": _("mengeluarkan perangkat lain dari isian"),
    "campaigns.revoke_links": _("mencabut tautan isian"),
    "campaigns.approve": _("menerima jawaban"),
    "campaigns.return": _("mengembalikan jawaban"),
    "campaigns.attest": _("menyatakan daftar instansi benar"),
    "campaigns.break_seal": _("mencatat bahwa pernyataan tidak berlaku lagi"),
    "campaigns.exempt": _("mengecualikan satu isian"),
    "campaigns.end_exemption": _("mencabut pengecualian"),
    "campaigns.note_call": _("mencatat telepon"),
    "campaigns.remind": _("mengirim pengingat"),
    "campaigns.mark_silent": _("mencatat instansi yang tidak menjawab"),
    "campaigns.take_workbook": _("mengunggah isian dari XLSX"),
    "campaigns.move_bundles": _("memindahkan isian ke instansi lain"),
    "campaigns.move_bundles_back": _("mengembalikan isian ke instansi lamanya"),
    "catalogue.assign_feedback": _("menugaskan kabar"),
    "catalogue.forget_feedback": _("menghapus kontak dari kabar lama"),
    "catalogue.publish_interim": _("menerbitkan Informasi sementara"),
    "catalogue.withdraw": _("menarik terbitan"),
    "catalogue.decree": _("mencatat SK standar"),
    "catalogue.put_in_force": _("memberlakukan standar"),
    "catalogue.publish_charter": _("menerbitkan maklumat"),
    "catalogue.sign_target": _("menandatangani target sementara"),
    "catalogue.withdraw_target": _("menarik target sementara"),
    "editor.start_draft": _("memulai rancangan"),
    "editor.written_part": _("menulis bagian rancangan"),
    "editor.set_aside_part": _("menyisihkan tulisan"),
    "editor.discarded_part": _("membuang bagian rancangan"),
    "editor.restored_part": _("mengembalikan bagian rancangan"),
    "editor.published_part": _("menerbitkan bagian rancangan"),
    "editor.take_over_draft": _("mengambil alih rancangan"),
    "editor.hand_over_draft": _("menerima rancangan dari rekan"),
    "editor.record_consultation": _("mencatat pembahasan rancangan"),
    "exchange.take_in": _("mengunggah tabel"),
    "exchange.choose_sheet": _("memilih lembar tabel"),
    "exchange.match_columns": _("mencocokkan kolom tabel"),
    "applications.report_application": _("melaporkan aplikasi"),
    "applications.decide_report": _("memutuskan laporan aplikasi"),
    "applications.reopen_report": _("membuka lagi laporan aplikasi"),
    "applications.remove_imported": _("membatalkan aplikasi baru dari impor"),
    "exchange.decide": _("memutuskan baris impor"),
    "exchange.carry_on": _("melanjutkan baris impor yang menunggu"),
    "exchange.check_again": _("memeriksa tabel lagi"),
    "exchange.ask_to_apply": _("meminta impor dijalankan"),
    "exchange.apply": _("mengimpor tabel"),
    "exchange.ask_to_undo": _("meminta impor dibatalkan"),
    "exchange.undo": _("membatalkan impor"),
    "exchange.stop": _("menghentikan impor"),
    "exchange.sweep": _("menghapus berkas impor lama"),
    "search.try_change": _("mencoba perubahan kata"),
    "search.keep_change": _("menyimpan perubahan kata"),
    "search.cancel_change": _("membuang perubahan kata"),
    "search.undo_change": _("mengembalikan kata"),
    "search.mark_query": _("menandai pencarian"),
    "search.open_query": _("membuka lagi pencarian"),
    "search.add_test_query": _("menambah kueri uji"),
    "search.drop_test_query": _("melepas kueri uji"),
    "search.restore_test_query": _("mengembalikan kueri uji"),
    "agencies.put_agencies": _("memuat data instansi"),
    "applications.put_applications": _("memuat data aplikasi"),
    "areas.put_areas": _("memuat data wilayah"),
    "workdays.put_holidays": _("mengubah hari libur"),
    "workdays.remove_holidays": _("menghapus hari libur"),
    "catalogue.answer_feedback": _("menjawab kabar"),
    "catalogue.record_feedback": _("mengirim kabar"),
    "catalogue.replace_catalogue": _("memuat data layanan"),
    "keys.rotate": _("mengganti kunci data pribadi"),
}
PERSONAL = (READ,)

TARGETS: dict[str, Any] = {
    "people_access.membership": _("peran"),
    "people_access.moduleopening": _("modul"),
    "people_accounts.user": _("akun"),
    "people_accounts.contactcode": _("kode"),
    "people_persons.person": _("orang yang diurus"),
    "people_members.invitation": _("undangan"),
    "insight_recommendations.recommendation": _("rekomendasi"),
    "registry_overlap.pair": _("dua catatan yang mirip"),
    "registry_overlap.datapair": _("dua data yang mirip"),
    "registry_overlap.request": _("usulan aplikasi"),
    "people_tokens.token": _("token"),
    "people_agencies.agency": _("instansi"),
    "people_agencies.office": _("kantor"),
    "people_agencies.merger": _("penggabungan instansi"),
    "people_areas.area": _("wilayah"),
    "people_areas.populationfigure": _("jumlah penduduk"),
    "people_areas.areapoint": _("titik wilayah"),
    "people_areas.areaboundary": _("batas wilayah"),
    "common_exchange.importrun": _("impor"),
    "registry_applications.applicationreport": _("laporan aplikasi"),
    "common_workdays.holiday": _("hari libur"),
    "registry_applications.application": _("aplikasi"),
    "registry_applications.attributedefinition": _("keterangan tambahan aplikasi"),
    "registry_applications.functionnode": _("pohon fungsi"),
    "registry_applications.ownersplit": _("pemecahan instansi"),
    "registry_datasets.dataset": _("data"),
    "registry_datasets.standardelement": _("unsur data"),
    "registry_links.link": _("integrasi"),
    "registry_links.sourcerule": _("aturan sumber yang benar"),
    "registry_probes.dispute": _("bantahan"),
    "registry_probes.allowedhost": _("host jaringan dalam"),
    "registry_probes.proberun": _("pemeriksaan"),
    "registry_letters.lettertemplate": _("bentuk jawaban surat"),
    "registry_letters.letterissue": _("jawaban surat"),
    "registry_campaigns.round": _("pemutakhiran"),
    "registry_campaigns.bundle": _("permintaan isian"),
    "registry_campaigns.item": _("isian satu aplikasi"),
    "registry_campaigns.reminder": _("pengingat"),
    "registry_campaigns.attestation": _("pernyataan"),
    "registry_campaigns.exemption": _("pengecualian"),
    "registry_campaigns.questionset": _("kumpulan pertanyaan"),
    "services_catalogue.service": _("layanan"),
    "services_catalogue.standard": _("standar pelayanan"),
    "services_catalogue.feedback": _("kabar"),
    "services_catalogue.publication": _("terbitan"),
    "services_catalogue.servicecharter": _("maklumat"),
    "services_catalogue.interimtarget": _("target sementara"),
    "services_editor.draft": _("rancangan standar"),
    "services_editor.draftpart": _("bagian rancangan"),
    "services_search.wordchange": _("perubahan kata"),
    "services_search.testquery": _("kueri uji"),
    "services_search.querymark": _("pencarian"),
    "common.key": _("kunci"),
}

FIELDS: dict[str, Any] = {
    "user": _("orang"),
    "agency": _("instansi"),
    "role": _("peran"),
    "valid_from": _("mulai"),
    "valid_to": _("sampai"),
    "ended_at": _("diakhiri seketika"),
    "substitutes": _("menggantikan peran nomor"),
    "note": _("catatan"),
    "state": _("keadaan"),
    "trial_agencies": _("instansi uji coba"),
    "fields": _("data yang dibuka"),
    "reason": _("alasan"),
    "email": _("e-mail"),
    "name": _("nama"),
    "answer": _("jawaban"),
    "link": _("tautan nomor"),
    "expires_at": _("berlaku sampai"),
    "accepted_at": _("diterima"),
    "withdrawn_at": _("ditarik"),
    "to": _("kepada"),
    "work": _("pekerjaan yang dipindahkan"),
    "fact": _("hasil pemeriksaan"),
    "until": _("dikesampingkan sampai"),
    "host": _("host"),
    "planned": _("jumlah yang direncanakan"),
    "id": _("nomor"),
}
USERS = {"user", "to", "from", "keeper", "invited_by", "accepted_by", "edited_by"}
AGENCIES = {"agency", "owner", "predecessor", "successor"}
LONGEST_VALUE = 400


@dataclass(frozen=True)
class Change:
    """One field that differs; '' where there was or is nothing."""

    field: str
    old: str
    new: str
    known: bool  # is `field` a word, or the code's own name?


@dataclass(frozen=True)
class Target:
    label: str
    url: str


Resolver = Callable[[Collection[str]], dict[str, Target]]
_targets: dict[str, Resolver] = {}


def register_targets(kind: str, resolve: Resolver) -> None:
    """Say how keys of a kind (`people_accounts.user`) become names and links: one call, one query a page."""
    _targets[kind] = resolve


def targets_of(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Target]:
    """Names and links of (kind, key) pairs, as far as an app registered its kind."""
    by_kind: dict[str, set[str]] = {}
    for kind, key in pairs:
        by_kind.setdefault(kind, set()).add(key)
    found: dict[tuple[str, str], Target] = {}
    for kind, keys in by_kind.items():
        if kind in _targets:
            found |= {(kind, key): target for key, target in _targets[kind](keys).items()}
    return found


def action_words(action: str) -> str:
    return str(ACTIONS.get(action, action))


def target_words(kind: str) -> str:
    return str(TARGETS.get(kind, kind))


def references(values: dict[str, Any] | None, names: set[str]) -> set[int]:
    """The keys of rows that these fields of a snapshot point to."""
    return {value for name, value in (values or {}).items() if name in names and isinstance(value, int)}


def difference(
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    users: dict[int, str],
    agencies: dict[int, str],
) -> list[Change]:
    """What changed, field by field, in plain words."""
    old, new = before or {}, after or {}
    changes = []
    for name in dict.fromkeys([*old, *new]):
        was = _value(name, old.get(name), users, agencies)
        now = _value(name, new.get(name), users, agencies)
        if was != now:
            changes.append(Change(str(FIELDS.get(name, name)), was, now, name in FIELDS))
    return changes


def _value(name: str, value: Any, users: dict[int, str], agencies: dict[int, str]) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return gettext("ya") if value else gettext("tidak")
    if isinstance(value, list):
        return ", ".join(_value(name, one, users, agencies) for one in value)[:LONGEST_VALUE]
    if isinstance(value, dict):
        parts = [f"{key}: {_value(str(key), one, users, agencies)}" for key, one in value.items()]
        return "; ".join(parts)[:LONGEST_VALUE]
    if isinstance(value, int):
        known = users if name in USERS else agencies if name in AGENCIES else {}
        return known.get(value, str(value))
    return _text(name, str(value))


def _text(name: str, text: str) -> str:
    if name == "role" and text in ROLES:
        return str(ROLES[text].label)
    if name == "state" and text in ModuleState.values:
        return str(ModuleState(text).label)
    if name == "module" and text in Module.values:
        return str(Module(text).label)
    try:
        if (day := parse_date(text)) is not None:
            return date_format(day, "j F Y")
        if (moment := parse_datetime(text)) is not None:
            return date_format(localtime(moment) if is_aware(moment) else moment, "j F Y, H.i")
    except ValueError:
        pass  # looks like a date and is none
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
