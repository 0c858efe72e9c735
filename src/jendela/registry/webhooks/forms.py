"""A new webhook, checked."""

from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.people.agencies.models import Agency
from jendela.ui.forms import PlainForm


class WebhookForm(PlainForm):
    name = forms.CharField(
        label=_("Program apa, untuk apa"),
        max_length=120,
        help_text=_("Contoh: dasbor provinsi, membaca daftar aplikasi setiap malam."),
        error_messages={"required": _("Tulis program yang akan memakainya.")},
    )
    agency = forms.ModelChoiceField(
        label=_("Milik instansi"),
        queryset=Agency.objects.order_by("short_name"),
        to_field_name="slug",
        error_messages={"required": _("Pilih instansi yang menjalankan program itu.")},
    )
    address = forms.URLField(
        label=_("Alamat yang diberi tahu"),
        max_length=300,
        assume_scheme="https",
        help_text=_("Harus HTTPS dan terbuka di internet. Contoh: https://dasbor.contoh.go.id/jendela"),
        error_messages={
            "required": _("Tulis alamatnya."),
            "invalid": _("Alamatnya belum lengkap. Contoh: https://contoh.go.id"),
        },
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        parts = urlsplit(address)
        if parts.scheme != "https":
            raise forms.ValidationError(_("Alamatnya harus HTTPS."))
        if parts.username or parts.password:
            raise forms.ValidationError(_("Jangan menulis nama atau sandi di dalam alamat."))
        return address
