from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import F, Q

LONGEST_EXAMPLE = 120
TABLES = ["Topic", "HistoricalTopic"]


def as_text(apps, _editor):
    for name in TABLES:
        for row in apps.get_model("offers", name).objects.all():
            listed = row.examples_json if isinstance(row.examples_json, list) else []
            row.examples = [str(one)[:LONGEST_EXAMPLE] for one in listed]
            row.save(update_fields=["examples"])


def as_json(apps, _editor):
    for name in TABLES:
        for row in apps.get_model("offers", name).objects.all():
            row.examples_json = row.examples
            row.save(update_fields=["examples_json"])


def texts():
    return ArrayField(
        models.CharField(max_length=LONGEST_EXAMPLE),
        verbose_name="Beispiele",
        default=list,
        blank=True,
        help_text="Mit Komma getrennt, etwa: Kinderschutz, Suchtberatung",
    )


class Migration(migrations.Migration):
    """Examples of a topic are texts; a district cannot lie in itself."""

    dependencies = [("offers", "0002_history_and_curation")]

    operations = [
        *(migrations.RenameField(name, "examples", "examples_json") for name in TABLES),
        *(migrations.AddField(name, "examples", texts()) for name in TABLES),
        migrations.RunPython(as_text, as_json),
        *(migrations.RemoveField(name, "examples_json") for name in TABLES),
        migrations.AddConstraint(
            "district",
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("pk")),
                name="district_is_not_its_own_parent",
                violation_error_message="Ein Stadtteil kann nicht in sich selbst liegen.",
            ),
        ),
    ]
