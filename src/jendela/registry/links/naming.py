"""Fields in which people type the name of an application, for every form that asks for one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.registry.applications.models import Application
from jendela.registry.links import reads
from jendela.ui.forms import PlainForm


def name_field(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "nama-aplikasi", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Tulis nama aplikasinya.")},
    )


class NamedApplications(PlainForm):
    """Fields in which people type the name of an application. Where a name may mean several, `<field>_pick` offers
    them, and the choice there goes before what was typed."""

    named: Sequence[str] = ()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in self.named:
            if name in self.errors:
                continue
            application = self._of(name, found.get(name) or "")
            if application is not None:
                found[f"{name}_application"] = application
        return found

    def _of(self, name: str, typed: str) -> Application | None:
        picked = self.data.get(f"{name}_pick", "")
        options = reads.find_applications(typed)
        for one in options:
            if one.slug == picked:
                return one
        if len(options) == 1:
            return options[0]
        if not typed:
            return None
        if options:
            self.fields[f"{name}_pick"] = forms.ChoiceField(
                label=_("Yang mana: %(name)s?") % {"name": typed},
                choices=[(one.slug, f"{one.name} ({one.owner.short_name})") for one in options],
                widget=forms.RadioSelect,
                required=False,
            )
            self.add_error(f"{name}_pick", _("Ada beberapa yang cocok. Pilih satu."))
        else:
            self.add_error(
                name, _("Belum ada di daftar aplikasi. Periksa tulisannya, atau catat dulu aplikasinya.")
            )
        return None
