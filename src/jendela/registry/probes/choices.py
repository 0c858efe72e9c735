"""Words of probes. The stored ones are Indonesian, as elsewhere in the register."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What one probe came to."""

    ANSWERED = "menjawab", _("terjangkau")
    FAILED = "gagal", _("tidak terjangkau")
    SKIPPED = "dilewati", _("tidak diperiksa")


class Why(models.TextChoices):
    """Why a probe failed, or was not made."""

    NONE = "", ""
    NAME = "nama", _("nama alamatnya tidak dikenal di internet")
    CONNECTION = "sambungan", _("server tidak dapat dihubungi")
    SILENT = "diam", _("server tidak menjawab sampai batas waktu")
    BROKEN = "rusak", _("jawaban server tidak dapat dibaca")
    CIRCLE = "berputar", _("alamatnya dialihkan terus, tidak sampai ke halaman")
    GONE = "tidak_ada", _("halamannya tidak ditemukan")
    SERVER = "galat", _("server menjawab dengan galat")
    ROBOTS = "robots", _("pemilik server menolak pemeriksa otomatis (robots.txt)")
    ROBOTS_BROKEN = "robots_galat", _("aturan pemeriksa (robots.txt) tidak dapat dibaca")
    INTERNAL = "jaringan_dalam", _("alamatnya ada di jaringan dalam")
    LEADS_INSIDE = "dialihkan_ke_dalam", _("alamatnya dialihkan ke jaringan dalam")
    OWN_NETWORK = "jaringan_jendela", _("sambungan keluar server Jendela sendiri terganggu")
    PORT = "port", _("portnya tidak biasa; yang diperiksa 80, 443, 8080 dan 8443")
    BAD_ADDRESS = "alamat_salah", _("alamatnya tidak dapat dibuka: bukan http atau https")


class Verdict(models.TextChoices):
    """What the probes of an application say together; one failure is not the end of it."""

    UP = "terjangkau", _("terjangkau")
    FAILING = "gagal_baru", _("baru gagal, belum pasti")
    DOWN = "tidak_terjangkau", _("tidak terjangkau")
    SKIPPED = "dilewati", _("tidak diperiksa")


class Fact(models.TextChoices):
    """What can be judged, and disputed, by itself."""

    REACH = "terjangkau", _("Terjangkau")
    REDIRECT = "pengalihan", _("Pengalihan")
    HTTPS = "https", _("Sambungan aman (HTTPS)")
    CERTIFICATE = "sertifikat", _("Sertifikat keamanan")
    SPEED = "kecepatan", _("Kecepatan halaman pertama")
    SIZE = "ukuran", _("Ukuran halaman pertama")
    ACCESS = "akses", _("Dapat dipakai semua orang")


class Level(models.TextChoices):
    GOOD = "baik", _("sesuai")
    WATCH = "perhatian", _("perlu diperhatikan")
    HELP = "bantuan", _("perlu bantuan")
    UNKNOWN = "belum", _("belum kami ketahui")


class DisputeState(models.TextChoices):
    OPEN = "terbuka", _("menunggu jawaban Diskominfo")
    ACCEPTED = "diterima", _("diterima, fakta dikesampingkan")
    REJECTED = "ditolak", _("tidak diterima")
    SETTLED = "selesai", _("selesai: hasil pemeriksaan berubah")
    WITHDRAWN = "ditarik", _("ditarik kembali")


class Narrow(models.TextChoices):
    """Filters of the list."""

    UNREACHABLE = "tidak_terjangkau", _("Tidak terjangkau")
    FAILING = "baru_gagal", _("Baru gagal")
    CERTIFICATE = "sertifikat", _("Sertifikat habis atau segera habis")
    NO_HTTPS = "tanpa_https", _("Belum wajib HTTPS")
    SLOW = "lambat", _("Lambat atau berat")
    ACCESS = "akses", _("Sulit dipakai sebagian orang")
    DISPUTED = "dibantah", _("Dibantah")
    SKIPPED = "dilewati", _("Tidak diperiksa")
    NEVER = "belum", _("Belum pernah diperiksa")
