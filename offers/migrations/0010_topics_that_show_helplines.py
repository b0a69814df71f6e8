from django.db import migrations, models

# The one topic of the facts loaded so far; new towns name theirs in topic_details.csv.
SLUG = "krise-schutz"


def mark(apps, _editor):
    apps.get_model("offers", "Topic").objects.filter(slug=SLUG).update(shows_helplines=True)


def shows_helplines():
    return models.BooleanField(
        "mit Notrufnummern",
        default=False,
        help_text=(
            "Auf den Seiten dieser Angebote stehen die Nummern für Gefahr und Gewalt und der "
            "Knopf, der die Seite schnell verlässt."
        ),
    )


class Migration(migrations.Migration):
    """Offers on some topics may be read in danger: their pages begin with numbers to call."""

    dependencies = [("offers", "0009_institution_archived")]

    operations = [
        migrations.AddField("Topic", "shows_helplines", shows_helplines()),
        migrations.AddField("HistoricalTopic", "shows_helplines", shows_helplines()),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
