"""Keep which entries the last changes were about, so that what is made of all need not be made anew.

A watched table may say how its changed rows lead to entries: a query over ``%I``, a table of those
rows (``kekiz_portal/lib/content_version.py``). The setting ``kekiz.entries`` collects their numbers
while a transaction runs; ``*`` means that anything may have changed, and so do too many.
"""

from django.db import migrations

FORWARD = """
CREATE TABLE content_log (
    number bigint PRIMARY KEY,
    entries bigint[]  -- NULL: any of them
);
INSERT INTO content_log (number, entries) SELECT number, '{}' FROM content_version;

CREATE FUNCTION content_note(changed bigint[]) RETURNS void AS $$
DECLARE
    is_noted boolean := coalesce(current_setting('kekiz.content', true), '') <> '';
    known text := coalesce(nullif(current_setting('kekiz.entries', true), ''), '{}');
BEGIN
    IF NOT is_noted THEN
        known := '{}';
    END IF;
    IF known <> '*' THEN
        IF changed IS NOT NULL THEN
            changed := ARRAY(SELECT DISTINCT one FROM unnest(known::bigint[] || changed) AS one);
        END IF;
        known := CASE WHEN cardinality(changed) <= 500 THEN changed::text ELSE '*' END;
        PERFORM set_config('kekiz.entries', known, true);
    END IF;
    PERFORM set_config('kekiz.content', content_clock()::text, true);
    IF NOT is_noted THEN
        INSERT INTO content_change DEFAULT VALUES;
    END IF;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION content_changed() RETURNS trigger AS $$
DECLARE
    led text;
    changed bigint[];
BEGIN
    IF TG_OP = 'TRUNCATE' OR TG_NARGS = 0 THEN
        PERFORM content_note(NULL);
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        led := format(TG_ARGV[0], 'rows_before');
    END IF;
    IF TG_OP <> 'DELETE' THEN
        led := concat_ws(' UNION ALL ', led, format(TG_ARGV[0], 'rows_now'));
    END IF;
    EXECUTE 'SELECT array_agg(entry) FROM (' || led || ') AS led (entry)' INTO changed;
    PERFORM content_note(array_remove(coalesce(changed, '{}'), NULL));
    RETURN NULL;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION content_change_ends() RETURNS trigger AS $$
DECLARE
    risen bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE content_change SET is_last = true WHERE id = NEW.id;
    ELSE
        UPDATE content_version SET number = greatest(number + 1, content_clock())
            RETURNING number INTO risen;
        INSERT INTO content_log (number, entries)
            VALUES (risen, nullif(current_setting('kekiz.entries', true), '*')::bigint[]);
        DELETE FROM content_log WHERE number <
            (SELECT number FROM content_log ORDER BY number DESC OFFSET 200 LIMIT 1);
        DELETE FROM content_change WHERE id = NEW.id;
        PERFORM set_config('kekiz.content', '', true);
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
"""

BACK = """
CREATE OR REPLACE FUNCTION content_changed() RETURNS trigger AS $$
DECLARE
    is_noted boolean := coalesce(current_setting('kekiz.content', true), '') <> '';
BEGIN
    PERFORM set_config('kekiz.content', content_clock()::text, true);
    IF NOT is_noted THEN
        INSERT INTO content_change DEFAULT VALUES;
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION content_change_ends() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE content_change SET is_last = true WHERE id = NEW.id;
    ELSE
        UPDATE content_version SET number = greatest(number + 1, content_clock());
        DELETE FROM content_change WHERE id = NEW.id;
        PERFORM set_config('kekiz.content', '', true);
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;
DROP FUNCTION content_note(bigint[]);
DROP TABLE content_log;
"""


class Migration(migrations.Migration):
    dependencies = [("kekiz_portal", "0004_content_version")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
