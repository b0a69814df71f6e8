"""Rows chosen by typing their name, from lists too long for a select."""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect

from kekiz_portal.lib.keys import key


class ChoiceByTyping(AutocompleteSelect):
    """Shows the row that is chosen; what is no key names none and is refused by the field."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [one for one in value if key(str(one)) is not None], attr)


class ChoosesByTyping(admin.ModelAdmin):
    """An admin whose ``autocomplete_fields`` answer nonsense with a sentence."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChoiceByTyping(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class FoundByTyping(AutocompleteJsonView):
    """What is found while typing; a row may have more to say of itself than its name."""

    def serialize_result(self, obj, to_field_name):
        found = super().serialize_result(obj, to_field_name)
        return found | {"text": getattr(obj, "words_to_choose", found["text"])}
