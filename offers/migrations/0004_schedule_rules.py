from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Upper, Now, TruncDate

NAMES_ITS_DAYS = Q(rrule__regex="BY(DAY|MONTHDAY|WEEKNO)=") | Q(rrule__contains="DAILY")
COUNTS_FROM_ITS_START = (
    Q(rrule__contains="COUNT=") | Q(rrule__regex="INTERVAL=([2-9]|1[0-9])") | ~NAMES_ITS_DAYS
)


def tidy(apps, _editor):
    """Write rules in capitals; what counted from today until now counts from today for good."""
    schedules = apps.get_model("offers", "Schedule").objects.exclude(rrule="")
    schedules.update(rrule=Upper("rrule"))
    schedules.filter(COUNTS_FROM_ITS_START, starts_on=None).update(starts_on=TruncDate(Now()))


class Migration(migrations.Migration):
    """Rules stand in capitals; one whose days follow from its first date has that date."""

    dependencies = [("offers", "0003_topic_examples_and_district_parent")]

    operations = [
        migrations.RunPython(tidy, migrations.RunPython.noop),
        migrations.RemoveConstraint("schedule", "schedule_interval_needs_a_start"),
        migrations.AddConstraint(
            "schedule",
            models.CheckConstraint(
                condition=Q(rrule="") | Q(starts_on__isnull=False) | ~COUNTS_FROM_ITS_START,
                name="schedule_counts_from_a_first_date",
                violation_error_message=(
                    "Diese Wiederholung zählt vom ersten Termin an. Tragen Sie das erste Datum ein."
                ),
            ),
        ),
        migrations.AddConstraint(
            "schedule",
            models.CheckConstraint(
                condition=Q(rrule=Upper("rrule")), name="schedule_rule_in_capitals"
            ),
        ),
    ]
