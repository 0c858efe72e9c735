"""A publiccode.yml as it is pasted or uploaded."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jendela.registry.applications.publiccode import MOST_BYTES, NotReadableError, Proposal, read
from jendela.ui.forms import PlainForm


class PublicCodeForm(PlainForm):
    isi = forms.CharField(
        label=_("Tempel isi publiccode.yml"),
        required=False,
        max_length=MOST_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        error_messages={
            "max_length": _("Terlalu panjang: %(show_value)d huruf. Paling banyak %(limit_value)d.")
        },
    )
    berkas = forms.FileField(
        label=_("Atau pilih berkasnya"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".yml,.yaml"}),
        error_messages={"empty": _("Berkas ini kosong.")},
    )
    proposal: Proposal
    text: str

    def clean(self) -> dict[str, Any]:
        """The text, of the file when there is one, read into proposed values."""
        file, text = self.cleaned_data.get("berkas"), self.cleaned_data.get("isi") or ""
        if file is not None:
            if file.size > MOST_BYTES:
                self.add_error("berkas", gettext("Berkas ini terlalu besar untuk publiccode.yml."))
                return self.cleaned_data
            try:
                text = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("berkas", gettext("Berkas ini bukan teks UTF-8."))
                return self.cleaned_data
        if self.errors:
            return self.cleaned_data
        if not text.strip():
            self.add_error("isi", gettext("Tempel isinya, atau pilih berkasnya."))
            return self.cleaned_data
        try:
            self.proposal, self.text = read(text), text
        except NotReadableError as error:
            self.add_error("berkas" if file is not None else "isi", str(error))
        return self.cleaned_data
