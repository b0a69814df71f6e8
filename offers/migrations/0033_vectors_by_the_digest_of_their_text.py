import hashlib

from django.db import migrations, models

ROWS_A_BATCH = 1000


def put_digests(apps, _schema_editor):
    """As ``vectors.digest_of`` does."""
    rows = apps.get_model('offers', 'SentenceVector').objects
    kept = list(rows.defer('vector'))
    for row in kept:
        row.digest = hashlib.blake2b(row.digest.encode(), digest_size=16).hexdigest()
    rows.bulk_update(kept, ['digest'], batch_size=ROWS_A_BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ('offers', '0032_sentences_of_parents_and_what_they_mean'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='sentencevector', name='sentence_vector_once'),
        migrations.RenameField(model_name='sentencevector', old_name='text', new_name='digest'),
        migrations.RunPython(put_digests, elidable=True),
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
