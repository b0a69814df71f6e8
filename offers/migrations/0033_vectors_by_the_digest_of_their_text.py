from django.db import migrations, models


def forget(apps, _schema_editor):
    """The nightly rebuild, or ``rebuild_search_index``, makes them anew."""
    apps.get_model('offers', 'SentenceVector').objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('offers', '0032_sentences_of_parents_and_what_they_mean'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name='sentencevector', name='sentence_vector_once'),
        migrations.RenameField(model_name='sentencevector', old_name='text', new_name='digest'),
        migrations.AlterField(
            model_name='sentencevector',
            name='digest',
            field=models.CharField(max_length=32),
        ),
        migrations.AddConstraint(
            model_name='sentencevector',
            constraint=models.UniqueConstraint(fields=('digest', 'encoder'), name='sentence_vector_once'),
        ),
    ]
