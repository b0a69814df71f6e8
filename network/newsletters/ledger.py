"""What is written down while mails leave: the begin of each, and the answer to each.

One commit a message holds both: the answer to the last one and the begin of the next. So
whenever a worker dies, at most one of its mails is neither untouched nor answered.
"""

from django.conf import settings
from django.db import connection

ANSWERS = """
UPDATE network_delivery AS row SET
  state = answer.state, answer_code = answer.code, answer = answer.words,
  attempts = row.attempts + 1, answered_at = now(), leased_until = NULL,
  retry_at = now() + answer.wait * interval '1 second'
FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(codes)s::int[], %(words)s::text[],
            %(waits)s::float[]) AS answer (id, state, code, words, wait)
WHERE row.id = answer.id AND row.claimed_by = %(owner)s
  AND row.state IN ('sending', 'data_sent', 'unclear')
"""
BEGIN = """
UPDATE network_delivery SET state = 'data_sent', data_at = now(),
  leased_until = now() + %(seconds)s * interval '1 second'
WHERE id = %(id)s AND claimed_by = %(owner)s AND state = 'sending'
  AND EXISTS (SELECT FROM network_newsletter
              WHERE id = network_delivery.newsletter_id AND state = 'sending')
RETURNING id
"""
BEGIN_AND_ANSWERS = f"WITH answered AS ({ANSWERS}) {BEGIN}"
# Longer than the last answer is awaited: who waits is not silent.
MARGIN_SECONDS = 60


class Ledger:
    """The pen of one worker; ``owner`` is the UUID it claims with."""

    def __init__(self, owner):
        self.owner = owner
        self.answers = []

    def note(self, delivery, outcome):
        """Keep an answer until the next begin, or until ``write``."""
        self.answers.append((delivery.pk, outcome))

    def begin(self, delivery):
        """Write that ``delivery`` is being handed over; must come before its first byte does.

        Return False when it may not be: somebody else has it, or the newsletter was halted.
        """
        statement = BEGIN_AND_ANSWERS if self.answers else BEGIN
        seconds = settings.NEWSLETTER_DATA_TIMEOUT_SECONDS + MARGIN_SECONDS
        with connection.cursor() as cursor:
            cursor.execute(statement, self._answers() | {"id": delivery.pk, "seconds": seconds})
            begun = cursor.fetchone() is not None
        self.answers.clear()
        return begun

    def write(self):
        """Write the answers that are still only noted."""
        if self.answers:
            with connection.cursor() as cursor:
                cursor.execute(ANSWERS, self._answers())
            self.answers.clear()

    def _answers(self):
        outcomes = [outcome for _pk, outcome in self.answers]
        return {
            "owner": self.owner,
            "ids": [pk for pk, _outcome in self.answers],
            "states": [outcome.state for outcome in outcomes],
            "codes": [outcome.code for outcome in outcomes],
            "words": [outcome.words for outcome in outcomes],
            "waits": [outcome.retry_in for outcome in outcomes],
        }
