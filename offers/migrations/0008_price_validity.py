from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """A price does not end before it starts."""

    dependencies = [("offers", "0007_plain_descriptions_become_paragraphs")]

    operations = [
        migrations.AddConstraint(
            "costoption",
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="cost_option_ends_after_it_starts",
                violation_error_message="„Gültig bis“ darf nicht vor „gültig ab“ liegen.",
            ),
        ),
    ]
