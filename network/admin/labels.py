"""Labels: one box for each, with the labels others have used to choose from."""

from django import forms
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.german_order import in_german_order
from network.models import Partner

LABEL_LENGTH = 40
EMPTY_BOXES = 2


def known_labels():
    """Return every label in use, in the order of the alphabet."""
    rows = Partner.objects.order_by().values_list(Func(F("labels"), function="unnest"))
    return in_german_order({label for (label,) in rows})


class LabelsWidget(forms.Widget):
    """A list of short texts, each in a text box that proposes what exists; works without script."""

    template_name = "admin/network/labels.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "values": [*(value or []), *([""] * EMPTY_BOXES)],
            "known": known_labels(),
            "length": LABEL_LENGTH,
        }
        return context

    def value_from_datadict(self, data, _files, name):
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [value for value in values if value.strip()]

    def value_omitted_from_data(self, data, _files, name):
        return name not in data

    def id_for_label(self, id_):
        return f"{id_}_0" if id_ else id_


class LabelsField(forms.Field):
    widget = LabelsWidget

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)
        self.one = forms.CharField(max_length=LABEL_LENGTH)

    def clean(self, value):
        """Return each label once; the spelling in use wins over a second one."""
        known = {label.casefold(): label for label in known_labels()}
        cleaned = (self.one.clean(label) for label in value or [])
        found = {label.casefold(): known.get(label.casefold(), label) for label in cleaned}
        return list(found.values())

    def has_changed(self, initial, data):
        return (initial or []) != (data or [])


HELP = _("Eines je Feld. Beim Tippen erscheinen die Schlagworte, die es schon gibt.")
