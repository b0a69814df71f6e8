from django.db import migrations

# The first 512 bytes are the meaning; the spelling behind them is compared otherwise now.
SHORTEN = """
UPDATE offers_sentencevector
SET vector = substring(vector FROM 1 FOR 512), encoder = split_part(encoder, ' ', 1)
WHERE encoder LIKE '% %'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('offers', '0003_not_null_by_its_column'),
    ]

    operations = [migrations.RunSQL(SHORTEN, migrations.RunSQL.noop, elidable=True)]
