"""Counts of searches that fewer than five people made go: fewer could point to one (P-09)."""

from django.db import migrations

FORWARD = """
DELETE FROM offers_searchdemand AS rare
WHERE (
    SELECT sum(count) FROM offers_searchdemand AS same
    WHERE same.words = rare.words AND same.filters = rare.filters
) < 5
"""


class Migration(migrations.Migration):
    dependencies = [("offers", "0025_address_leaks")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
