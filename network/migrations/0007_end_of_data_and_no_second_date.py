from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0006_agreements_stand_in_a_table_of_their_own'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='historicalpartner',
            name='agreement_signed_on',
        ),
        migrations.RemoveField(
            model_name='partner',
            name='agreement_signed_on',
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), models.Q(('kept_until__gte', models.F('until')), ('kept_until__isnull', False)), _connector='OR'), name='contact_who_left_has_an_end_of_data', violation_error_message='„Daten behalten bis“ darf nicht vor dem letzten Tag liegen.'),
        ),
    ]
