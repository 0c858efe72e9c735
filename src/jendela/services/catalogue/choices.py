"""Enums of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RuleScope(models.TextChoices):
    """Whose rule the page repeats."""

    REGENCY = "kotim", _("aturan Kotawaringin Timur")
    MIXED = "campuran", _("tempat di Kotim, syarat dari aturan nasional")
    NATIONAL = "nasional", _("aturan nasional")
    ELSEWHERE = "rujukan_daerah_lain", _("standar daerah lain, untuk rujukan")


class StandardState(models.TextChoices):
    """The two honest public states, and what is not public."""

    INTERIM = "sementara", _("Informasi sementara")
    IN_FORCE = "berlaku", _("Standar berlaku")
    DECREED = "ditetapkan", _("Ditetapkan, belum berlaku")
    SUPERSEDED = "diganti", _("Diganti")
    WITHDRAWN = "dicabut", _("Dicabut, terbit karena keliru")


class ComponentGroup(models.TextChoices):
    DELIVERY = "A", _("Penyampaian pelayanan")
    MANAGEMENT = "B", _("Pengelolaan pelayanan")


class WayKind(models.TextChoices):
    APPLICATION = "aplikasi", _("Lewat aplikasi")
    COUNTER = "loket", _("Datang ke loket")
    VILLAGE_OFFICIAL = "perangkat_desa", _("Lewat perangkat desa")
    FIELD_OFFICER = "petugas", _("Petugas datang")
    MESSENGER = "pesan", _("Lewat WhatsApp")
    PHONE = "telepon", _("Lewat telepon")
    WEB = "situs", _("Lewat situs")
    OTHER = "lain", _("Cara lain")


class LocalOffice(models.TextChoices):
    VILLAGE = "desa", _("kantor desa atau kelurahan Anda")
    DISTRICT = "kecamatan", _("kantor kecamatan Anda")


class TimeUnit(models.TextChoices):
    MINUTE = "menit", _("menit")
    HOUR = "jam", _("jam")
    DAY = "hari", _("hari")
    WORKING_DAY = "hari_kerja", _("hari kerja")


class FeeKind(models.TextChoices):
    FREE = "gratis", _("Gratis")
    AMOUNT = "jumlah", _("Sejumlah uang")
    PERCENT = "persen", _("Persentase")
    TEXT = "teks", _("Penjelasan")


class RequirementKind(models.TextChoices):
    DOCUMENT = "dokumen", _("berkas")
    CONDITION = "syarat", _("syarat")


class Copy(models.TextChoices):
    ORIGINAL = "asli", _("asli")
    PHOTOCOPY = "fotokopi", _("fotokopi")
    BOTH = "keduanya", _("fotokopi, tunjukkan aslinya")
    EITHER = "", _("tidak disebut")


class WordKind(models.TextChoices):
    PHRASE = "ungkapan", _("ungkapan warga")
    KEYWORD = "kata", _("kata kunci")
    ENGLISH = "english", _("English")


class RelationKind(models.TextChoices):
    NEEDS_FIRST = "perlu_dulu", _("urus ini dulu")
    SEE_ALSO = "lihat_juga", _("lihat juga")


class Gap(models.TextChoices):
    """What a resident needed and the page did not know."""

    REQUIREMENTS = "bawa_apa", _("berkas yang dibawa")
    PLACE = "ke_mana", _("tempat")
    TIME = "berapa_lama", _("lama pengurusan")
    FEE = "bayar_berapa", _("biaya")
    PHONE = "telepon", _("nomor telepon")
    HOURS = "jam_buka", _("jam buka")
    STEPS = "langkah", _("langkah")
    APPLICATION_ADDRESS = "alamat_aplikasi", _("alamat aplikasi")


class FeedbackTopic(models.TextChoices):
    WRONG = "salah", _("Ada yang salah")
    MISSING = "kurang", _("Ada yang kurang")
    UNCLEAR = "bingung", _("Saya tidak mengerti")
    OTHER = "lain", _("Lainnya")


class FeedbackState(models.TextChoices):
    NEW = "baru", _("baru")
    DONE = "selesai", _("selesai")
