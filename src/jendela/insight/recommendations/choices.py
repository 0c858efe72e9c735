"""States, actions and answers of recommendations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    FOUND = "ditemukan", _("ditemukan, belum diberikan")
    GIVEN = "diberikan", _("menunggu jawaban")
    ACCEPTED = "diterima", _("diterima, sedang dikerjakan")
    PARTLY = "sebagian", _("diterima sebagian")
    DECLINED = "tidak", _("dijawab tidak, dengan alasan")
    DONE = "selesai", _("selesai")
    KEPT = "dibiarkan", _("dibiarkan, dengan alasan")
    WITHDRAWN = "ditarik", _("ditarik Diskominfo")
    GONE = "berubah", _("faktanya sudah berubah")


OPEN = (State.FOUND, State.GIVEN, State.ACCEPTED, State.PARTLY)
RUNNING = (State.GIVEN, State.ACCEPTED, State.PARTLY)


class Action(models.TextChoices):
    RETIRE = "hentikan", _("Hentikan dengan keputusan")
    FILL = "lengkapi", _("Lengkapi datanya")
    INTEGRATE = "hubungkan", _("Hubungkan")
    MERGE = "gabung", _("Pakai aplikasi bersama")
    MEASURE = "ukur", _("Ukur pemakaiannya")
    RENEW = "perpanjang", _("Perpanjang atau putuskan")
    REGISTER = "daftarkan", _("Daftarkan")


class AnswerKind(models.TextChoices):
    ACCEPT = "terima", _("Ya, kami kerjakan")
    PARTLY = "sebagian", _("Sebagian")
    NO = "tidak", _("Tidak")


class Verdict(models.TextChoices):
    """What a rule says of an application."""

    APPLIES = "berlaku", _("berlaku")
    NOT = "tidak", _("tidak berlaku")
    LACKS = "kurang", _("faktanya belum cukup")
    YOUNG = "baru", _("masih baru, belum dinilai")


class NoteKind(models.TextChoices):
    GIVEN = "diberikan", _("diberikan")
    ANSWERED = "dijawab", _("dijawab")
    FOLLOWED = "ditindaklanjuti", _("ditindaklanjuti")
    REMINDED = "diingatkan", _("diingatkan")
    CLOSED = "ditutup", _("ditutup")
