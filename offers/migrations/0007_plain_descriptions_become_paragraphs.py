from django.db import migrations

from kekiz_portal.lib import rich_text


def to_paragraphs(apps, _editor):
    rewrite(apps, rich_text.stored)


def to_plain_text(apps, _editor):
    rewrite(apps, rich_text.as_text)


def rewrite(apps, change):
    for name in ("Offer", "HistoricalOffer"):
        model = apps.get_model("offers", name)
        for row in model.objects.exclude(description="").only("description").iterator():
            # Not save(): the field would clean the text on its way back, too.
            model.objects.filter(pk=row.pk).update(description=change(row.description))


class Migration(migrations.Migration):
    """Texts typed without markup become what they looked like: paragraphs."""

    dependencies = [("offers", "0006_description_is_rich_text")]

    operations = [migrations.RunPython(to_paragraphs, to_plain_text)]
