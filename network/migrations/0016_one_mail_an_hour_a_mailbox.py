from django.db import migrations, models
from django.db.models import F


def take_addresses(apps, _editor):
    """What waits or was just sent counts by its address; the rows are gone after three days."""
    apps.get_model("network", "MailRequest").objects.update(mailbox=F("address"))


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0015_mail_consent"),
    ]

    operations = [
        migrations.AddField(
            model_name="mailrequest",
            name="mailbox",
            field=models.CharField(db_index=True, default="", editable=False, max_length=254),
            preserve_default=False,
        ),
        migrations.RunPython(take_addresses, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="mailrequest", name="mail_request_waits_once"),
        migrations.AddConstraint(
            model_name="mailrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sent_at", None)),
                fields=("mailbox", "kind"),
                name="mail_request_waits_once",
            ),
        ),
    ]
