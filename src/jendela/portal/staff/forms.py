"""The short answer that an administrator keeps with a word from the public."""

from django import forms
from django.utils.translation import gettext_lazy as _

from jendela.services.catalogue.choices import FeedbackState

LONGEST_ANSWER = 500


class AnswerForm(forms.Form):
    state = forms.ChoiceField(choices=FeedbackState.choices)
    answer = forms.CharField(
        label=_("Apa yang sudah dilakukan?"), required=False, max_length=LONGEST_ANSWER, widget=forms.Textarea
    )
