"""States of an import and of its rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    MAPPING = "kolom", _("menunggu kolom dicocokkan")
    CHECKING = "periksa", _("sedang diperiksa")
    CHECKED = "siap", _("menunggu keputusan Anda")
    APPLYING = "tulis", _("sedang ditulis")
    APPLIED = "selesai", _("selesai diimpor")
    UNDOING = "urung", _("sedang dibatalkan")
    UNDONE = "dibatalkan", _("impor dibatalkan")
    CANCELLED = "berhenti", _("dihentikan")
    FAILED = "gagal", _("tidak dapat dibaca")


WORKING = (ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING)


class RowState(models.TextChoices):
    """What the dry run found for a row. The order is that of a page: what needs a person comes first."""

    WRONG = "salah", _("salah")
    WAITING = "menunggu", _("perlu keputusan Anda")
    CHANGED = "berubah", _("berubah")
    NEW = "baru", _("baru")
    SAME = "sama", _("sama")
    SKIPPED = "dilewati", _("Anda lewati")
    ABSENT = "tidak_ada", _("tidak ada di berkas")


class Outcome(models.TextChoices):
    """What became of a row when the import was applied or undone."""

    NONE = "", _("belum ditulis")
    APPLIED = "ditulis", _("ditulis")
    UNDONE = "kembali", _("dikembalikan")
    MOVED_ON = "sudah_lain", _("sudah berubah sesudah impor")
    IN_USE = "dipakai", _("dipakai data lain")


class Question(models.TextChoices):
    """What a row may ask of the person."""

    SPLIT = "pecah", _("beberapa dalam satu sel")
    SAME = "sama", _("mungkin sama dengan yang sudah ada")
    PROPER = "huruf", _("ditulis dengan huruf besar semua")


class Answer:
    """Fixed answers; to `Question.SAME` the key of a row is one as well."""

    YES, NO = "ya", "tidak"
    NEW, SKIP = "=baru", "=lewati"


class Recognised(models.TextChoices):
    """By what a column of a file was recognised."""

    REMEMBERED = "ingat", _("seperti pilihan sebelumnya")
    NAME = "judul", _("dari judulnya")
    LIKENESS = "mirip", _("judulnya mirip")
    CONTENT = "isi", _("dari isinya")
