"""The one menu of staff, in order. A new screen of staff adds its line here."""

from django.utils.translation import gettext_lazy as _

from jendela.people.access.choices import Module, Permission
from jendela.people.access.menu import Entry

WORK = _("Pekerjaan")
DATA = _("Data")
PEOPLE = _("Orang dan izin")

MENU = (
    Entry(
        key="agencies",
        group=WORK,
        title=_("Instansi"),
        sentence=_("Yang kurang, kabar dan orang di instansi Anda."),
        path="/kelola/instansi/",
        icon="building-community",
        needs=Permission.SEE_AGENCY,
    ),
    Entry(
        key="standards",
        group=WORK,
        title=_("Standar pelayanan"),
        sentence=_("Tulis, terbitkan dan tetapkan isi halaman layanan Anda."),
        path="/kelola/standar/",
        icon="file-text",
        needs=Permission.WRITE_STANDARDS,
        module=Module.STANDARDS,
        count="jendela.services.editor.reads.waiting",
    ),
    Entry(
        key="feedback",
        group=WORK,
        title=_("Kabar dari warga"),
        sentence=_("Yang dikatakan pembaca tentang halaman Anda."),
        path="/kelola/kabar/",
        icon="message",
        needs=Permission.READ_FEEDBACK,
        module=Module.FEEDBACK,
        count="jendela.portal.staff.reads.count_feedback",
    ),
    Entry(
        key="unanswered",
        group=WORK,
        title=_("Pencarian tanpa jawaban"),
        sentence=_("Yang dicari warga dan tidak ditemukan."),
        path="/kelola/pencarian/",
        icon="search",
        needs=Permission.READ_INSIGHT,
        module=Module.FEEDBACK,
        count="jendela.portal.staff.reads.count_unanswered",
    ),
    Entry(
        key="words",
        group=WORK,
        title=_("Kata warga"),
        sentence=_("Pencarian yang belum ketemu, di samping kata layanan."),
        path="/kelola/kata/",
        icon="abc",
        needs=Permission.WRITE_WORDS,
        module=Module.WORDS,
        count="jendela.portal.words.reads.count_open_queries",
    ),
    Entry(
        key="gaps",
        group=WORK,
        title=_("Data yang kurang"),
        sentence=_("Yang dibutuhkan pembaca dan belum ada di halaman."),
        path="/kelola/kekurangan/",
        icon="alert-triangle",
        needs=Permission.READ_INSIGHT,
        module=Module.FEEDBACK,
        count="jendela.portal.staff.reads.count_gaps",
    ),
    Entry(
        key="mergers",
        group=DATA,
        title=_("Gabung atau ganti nama instansi"),
        sentence=_("Pindahkan layanan, kantor dan orang ke penggantinya."),
        path="/kelola/instansi/gabung/",
        icon="replace",
        needs=Permission.MANAGE_AGENCIES,
    ),
    Entry(
        key="permissions",
        group=PEOPLE,
        title=_("Siapa boleh apa"),
        sentence=_("Peran Anda, dan yang boleh dilakukan setiap peran."),
        path="/kelola/izin/",
        icon="shield-check",
    ),
    Entry(
        key="modules",
        group=PEOPLE,
        title=_("Modul"),
        sentence=_("Bagian Jendela yang dibuka satu per satu."),
        path="/kelola/modul/",
        icon="toggle-right",
        needs=Permission.MANAGE_MODULES,
    ),
    Entry(
        key="audit",
        group=PEOPLE,
        title=_("Catatan perubahan"),
        sentence=_("Siapa mengubah apa, kapan, dan dari mana."),
        path="/kelola/catatan/",
        icon="history",
        needs=Permission.READ_AUDIT,
    ),
)
