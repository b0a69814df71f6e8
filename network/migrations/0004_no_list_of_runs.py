"""Of a database older than 0001: which workers' notes were complete; notes wait for the disk now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("network", "0003_first_mailing_list")]

    operations = [
        migrations.RunSQL("DROP TABLE IF EXISTS network_sendingrun", migrations.RunSQL.noop)
    ]
