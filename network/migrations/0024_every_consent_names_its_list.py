import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0023_lists_to_subscribe_to'),
    ]

    operations = [
        migrations.AlterField(
            model_name='consent',
            name='mailing_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='network.mailinglist', verbose_name='Liste'),
        ),
        migrations.RemoveField(model_name='historicalnewsletter', name='goes_to_subscribers'),
        migrations.RemoveField(model_name='newsletter', name='goes_to_subscribers'),
    ]
