"""Files of a form that came back with errors: chosen once, used when the form is right."""

import uuid

from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.forms import FileField, FileInput

from offers.models import KeptUpload

LARGEST_BYTES = 20 * 1024 * 1024
LONGEST_NAME = KeptUpload._meta.get_field("name").max_length  # noqa: SLF001, documented API


def field_of(name):
    """Return the name of the hidden field that says which upload a file field keeps."""
    return f"{name}-kept"


def keep(upload):
    """Keep an uploaded file and return its key; one that is kept already keeps its key."""
    if key := getattr(upload, "kept_as", None):
        return key
    upload.open()
    row = KeptUpload.objects.create(name=upload.name[-LONGEST_NAME:], content=upload.read())
    upload.kept_as = row.key
    return row.key


def keep_all(files):
    """Keep the uploads of a request, however its form ends; they are read from the start again."""
    for upload in filter(_is_worth_keeping, files.values()):
        keep(upload)
        upload.seek(0)


def find(key):
    """Return the upload of a key as if it had just been sent, ``None`` if there is none."""
    try:
        row = KeptUpload.objects.fresh().get(key=uuid.UUID(key))
    except (ValueError, KeptUpload.DoesNotExist):
        return None
    upload = SimpleUploadedFile(row.name, bytes(row.content))
    upload.kept_as = row.key
    return upload


def refuse(upload):
    """Note that a file itself is wrong: it is not kept for the next try."""
    upload.is_refused = True


class KeepsUpload:
    """A file widget that remembers what was chosen when its form comes back with errors."""

    template_name = "offers/widgets/kept_file.html"

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        if value is None and (key := data.get(field_of(name))):
            return find(key)
        return value

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and field_of(name) not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if _is_worth_keeping(value):
            kept = {"field": field_of(name), "key": keep(value), "name": value.name}
            context["widget"] |= {"kept": kept, "required": False}
            context["widget"]["attrs"].pop("required", None)
        return context


class KeptPictureInput(KeepsUpload, AdminFileWidget):
    """A picture as the admin shows it, kept until its form is right."""


class KeptFileInput(KeepsUpload, FileInput):
    """A file of a plain form, kept until its form is right."""


class KeptFileField(FileField):
    """A file that need not be chosen again when something else in its form is wrong."""

    widget = KeptFileInput

    def bound_data(self, data, initial):
        """Return what the widget shows: here what was sent, where Django forgets it."""
        return data if _is_worth_keeping(data) else super().bound_data(data, initial)

    def clean(self, data, initial=None):
        try:
            return super().clean(data, initial)
        except ValidationError:
            if isinstance(data, UploadedFile):
                refuse(data)
            raise


def _is_worth_keeping(value):
    return (
        isinstance(value, UploadedFile)
        and 0 < value.size <= LARGEST_BYTES
        and not getattr(value, "is_refused", False)
    )
