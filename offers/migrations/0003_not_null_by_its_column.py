"""Of a database older than 0001: what says that a column is never NULL is called by the column."""

from django.db import migrations

# Only PostgreSQL 18 names them at all, and keeps the name when a column gets another one.
RENAME = """
DO $$
DECLARE
    old record;
BEGIN
    FOR old IN
        SELECT conrelid::regclass AS place, conname AS name, attname AS column_name, relname
        FROM pg_constraint
            JOIN pg_class ON pg_class.oid = conrelid
            JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        WHERE contype = 'n'
            AND relname IN ('offers_topic', 'offers_historicaltopic', 'offers_sentencevector')
            AND conname <> relname || '_' || attname || '_not_null'
    LOOP
        EXECUTE format(
            'ALTER TABLE %s RENAME CONSTRAINT %I TO %I',
            old.place, old.name, old.relname || '_' || old.column_name || '_not_null'
        );
    END LOOP;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("offers", "0002_guards")]

    operations = [migrations.RunSQL(RENAME, migrations.RunSQL.noop)]
