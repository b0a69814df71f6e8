"""Columns with forms of their own: lists of fixed choices, and rich texts."""

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from kekiz_portal.lib import rich_text

MOST_SIGNS = 60_000  # of a rich text as typed or pasted, with its tags


class ChoiceArrayField(ArrayField):
    """An ``ArrayField`` over a field with choices; forms show one checkbox a choice."""

    def formfield(self, **kwargs):
        return super(ArrayField, self).formfield(
            form_class=forms.TypedMultipleChoiceField,
            choices=self.base_field.choices,
            coerce=self.base_field.to_python,
            empty_value=[],
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            **{key: value for key, value in kwargs.items() if key in {"help_text", "label"}},
        )


class RichTextarea(forms.Textarea):
    """A text with a small editor; without JavaScript a text area."""

    template_name = "offers/widgets/rich_text.html"

    class Media:
        css = {"all": ["css/admin/rich-text.css"]}
        js = [forms.Script("js/rich-text.js", type="module")]

    def __init__(self, attrs=None, tags=rich_text.TAGS):
        super().__init__(attrs)
        self.tags = tags

    def format_value(self, value):
        return rich_text.as_typed(value, self.tags) if value else value


class RichTextFormField(forms.CharField):
    """A rich text, cleaned; always with its editor, whatever text area the admin prefers."""

    def __init__(self, *, tags=rich_text.TAGS, **kwargs):
        self.tags = tags
        super().__init__(**kwargs | {"widget": RichTextarea(tags=tags)})

    def clean(self, value):
        if len(value or "") > MOST_SIGNS:
            words = _("Der Text ist länger als %d Zeichen. Kürzen Sie ihn bitte.")
            raise ValidationError(words % MOST_SIGNS, "max_length")
        return rich_text.stored(super().clean(value), self.tags)

    def has_changed(self, initial, data):
        return rich_text.stored((data or "")[:MOST_SIGNS], self.tags) != (initial or "")


class RichTextField(models.TextField):
    """Clean HTML with few tags, whatever was assigned."""

    tags = rich_text.TAGS

    def pre_save(self, model_instance, add):
        text = rich_text.stored(super().pre_save(model_instance, add) or "", self.tags)
        setattr(model_instance, self.attname, text)
        return text

    def formfield(self, **kwargs):
        return super().formfield(**kwargs | {"form_class": RichTextFormField, "tags": self.tags})


class PageTextField(RichTextField):
    """A rich text that makes a page of its own, with all levels of headings."""

    tags = rich_text.PAGE_TAGS
