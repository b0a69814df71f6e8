"""One number that rises with every change a reader could see, in the transaction of the change.

A changed table notes the change once a transaction (``content_changed``). When the transaction
ends, the note raises the number (``content_change_ends``): not before, so that a long import holds
nobody up, and after all other deferred checks (an update of the note puts it at the end of their
queue), so that no two transactions wait for each other. Until then the transaction itself, and
nobody else, sees a number of its own in the setting ``kekiz.content``.

Numbers are microseconds of the clock: none comes twice, not even after a rollback or when an older
backup was restored.
"""

from django.db import migrations

FORWARD = """
CREATE TABLE content_version (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    number bigint NOT NULL
);

CREATE TABLE content_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    is_last boolean NOT NULL DEFAULT false
);

CREATE FUNCTION content_clock() RETURNS bigint AS $$
    SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
$$ LANGUAGE sql VOLATILE;

INSERT INTO content_version (number) VALUES (content_clock());

CREATE FUNCTION content_changed() RETURNS trigger AS $$
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

CREATE FUNCTION content_change_ends() RETURNS trigger AS $$
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

CREATE CONSTRAINT TRIGGER content_change_ends
    AFTER INSERT OR UPDATE ON content_change
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION content_change_ends();
ALTER TABLE content_change ENABLE ALWAYS TRIGGER content_change_ends;
"""

BACK = """
DROP TABLE content_change, content_version;
DROP FUNCTION content_changed() CASCADE;
DROP FUNCTION content_change_ends();
DROP FUNCTION content_clock();
"""


class Migration(migrations.Migration):
    dependencies = [("kekiz_portal", "0001_tables")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
