import offers.models.fields
from django.db import migrations


class Migration(migrations.Migration):
    """Pages are cleaned by their column; the column stays as it is."""

    dependencies = [("kekiz_portal", "0002_history")]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="body",
            field=offers.models.fields.PageTextField(
                help_text="Erlaubt sind Überschriften, Absätze, Listen und Links.",
                verbose_name="Text",
            ),
        )
        for name in ("historicalpage", "page")
    ]
