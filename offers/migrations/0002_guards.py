"""What the database itself watches over, whatever writes the rows."""

from django.db import migrations

# An offer at a protected place is at no other address. Deferred, because a form may take one
# place away and add the other in any order. The locks make two people at once wait for each
# other: the place first, then the offer.
PROTECTED_PLACE = """
CREATE FUNCTION offers_protected_place_stands_alone() RETURNS trigger AS $$
DECLARE
    concerned bigint[];
BEGIN
    IF TG_TABLE_NAME = 'offers_offerplace' THEN
        PERFORM 1 FROM offers_location WHERE id = NEW.location_id FOR SHARE;
        concerned := ARRAY[NEW.offer_id];
    ELSE
        concerned := ARRAY(SELECT offer_id FROM offers_offerplace WHERE location_id = NEW.id);
    END IF;
    PERFORM 1 FROM offers_offer WHERE id = ANY(concerned) ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1
        FROM offers_offerplace place JOIN offers_location location ON location.id = place.location_id
        WHERE place.offer_id = ANY(concerned)
        GROUP BY place.offer_id
        HAVING bool_or(location.visibility = 'protected')
            AND bool_or(location.visibility <> 'protected');
    IF FOUND THEN
        RAISE EXCEPTION 'An offer at a protected place is at no other address.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_protected_place_stands_alone';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;

CREATE CONSTRAINT TRIGGER offer_protected_place_stands_alone
    AFTER INSERT OR UPDATE OF offer_id, location_id ON offers_offerplace
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.location_id IS NOT NULL)
    EXECUTE FUNCTION offers_protected_place_stands_alone();

CREATE CONSTRAINT TRIGGER location_protected_place_stands_alone
    AFTER UPDATE OF visibility ON offers_location
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.visibility IS DISTINCT FROM NEW.visibility)
    EXECUTE FUNCTION offers_protected_place_stands_alone();
"""

NO_PROTECTED_PLACE = """
DROP TRIGGER offer_protected_place_stands_alone ON offers_offerplace;
DROP TRIGGER location_protected_place_stands_alone ON offers_location;
DROP FUNCTION offers_protected_place_stands_alone();
"""


class Migration(migrations.Migration):
    replaces = [("offers", "0011_protected_places_stand_alone")]

    dependencies = [("offers", "0001_tables")]

    operations = [migrations.RunSQL(PROTECTED_PLACE, NO_PROTECTED_PLACE)]
