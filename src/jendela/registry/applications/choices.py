"""What a field of an application may say. The stored words are Indonesian: tables, exports and the API carry them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OperatorLevel(models.TextChoices):
    REGENCY = "daerah", _("Kabupaten")
    PROVINCE = "provinsi", _("Provinsi")
    CENTRE = "pusat", _("Pusat")
    OTHER = "lain", _("Pihak lain")


class ApplicationAudience(models.TextChoices):
    PUBLIC = "publik", _("warga")
    INTERNAL = "internal", _("pegawai")
    BOTH = "keduanya", _("warga dan pegawai")


class ApplicationState(models.TextChoices):
    """Is it used? What sources, probes and people say; the plan of its owner is `LifeCycle`."""

    IN_USE = "dipakai", _("dipakai")
    PLANNED = "rencana", _("baru rencana")
    INTRODUCED = "sosialisasi", _("pernah diperkenalkan")
    DEAD = "mati", _("tidak berfungsi")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class Evidence(models.TextChoices):
    REGENCY = "ya", _("sumber tentang Kotim")
    PROVINCE = "kalteng", _("sumber tentang Kalimantan Tengah")
    NATIONAL = "nasional", _("sumber nasional")
    ELSEWHERE = "daerah_lain", _("sumber dari daerah lain")
    NONE = "belum", _("belum ada sumber")


class ApplicationClass(models.TextChoices):
    """Perpres 95/2018 art. 1 and Permenkomdigi 6/2025 art. 1; local lists split Khusus by its owner."""

    GENERAL = "umum", _("Aplikasi umum")
    SPECIAL_CENTRE = "khusus_pusat", _("Aplikasi khusus pusat")
    SPECIAL_REGION = "khusus_daerah", _("Aplikasi khusus daerah")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class LifeCycle(models.TextChoices):
    """What its owner decided, by dated approvals."""

    PLANNED = "rencana", _("direncanakan")
    BUILDING = "dibangun", _("sedang dibangun")
    ACTIVE = "aktif", _("aktif")
    TO_MERGE = "akan_digabung", _("akan digabung")
    RETIRED = "dihentikan", _("sudah dihentikan")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class Base(models.TextChoices):
    WEB = "web", _("web")
    MOBILE = "mobile", _("ponsel")
    DESKTOP = "desktop", _("komputer")
    OTHER = "lainnya", _("lainnya")


class Licence(models.TextChoices):
    OPEN = "terbuka", _("kode sumber terbuka")
    OWNED = "milik_pemerintah", _("milik pemerintah, tertutup")
    BOUGHT = "berbayar", _("lisensi berbayar")
    FREE = "gratis", _("gratis, tertutup")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class Hosting(models.TextChoices):
    REGENCY = "pusat_data_daerah", _("pusat data kabupaten")
    AGENCY = "ruang_server_instansi", _("ruang server instansi")
    NATIONAL = "pusat_data_nasional", _("pusat data nasional")
    MINISTRY = "kementerian", _("server kementerian atau lembaga")
    CLOUD = "komputasi_awan", _("komputasi awan")
    VENDOR = "penyedia", _("server penyedia")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class SignIn(models.TextChoices):
    NONE = "tanpa_akun", _("tanpa akun")
    OWN = "akun_sendiri", _("akun sendiri")
    REGENCY = "sso_daerah", _("satu akun kabupaten")
    NATIONAL = "sso_nasional", _("satu akun nasional")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class Accessibility(models.TextChoices):
    AUDITED = "diaudit", _("sudah diaudit")
    PARTLY = "sebagian", _("sebagian dapat dipakai")
    NOT = "belum_ramah", _("belum dapat dipakai semua orang")
    UNKNOWN = "tidak_diketahui", _("belum diperiksa")


class AuditResult(models.TextChoices):
    PASSED = "lulus", _("lulus")
    REMARKS = "lulus_catatan", _("lulus dengan catatan")
    FAILED = "tidak_lulus", _("tidak lulus")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class Wish(models.TextChoices):
    """What its owner says should become of it."""

    KEEP = "lanjut", _("lanjutkan")
    IMPROVE = "perbaiki", _("perbaiki")
    INTEGRATE = "hubungkan", _("hubungkan dengan yang lain")
    MERGE = "gabung", _("gabung dengan yang lain")
    RETIRE = "hentikan", _("hentikan")
    UNKNOWN = "tidak_diketahui", _("belum diketahui")


class RecordState(models.TextChoices):
    CONCEPT = "konsep", _("dilaporkan, menunggu pemilik")
    REGISTERED = "terdaftar", _("terdaftar")
    MERGED = "digabung", _("digabung ke catatan lain")
    REFUSED = "ditolak", _("bukan aplikasi di sini")


class Grade(models.TextChoices):
    """How far a value can be trusted, from A to D."""

    MEASURED = "A", _("diukur oleh Jendela")
    PROVEN = "B", _("ada dokumennya")
    STATED = "C", _("dinyatakan instansi")
    TOLD = "D", _("menurut surat atau berita")


class Visibility(models.TextChoices):
    PUBLIC = "publik", _("semua orang")
    GOVERNMENT = "pemerintah", _("pegawai pemerintah")
    OWNER = "pemilik", _("instansi pemilik dan Diskominfo")


class PersonRole(models.TextChoices):
    ACCOUNTABLE = "penanggung_jawab", _("penanggung jawab")
    OPERATOR = "operator", _("operator")
    TECHNICAL = "teknis", _("tenaga teknis")
    VENDOR = "penyedia", _("penghubung penyedia")


class CostKind(models.TextChoices):
    BUILD = "pembangunan", _("pembangunan")
    UPKEEP = "pemeliharaan", _("pemeliharaan")
    LICENCE = "lisensi", _("lisensi")
    HOSTING = "hosting", _("server dan hosting")
    NETWORK = "jaringan", _("jaringan")
    STAFF = "tenaga", _("tenaga")
    OTHER = "lain", _("lain-lain")


class UseState(models.TextChoices):
    """Two-sided: one side says that an agency uses an application, the agency answers."""

    CLAIMED = "disebut", _("disebut pihak lain, menunggu jawaban")
    CONFIRMED = "dipakai", _("dibenarkan instansinya")
    REJECTED = "tidak_dipakai", _("dibantah instansinya")
    ENDED = "berhenti", _("sudah berhenti dipakai")


STANDING_USES = (UseState.CLAIMED, UseState.CONFIRMED)


class ApprovalStep(models.TextChoices):
    ESTABLISH = "pembangunan", _("persetujuan membangun")
    TAKE_INTO_USE = "pemakaian", _("persetujuan memakai")
    MODIFY = "perubahan", _("persetujuan mengubah")
    MERGE = "penggabungan", _("persetujuan menggabung")
    RETIRE = "penghentian", _("persetujuan menghentikan")


class LegalKind(models.TextChoices):
    LAW = "uu", _("Undang-Undang")
    GOVERNMENT = "pp", _("Peraturan Pemerintah")
    PRESIDENT = "perpres", _("Peraturan Presiden")
    MINISTER = "permen", _("Peraturan atau Keputusan Menteri")
    REGION = "perda", _("Peraturan Daerah")
    REGENT = "perbup", _("Peraturan atau Keputusan Bupati")
    CIRCULAR = "se", _("Surat Edaran")
    OTHER = "lain", _("lainnya")


class ValueKind(models.TextChoices):
    TEXT = "text", _("teks")
    LONG = "long", _("teks panjang")
    CHOICE = "choice", _("pilihan")
    CHOICES = "choices", _("beberapa pilihan")
    DATE = "date", _("tanggal")
    NUMBER = "number", _("angka")
    URL = "url", _("alamat web")
    YES_NO = "yes_no", _("ya atau tidak")


class ReportOrigin(models.TextChoices):
    """Who reports an application that is not on the list."""

    STAFF = "pegawai", _("pegawai pemerintah")
    PUBLIC = "warga", _("warga")


class ReportState(models.TextChoices):
    WAITING = "baru", _("menunggu Diskominfo")
    PLACED = "dicatat", _("dicatat, pemiliknya diminta mengambil")
    KNOWN = "sudah_ada", _("sudah tercatat")
    NONE = "bukan", _("bukan aplikasi")
