"""What the operator types for a new account, checked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.people.accounts.models import User


class AccountForm(forms.Form):
    email = forms.EmailField(
        label=_("Alamat e-mail"),
        max_length=254,
        error_messages={
            "required": _("Isi alamat e-mail."),
            "invalid": _("Alamat e-mail ini tidak lengkap."),
        },
    )
    name = forms.CharField(label=_("Nama"), max_length=120, error_messages={"required": _("Isi nama.")})

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("Alamat ini sudah punya akun. Buatkan tautan masuk saja."))
        return email
