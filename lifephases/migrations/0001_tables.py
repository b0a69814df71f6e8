"""Phases, transitions and milestones, and their history."""

import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import kekiz_portal.lib.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from kekiz_portal.lib.making_tables import Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('lifephases', '0001_initial'),
        ('lifephases', '0002_history'),
        ('lifephases', '0003_links_have_a_scheme'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalMilestone',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('ages', django.contrib.postgres.fields.ranges.IntegerRangeField(help_text='In Monaten seit der Geburt. Die Schwangerschaft sind die Monate davor.', verbose_name='Alter in Monaten')),
                ('slug', models.SlugField(max_length=80, verbose_name='Kurzname')),
                ('title', models.CharField(max_length=120, verbose_name='Titel')),
                ('kind', models.CharField(choices=[('health', 'Gesundheit'), ('care', 'Betreuung'), ('school', 'Schule'), ('benefit', 'Geld und Antrag'), ('work', 'Ausbildung und Beruf')], max_length=10, verbose_name='Art')),
                ('what_to_do', models.TextField(verbose_name='Was ist zu tun?')),
                ('by_when', models.CharField(blank=True, max_length=200, verbose_name='Bis wann?')),
                ('source', models.CharField(max_length=200, verbose_name='Quelle')),
                ('source_url', kekiz_portal.lib.fields.WebAddressField(blank=True, max_length=500, verbose_name='Adresse der Quelle')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical Meilenstein',
                'verbose_name_plural': 'historical Meilensteine',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ages', django.contrib.postgres.fields.ranges.IntegerRangeField(help_text='In Monaten seit der Geburt. Die Schwangerschaft sind die Monate davor.', verbose_name='Alter in Monaten')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='Kurzname')),
                ('title', models.CharField(max_length=120, verbose_name='Titel')),
                ('kind', models.CharField(choices=[('health', 'Gesundheit'), ('care', 'Betreuung'), ('school', 'Schule'), ('benefit', 'Geld und Antrag'), ('work', 'Ausbildung und Beruf')], max_length=10, verbose_name='Art')),
                ('what_to_do', models.TextField(verbose_name='Was ist zu tun?')),
                ('by_when', models.CharField(blank=True, max_length=200, verbose_name='Bis wann?')),
                ('source', models.CharField(max_length=200, verbose_name='Quelle')),
                ('source_url', kekiz_portal.lib.fields.WebAddressField(blank=True, max_length=500, verbose_name='Adresse der Quelle')),
            ],
            options={
                'verbose_name': 'Meilenstein',
                'verbose_name_plural': 'Meilensteine',
                'ordering': ['ages', 'title'],
                'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['ages'], name='milestone_ages_gist')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ages__isempty', False)), name='milestone_ages_not_empty', violation_error_message='Das Alter „von“ muss vor dem Alter „bis“ liegen.')],
            },
        ),
        migrations.CreateModel(
            name='Transition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ages', django.contrib.postgres.fields.ranges.IntegerRangeField(help_text='In Monaten seit der Geburt. Die Schwangerschaft sind die Monate davor.', verbose_name='Alter in Monaten')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='Kurzname')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('position', models.PositiveSmallIntegerField(unique=True, verbose_name='Reihenfolge')),
                ('note', models.TextField(blank=True, verbose_name='Hinweis')),
            ],
            options={
                'verbose_name': 'Übergang',
                'verbose_name_plural': 'Übergänge',
                'ordering': ['position'],
                'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['ages'], name='transition_ages_gist')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ages__isempty', False)), name='transition_ages_not_empty', violation_error_message='Das Alter „von“ muss vor dem Alter „bis“ liegen.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalLifePhase',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('ages', django.contrib.postgres.fields.ranges.IntegerRangeField(help_text='In Monaten seit der Geburt. Die Schwangerschaft sind die Monate davor.', verbose_name='Alter in Monaten')),
                ('slug', models.SlugField(max_length=80, verbose_name='Kurzname')),
                ('name', models.CharField(db_index=True, max_length=120, verbose_name='Name')),
                ('short_name', models.CharField(max_length=40, verbose_name='kurzer Name')),
                ('kind', models.CharField(choices=[('phase', 'Lebensphase'), ('cross', 'Querschnitt: Alter des Kindes egal')], default='phase', max_length=10, verbose_name='Art')),
                ('position', models.PositiveSmallIntegerField(db_index=True, verbose_name='Reihenfolge')),
                ('description', models.TextField(blank=True, verbose_name='Beschreibung')),
                ('hue', models.PositiveSmallIntegerField(default=0, help_text='1 bis 7 entlang der Kette, 0 ist neutral.', verbose_name='Farbton')),
                ('pictogram', models.SlugField(blank=True, max_length=40, verbose_name='Piktogramm')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('transition_out', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='lifephases.transition', verbose_name='führt in den Übergang')),
            ],
            options={
                'verbose_name': 'historical Lebensphase',
                'verbose_name_plural': 'historical Lebensphasen',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LifePhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ages', django.contrib.postgres.fields.ranges.IntegerRangeField(help_text='In Monaten seit der Geburt. Die Schwangerschaft sind die Monate davor.', verbose_name='Alter in Monaten')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='Kurzname')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='Name')),
                ('short_name', models.CharField(max_length=40, verbose_name='kurzer Name')),
                ('kind', models.CharField(choices=[('phase', 'Lebensphase'), ('cross', 'Querschnitt: Alter des Kindes egal')], default='phase', max_length=10, verbose_name='Art')),
                ('position', models.PositiveSmallIntegerField(unique=True, verbose_name='Reihenfolge')),
                ('description', models.TextField(blank=True, verbose_name='Beschreibung')),
                ('hue', models.PositiveSmallIntegerField(default=0, help_text='1 bis 7 entlang der Kette, 0 ist neutral.', verbose_name='Farbton')),
                ('pictogram', models.SlugField(blank=True, max_length=40, verbose_name='Piktogramm')),
                ('transition_out', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phases_before', to='lifephases.transition', verbose_name='führt in den Übergang')),
            ],
            options={
                'verbose_name': 'Lebensphase',
                'verbose_name_plural': 'Lebensphasen',
                'ordering': ['position'],
                'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['ages'], name='lifephase_ages_gist')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ages__isempty', False)), name='lifephase_ages_not_empty', violation_error_message='Das Alter „von“ muss vor dem Alter „bis“ liegen.'), models.CheckConstraint(condition=models.Q(('hue__lte', 7)), name='lifephase_hue_within_the_palette', violation_error_message='Der Farbton ist eine Zahl von 0 bis 7.')],
            },
        ),
    ]
    operations = [Together(operations)]
