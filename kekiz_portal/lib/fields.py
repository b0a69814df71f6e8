"""Columns that keep one form of what people write in many: telephones, mailboxes, links.

Whatever way a value comes in, by form, file or code, it is stored in its one form and read in the
one people know. What cannot be read is kept as it was; forms and imports refuse it. Beside them
stand the trap and the button that forms of the portal share.
"""

from copy import copy

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.db import models
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from . import mailbox, names, telephone, web_address


class TrapField(forms.CharField):
    """A field that people neither see nor hear: whoever fills it is a machine."""

    def __init__(self):
        widget = forms.TextInput({"tabindex": "-1", "autocomplete": "off"})
        super().__init__(label=_("Bitte leer lassen"), required=False, widget=widget)


class SubmitButton(StrictButton):
    """A button that sends its form, in the language of each page.

    That of crispy-forms keeps the words it was first shown with: a layout belongs to the class of
    a form, so everybody would read the language of its first reader.
    """

    def __init__(self, content, css_class="button button--main", **attributes):
        super().__init__(content, type="submit", css_class=css_class, **attributes)

    def render(self, form, context, **kwargs):
        return StrictButton.render(copy(self), form, context, **kwargs)


# Where the form puts a ``TrapField`` of the name "website".
TRAP = Div("website", css_class="trap", aria_hidden="true")


def helper(button, *fields):
    """Return how a form looks that is bound to no session, so that nobody could forge it."""
    made = FormHelper()
    made.disable_csrf = True
    made.layout = Layout(*fields, SubmitButton(button))
    return made


class TelephoneFormField(forms.CharField):
    """A text without a number is refused with a sentence, unless it stood there before."""

    stands = None

    def __init__(self, **options):
        options.setdefault("widget", forms.TextInput({"type": "tel", "autocomplete": "off"}))
        super().__init__(**options)

    def get_bound_field(self, form, field_name):
        self.stands = form.get_initial_for_field(self, field_name)
        return super().get_bound_field(form, field_name)

    def clean(self, value):
        value = super().clean(value)
        return value if not value or value == self.stands else str(telephone.validated(value))


class OneFormField(models.CharField):
    """A text kept in one form (``stored``) and read in another (``shown``), by the functions named.

    ``form_class`` is the field of a form that takes what people write.
    """

    form_class = forms.CharField

    def to_python(self, value):
        return self.shown(self.stored(super().to_python(value))) if value else value

    def from_db_value(self, value, _expression, _connection):
        return self.shown(value) if value else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return self.stored(value) if value else value

    def pre_save(self, model_instance, add):
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **options):
        return super().formfield(**{"form_class": self.form_class} | options)


class TelephoneField(OneFormField):
    """A number as E.164 with its note; in Python as it is read here: "02323 16-1651 (mittags)"."""

    form_class = TelephoneFormField
    stored, shown = staticmethod(telephone.stored), staticmethod(telephone.shown)

    def __init__(self, *args, **options):
        options.setdefault("max_length", 160)
        super().__init__(*args, **options)


class MailboxFormField(forms.EmailField):
    default_validators = [mailbox.validate]

    def to_python(self, value):
        value = super().to_python(value)
        return mailbox.shown(mailbox.stored(value)) if value else value


class MailboxField(OneFormField, models.EmailField):
    """A mailbox as ``mailbox.stored`` writes it; in Python with the letters of its domain.

    ``filter(address__mailbox=…)`` finds it in any spelling.
    """

    default_validators = [mailbox.validate]
    form_class = MailboxFormField
    stored, shown = staticmethod(mailbox.stored), staticmethod(mailbox.shown)


@MailboxField.register_lookup
class SameMailbox(Exact):
    """Whether a stored address is this mailbox, however either is spelled."""

    lookup_name = "mailbox"

    def get_prep_lookup(self):
        if hasattr(self.rhs, "resolve_expression"):
            return mailbox.in_database(self.rhs)
        return mailbox.identity(self.rhs)

    def process_lhs(self, compiler, connection, lhs=None):
        sql, parameters = super().process_lhs(compiler, connection, lhs)
        return f"LOWER({sql})", parameters

    def get_rhs_op(self, _connection, rhs):
        return f"= {rhs}"


class WebAddressFormField(forms.CharField):
    """A link; without a scheme it is one of https."""

    widget = forms.URLInput
    default_validators = [web_address.validate]

    def __init__(self, **options):
        # As text: browsers refuse "herne.de" in a field of type url before anybody can help.
        options.setdefault("widget", forms.TextInput({"inputmode": "url", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value):
        return web_address.stored(super().to_python(value))


class WebAddressField(OneFormField):
    """A link to a page, always with its scheme."""

    default_validators = [web_address.validate]
    form_class = WebAddressFormField
    stored, shown = staticmethod(web_address.stored), staticmethod(str)

    def get_db_converters(self, _connection):
        return []  # it is read as it is kept


class NameOrderField(models.CharField):
    """What orders people by family name, kept beside the name it is read from at each save."""

    def __init__(self, *args, name_field="name", **options):
        self.name_field = name_field
        super().__init__(*args, **{"max_length": 400, "editable": False, "default": ""} | options)

    def deconstruct(self):
        name, path, arguments, options = super().deconstruct()
        return name, path, arguments, options | {"name_field": self.name_field}

    def pre_save(self, model_instance, add):  # noqa: ARG002 - Django names it
        key = names.read(getattr(model_instance, self.name_field)).sort_key[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key


def optional(model, words, on_delete=models.SET_NULL, **options):
    """Return a field that may name a row of a model, and names nothing once that row is gone.

    A row that goes with the one it names, or keeps it from going, says so as ``on_delete``.
    """
    usual = {"verbose_name": words, "null": True, "blank": True, "related_name": "+"}
    return models.ForeignKey(model, on_delete, **usual | options)
