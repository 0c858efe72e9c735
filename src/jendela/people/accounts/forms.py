"""What people type about their accounts, checked."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from jendela.people.accounts.choices import Channel
from jendela.people.accounts.models import User
from jendela.people.accounts.phone import normal_phone
from jendela.ui.forms import PlainForm


class AccountForm(forms.Form):
    """What the operator types for a new account."""

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


def parse_contact(text: str) -> tuple[str, str]:
    """(channel, normalised address or number). Raises ValidationError."""
    text = text.strip()
    if "@" in text:
        email = text.lower()
        try:
            validate_email(email)
        except forms.ValidationError:
            raise forms.ValidationError(
                _("Alamat e-mail ini tidak lengkap. Contoh: ani@contoh.id.")
            ) from None
        return Channel.EMAIL, email
    try:
        return Channel.PHONE, normal_phone(text)
    except ValueError:
        raise forms.ValidationError(_("Nomor HP ini tidak lengkap. Contoh: 0812 3456 7890.")) from None


class SignInForm(PlainForm):
    """One field: an e-mail address, or also a phone number where phones may sign in (`phones`)."""

    contact = forms.CharField(
        label=_("Alamat e-mail"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Isi alamat e-mail Anda.")},
    )

    def __init__(self, *args: Any, phones: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phones = phones
        field = self.fields["contact"]
        if phones:
            field.label = _("Alamat e-mail atau nomor HP")
            field.help_text = _("Contoh: ani@contoh.id atau 0812 3456 7890.")
            field.error_messages["required"] = _("Isi alamat e-mail atau nomor HP Anda.")
        else:
            field.help_text = _("Contoh: ani@contoh.id.")
            field.widget.input_type = "email"

    def clean_contact(self) -> tuple[str, str]:
        text = self.cleaned_data["contact"]
        if not self.phones and "@" not in text:
            raise forms.ValidationError(_("Alamat e-mail ini tidak lengkap. Contoh: ani@contoh.id."))
        return parse_contact(text)


class NameForm(PlainForm):
    name = forms.CharField(
        label=_("Nama Anda"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Isi nama."), "max_length": _("Nama paling panjang 120 huruf.")},
    )


class EmailForm(PlainForm):
    contact = forms.CharField(
        label=_("Alamat e-mail baru"),
        help_text=_("Kami kirim kode ke alamat ini."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Isi alamat e-mail.")},
    )

    def clean_contact(self) -> str:
        text = self.cleaned_data["contact"]
        if "@" not in text:
            raise forms.ValidationError(_("Alamat e-mail ini tidak lengkap. Contoh: ani@contoh.id."))
        return parse_contact(text)[1]


class PhoneForm(PlainForm):
    contact = forms.CharField(
        label=_("Nomor HP baru"),
        help_text=_("Kami kirim kode ke nomor ini. Contoh: 0812 3456 7890."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Isi nomor HP.")},
    )

    def clean_contact(self) -> str:
        text = self.cleaned_data["contact"]
        if "@" in text:
            raise forms.ValidationError(_("Nomor HP ini tidak lengkap. Contoh: 0812 3456 7890."))
        return parse_contact(text)[1]
