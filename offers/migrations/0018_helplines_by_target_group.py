"""Numbers in danger stand where people in danger read, not on every page of a topic."""

from django.db import migrations, models

GROUP = {"slug": "gewalt", "name": "Menschen, die Gewalt erleben", "position": 85}


def give_the_group_to_the_offers_of_the_topics(apps, _schema_editor):
    """Keep what is shown; the office takes the group from offers that it does not fit."""
    model = apps.get_model
    offers = model("offers", "Offer").objects.filter(topics__shows_helplines=True).distinct()
    if not offers.exists():
        return
    defaults = GROUP | {"shows_helplines": True}
    group, _created = model("offers", "TargetGroup").objects.update_or_create(
        slug=GROUP["slug"], defaults=defaults
    )
    group.offers.add(*offers)


def give_the_topics_of_the_offers(apps, _schema_editor):
    model = apps.get_model
    topics = model("offers", "Topic").objects.filter(
        offers__target_groups__shows_helplines=True
    )
    topics.update(shows_helplines=True)


class Migration(migrations.Migration):
    dependencies = [("offers", "0017_kept_uploads")]

    operations = [
        migrations.AddField(
            "targetgroup",
            "shows_helplines",
            models.BooleanField(
                default=False,
                help_text=(
                    "Auf den Seiten der Angebote für diese Menschen stehen die Nummern für Gefahr "
                    "und Gewalt und der Knopf, der die Seite schnell verlässt."
                ),
                verbose_name="mit Notrufnummern",
            ),
        ),
        migrations.RunPython(
            give_the_group_to_the_offers_of_the_topics, give_the_topics_of_the_offers
        ),
        migrations.RemoveField("topic", "shows_helplines"),
        migrations.RemoveField("historicaltopic", "shows_helplines"),
    ]
