"""A portal starts with one list to subscribe to, in its own name."""

from django.conf import settings
from django.db import migrations


def put_first_list(apps, _schema_editor):
    apps.get_model("network", "MailingList").objects.create(
        name=settings.CITY["portal_name"],
        description=f"Neues zu Angeboten für Familien in {settings.CITY['name']}",
    )


class Migration(migrations.Migration):
    replaces = [("network", "0023_lists_to_subscribe_to")]

    dependencies = [("network", "0002_guards")]

    operations = [migrations.RunPython(put_first_list, migrations.RunPython.noop)]
