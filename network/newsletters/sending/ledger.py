"""What is written down of sending: who gets what, the begin of each mail, the answer to each.

Begin and answer are on the disk before the worker goes on. So whenever it dies, or the database
does, at most one of its mails is begun and not answered. Statements as they are: Django would take
longer to put them together than the mail server to take the mail.
"""

from django.conf import settings
from django.db import connection
from django.utils import timezone

from network.models import NewsletterEdition
from network.newsletters.composing import composing

from . import audience

# The database copies the recipients; not one of them passes through here.
RECIPIENTS = """
INSERT INTO network_delivery
  (newsletter_id, address, domain, language, contact_id, subscription_id,
   state, claims, attempts, answer)
SELECT %s, address, lower(split_part(address, '@', -1)), language,
  contact_id::bigint, subscription_id::bigint,
  'queued', 0, 0, ''
FROM ({recipients}) AS recipient
ON CONFLICT DO NOTHING
"""
BEGIN = """
UPDATE network_delivery SET
    state = 'data_sent', data_at = statement_timestamp(),
    leased_until = statement_timestamp() + %s * interval '1 second'
WHERE id = %s AND claimed_by = %s AND state = 'sending'
    AND EXISTS (SELECT FROM network_newsletter WHERE id = newsletter_id AND state = 'sending')
"""
NOTE = """
UPDATE network_delivery SET
    state = %s, answer_code = %s, answer = %s, attempts = attempts + 1,
    answered_at = statement_timestamp(), leased_until = NULL,
    retry_at = statement_timestamp() + %s::float * interval '1 second'
WHERE id = %s AND claimed_by = %s AND state IN ('sending', 'data_sent', 'unclear')
"""


def freeze(newsletter):
    """Write the edition and one delivery for each recipient; return how many there are.

    Inside the caller's transaction, which holds the newsletter's row. Later changes of texts and
    addresses, and later subscriptions, do not reach this newsletter any more.
    """
    edition = composing.edition(newsletter)
    NewsletterEdition.objects.filter(newsletter=newsletter).delete()
    edition.save()
    sql, parameters = audience.recipients(newsletter).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(RECIPIENTS.format(recipients=sql), [newsletter.pk, *parameters])
        count = cursor.rowcount
    newsletter.frozen_at = timezone.now()
    return count


def begin(delivery, owner):
    """Write that ``owner`` hands a mail over now; no byte of its message may leave before.

    Return False when it may not leave: somebody else has it, or the newsletter was halted.
    """
    # Longer than the last answer is awaited: who waits is not dead.
    seconds = settings.NEWSLETTER_DATA_TIMEOUT_SECONDS + settings.NEWSLETTER_LEASE_SECONDS
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [seconds, delivery.pk, owner])
        return cursor.rowcount == 1


def note(delivery, owner, outcome):
    """Write what became of a mail, also where it comes late: somebody may wonder by then."""
    answer = [outcome.state, outcome.code, outcome.words, outcome.retry_in]
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [*answer, delivery.pk, owner])
