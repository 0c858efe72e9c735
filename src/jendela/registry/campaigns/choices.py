"""States of rounds, bundles, items and messages. The stored words are Indonesian: exports carry them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """What a question asks, and so the shape of its answer (answers.py)."""

    FIELD = "field", _("isian catatan")
    PEOPLE = "people", _("pengelola")
    USES = "uses", _("pemakai")
    DATASETS = "datasets", _("data")
    LINKS_IN = "links_in", _("data dari")
    LINKS_OUT = "links_out", _("data ke")
    COST = "cost", _("biaya")
    OWN = "own", _("pertanyaan sendiri")


class OwnKind(models.TextChoices):
    """The answer of a question of one's own, which no field of the register holds."""

    TEXT = "text", _("teks")
    CHOICE = "choice", _("pilihan")
    NUMBER = "number", _("angka")
    DATE = "date", _("tanggal")
    YES_NO = "yes_no", _("ya atau tidak")


class Say(models.TextChoices):
    """How a question was answered."""

    SAME = "benar", _("masih benar")
    VALUE = "isi", _("diisi")
    UNKNOWN = "belum_tahu", _("belum tahu")


class RoundState(models.TextChoices):
    DRAFT = "disusun", _("sedang disusun")
    OPEN = "berjalan", _("sedang berjalan")
    CLOSED = "selesai", _("sudah ditutup")


class BundleState(models.TextChoices):
    ASKED = "diminta", _("belum dibuka")
    WORKING = "diisi", _("sedang diisi")
    SUBMITTED = "dikirim", _("sudah dikirim, menunggu pemeriksaan")
    RETURNED = "dikembalikan", _("dikembalikan untuk dilengkapi")
    APPROVED = "diterima", _("sudah diterima")
    WITHDRAWN = "ditarik", _("ditarik")


class ItemState(models.TextChoices):
    NOT_STARTED = "belum", _("belum diisi")
    IN_PROGRESS = "diisi", _("sedang diisi")
    SUBMITTED = "dikirim", _("sudah dikirim")
    RETURNED = "dikembalikan", _("dikembalikan")
    APPROVED = "diterima", _("diterima")
    WITHDRAWN = "ditarik", _("ditarik")


class Recipient(models.TextChoices):
    """Whom a step of the ladder writes to."""

    PERSON = "pengisi", _("yang mengisi")
    ADMIN = "admin", _("admin instansi")
    HEAD = "kepala", _("kepala instansi")
    SECRETARY = "sekretaris", _("sekretaris daerah")


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("pesan ponsel")
    CALL = "telepon", _("telepon")
    LETTER = "surat", _("surat")


class MessageState(models.TextChoices):
    """Of a letter, reminder or note."""

    WAITING = "menunggu", _("menunggu dikirim")
    SENT = "terkirim", _("terkirim")
    REFUSED = "ditolak", _("ditolak server surat")
    NO_ADDRESS = "tanpa_alamat", _("tidak ada alamat")
    NOTED = "dicatat", _("dicatat")


# what a head swears, as a new round proposes it
STATEMENT = _(
    "Saya menyatakan bahwa daftar aplikasi instansi saya benar dan lengkap menurut yang kami ketahui sampai hari ini."
)
