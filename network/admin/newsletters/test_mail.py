"""To whom a newsletter may go before it is sent: oneself or a colleague, by name."""

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _


class Colleague(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{user.get_full_name() or user.get_username()} ({user.email})"


class TestMailForm(forms.Form):
    """Which colleague reads the test mail; only who has an address can be chosen."""

    __test__ = False  # no test, though its name begins like one

    colleague = Colleague(
        label=_("Wer soll sie lesen?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=None,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, is_staff=True).exclude(email="")
        self.fields["colleague"].queryset = people.order_by("last_name", "first_name", "username")
