"""Writing down what is sent to whom, once, before the first mail leaves."""

from django.db import connection
from django.utils import timezone

from network.models import NewsletterEdition
from network.newsletters.composing import composing

from . import audience

# The database copies the recipients; not one of them passes through here.
RECIPIENTS_INTO_LEDGER = """
INSERT INTO network_delivery
  (newsletter_id, address, domain, language, contact_id, subscription_id,
   state, claims, attempts, answer)
SELECT %s, address, lower(split_part(address, '@', -1)), language,
  contact_id::bigint, subscription_id::bigint,
  'queued', 0, 0, ''
FROM ({recipients}) AS recipient
ON CONFLICT DO NOTHING
"""


def freeze(newsletter):
    """Write the editions and one delivery for each recipient; return how many there are.

    Inside the caller's transaction, which holds the newsletter's row. Later changes of texts and
    addresses, and later subscriptions, do not reach this newsletter any more.
    """
    editions = composing.editions(newsletter)
    NewsletterEdition.objects.filter(newsletter=newsletter).delete()
    NewsletterEdition.objects.bulk_create(editions)
    sql, parameters = audience.recipients(newsletter).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            RECIPIENTS_INTO_LEDGER.format(recipients=sql),
            [newsletter.pk, *parameters],
        )
        count = cursor.rowcount
    newsletter.frozen_at = timezone.now()
    return count
