import offers.models.fields
from django.db import migrations


class Migration(migrations.Migration):
    """Descriptions are clean HTML; the column stays as it is."""

    dependencies = [("offers", "0005_import_runs")]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="description",
            field=offers.models.fields.RichTextField(blank=True, verbose_name="Beschreibung"),
        )
        for name in ("historicaloffer", "offer")
    ]
