"""What each module brings, in the order in which a regency opens them, and the pages it opens."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from jendela.people.access.choices import Module

BRINGS: dict[str, Any] = {
    Module.FEEDBACK: _("Instansi membaca kabar warga dan melihat data yang kurang, lalu melengkapinya."),
    Module.STANDARDS: _(
        "Admin layanan menulis 14 komponen standar. Kepala instansi memberlakukannya dengan SK."
    ),
    Module.WORDS: _("Kata warga ditambahkan, supaya pencarian yang gagal menemukan layanan."),
    Module.EXCHANGE: _("Tabel Excel atau CSV diimpor dengan uji coba, dan dapat dibatalkan seluruhnya."),
    Module.REGISTRY: _(
        "Setiap aplikasi dan datanya tercatat lengkap: pemilik, biaya, hubungan, pemeriksaan."
    ),
    Module.ROUNDS: _("Instansi ditanya, menjawab lewat tautan, dan menyatakan daftarnya benar."),
    Module.ADVICE: _("Instansi menerima rekomendasi dengan faktanya, dan menjawabnya sebelum batas waktu."),
    Module.RESIDENTS: _("Warga masuk dengan kode, dan menyimpan orang yang ia urus."),
}
FIRST: dict[str, Any] = {
    Module.FEEDBACK: _("Setiap instansi punya paling sedikit satu petugas yang membaca kabar."),
    Module.STANDARDS: _("Setiap instansi punya admin layanan dan kepala instansi di daftar orang."),
    Module.WORDS: _("Modul kabar sudah berjalan sebulan, supaya ada pencarian untuk dipelajari."),
    Module.EXCHANGE: _("Dua orang sudah mencobanya dengan salinan data."),
    Module.REGISTRY: _("Setiap instansi punya satu operator data di daftar orang."),
    Module.ROUNDS: _("Modul daftar aplikasi terbuka, dan pengirim e-mail sudah diuji."),
    Module.ADVICE: _("Satu putaran pemutakhiran sudah selesai, supaya faktanya baru."),
    Module.RESIDENTS: _("Pengirim kode untuk ponsel dan e-mail sudah diuji."),
}
