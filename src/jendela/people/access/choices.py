"""Audiences, permissions, and the modules that open one after another."""

import enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(enum.Enum):
    """For whom a screen is made. Everything but PUBLIC demands a sign-in."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    STAFF = "staff"


class Permission(models.TextChoices):
    """What one may do; each ends the sentence 'boleh …'."""

    SEE_AGENCY = "see_agency", _("membuka ruang kerja instansinya")
    READ_FEEDBACK = "read_feedback", _("membaca dan menjawab kabar dari warga")
    READ_INSIGHT = "read_insight", _("melihat pencarian yang tidak terjawab dan data yang kurang")
    EDIT_CONTACTS = "edit_contacts", _("memperbarui telepon, jam buka dan alamat instansinya")
    WRITE_STANDARDS = "write_standards", _("menulis rancangan standar dan cara mengurus")
    PUBLISH_INTERIM = "publish_interim", _("menerbitkan perubahan Informasi sementara")
    DECREE_STANDARDS = "decree_standards", _("mencatat SK dan memberlakukan standar")
    SIGN_TARGETS = "sign_targets", _("menandatangani target waktu sementara")
    WRITE_WORDS = "write_words", _("mengubah kata warga untuk pencarian")
    IMPORT_DATA = "import_data", _("mengimpor tabel dan membatalkan impor")
    EXPORT_DATA = "export_data", _("mengunduh tabel")
    MANAGE_MEMBERS = "manage_members", _("mengundang orang, memberi dan mengakhiri peran")
    MANAGE_MODULES = "manage_modules", _("membuka dan menutup modul")
    MANAGE_AGENCIES = "manage_agencies", _("menggabung dan mengganti nama instansi")
    READ_AUDIT = "read_audit", _("membaca catatan perubahan")
    READ_REGISTRY = "read_registry", _("membaca daftar aplikasi dan data yang lengkap")
    EDIT_REGISTRY = "edit_registry", _("mengisi dan memperbarui aplikasi dan data instansinya")
    ATTEST_REGISTRY = "attest_registry", _("menyatakan daftar aplikasi instansinya benar dan lengkap")
    MANAGE_REGISTRY = "manage_registry", _("menjalankan pemutakhiran, menggabung catatan dan mengatur daftar")
    READ_ADVICE = "read_advice", _("membaca rekomendasi untuk instansinya")
    ANSWER_ADVICE = "answer_advice", _("menjawab rekomendasi atas nama instansinya")
    GIVE_ADVICE = "give_advice", _("memberi rekomendasi dan menindaklanjutinya")
    READ_PERSONAL = "read_personal", _("membuka data pribadi dengan alasan yang dicatat")
    READ_HOLDERS = "read_holders", _("membuka kontak penanggung jawab aplikasi dengan alasan yang dicatat")


class Module(models.TextChoices):
    """Parts that open in an order. The window itself and the sign-in are always open."""

    FEEDBACK = "feedback", _("Kabar dan kekurangan")
    STANDARDS = "standards", _("Standar pelayanan")
    WORDS = "words", _("Kata warga")
    EXCHANGE = "exchange", _("Impor dan ekspor")
    REGISTRY = "registry", _("Daftar aplikasi dan data")
    ROUNDS = "rounds", _("Pemutakhiran daftar")
    ADVICE = "advice", _("Rekomendasi")
    RESIDENTS = "residents", _("Akun warga")


class ModuleState(models.TextChoices):
    CLOSED = "closed", _("belum dibuka")
    TRIAL = "trial", _("uji coba")
    OPEN = "open", _("terbuka")
