"""Who gets a newsletter."""

from django.db import connection
from django.db.models import BigIntegerField, F, Value

from network.models import Contact, Newsletter

STILL_WANTED = "SELECT lower(address) FROM ({recipients}) AS r WHERE lower(address) = ANY(%s)"


def recipients(_newsletter):
    """Return the recipients as rows of address, language, contact_id and subscription_id."""
    return (
        Contact.objects.exclude(email="")
        .filter(until=None)
        .without_stopped_address()
        .order_by("pk")
        .values(
            address=F("email"),
            language=Value("de"),
            contact_id=F("pk"),
            subscription_id=Value(None, BigIntegerField()),
        )
    )


def still_wanted(newsletter_id, addresses):
    """Return, in lower case, those of ``addresses`` that are recipients at this moment."""
    sql, parameters = recipients(Newsletter.objects.get(pk=newsletter_id)).query.sql_with_params()
    with connection.cursor() as cursor:
        statement = STILL_WANTED.format(recipients=sql)
        cursor.execute(statement, [*parameters, [one.lower() for one in addresses]])
        return {address for (address,) in cursor}
