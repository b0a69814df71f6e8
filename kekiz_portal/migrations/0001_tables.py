"""The pages of the portal, and their history."""

import django.db.models.deletion
import kekiz_portal.lib.history.recording
import offers.models.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from kekiz_portal.lib.making_tables import Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('kekiz_portal', '0001_initial'),
        ('kekiz_portal', '0002_history'),
        ('kekiz_portal', '0003_body_is_rich_text'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(choices=[('impressum', 'Impressum'), ('datenschutz', 'Datenschutz'), ('barrierefreiheit', 'Barrierefreiheit')], max_length=20, unique=True, verbose_name='Seite')),
                ('title', models.CharField(max_length=120, verbose_name='Titel')),
                ('body', offers.models.fields.PageTextField(help_text='Erlaubt sind Überschriften, Absätze, Listen und Links.', verbose_name='Text')),
                ('is_placeholder', models.BooleanField(default=True, help_text='Solange das gesetzt ist, steht über dem Text, dass er noch nicht gilt.', verbose_name='Platzhalter')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='geändert am')),
            ],
            options={
                'verbose_name': 'Seite des Portals',
                'verbose_name_plural': 'Seiten des Portals',
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalPage',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('edit', models.UUIDField(default=kekiz_portal.lib.history.recording.current_number, editable=False, verbose_name='Arbeitsschritt')),
                ('slug', models.CharField(choices=[('impressum', 'Impressum'), ('datenschutz', 'Datenschutz'), ('barrierefreiheit', 'Barrierefreiheit')], db_index=True, max_length=20, verbose_name='Seite')),
                ('title', models.CharField(max_length=120, verbose_name='Titel')),
                ('body', offers.models.fields.PageTextField(help_text='Erlaubt sind Überschriften, Absätze, Listen und Links.', verbose_name='Text')),
                ('is_placeholder', models.BooleanField(default=True, help_text='Solange das gesetzt ist, steht über dem Text, dass er noch nicht gilt.', verbose_name='Platzhalter')),
                ('history_change_reason', models.CharField(blank=True, max_length=300, null=True, verbose_name='Grund')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical Seite des Portals',
                'verbose_name_plural': 'historical Seiten des Portals',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
    operations = [Together(operations)]
