"""What is written down while mails leave: the begin of each, and the answer to each.

One commit a message holds both: the answer to the last one and the begin of the next. So
whenever a worker dies, at most one of its mails is neither untouched nor answered.

Two things make that cheap enough for every single mail. The database writes while the mail
server is told sender and recipient, so nobody waits for the other. And these commits do not wait
for the disk: everybody sees them at once, only a crash of the database can lose the last of them,
and that is found out (see ``SendingRun``). Claims, in contrast, are on the disk before anything
leaves.
"""

from django.conf import settings
from django.db import DatabaseError, connection
from psycopg.pq import ExecStatus

# Both updates are one statement, so one transaction; the setting holds as long as that does.
NOTE = b"""
WITH answered AS (
  UPDATE network_delivery SET
    state = $2, answer_code = $3::int, answer = $4, attempts = attempts + 1,
    answered_at = statement_timestamp(), leased_until = NULL,
    retry_at = statement_timestamp() + $5::float * interval '1 second'
  WHERE id = $1::bigint AND claimed_by = $7::uuid AND state IN ('sending', 'data_sent', 'unclear')
    AND (SELECT set_config('synchronous_commit', 'off', true)) = 'off'
)
UPDATE network_delivery SET
  state = 'data_sent', data_at = statement_timestamp(),
  leased_until = statement_timestamp() + $8::float * interval '1 second'
WHERE id = $6::bigint AND claimed_by = $7::uuid AND state = 'sending'
  AND EXISTS (SELECT FROM network_newsletter
              WHERE id = network_delivery.newsletter_id AND state = 'sending')
  AND (SELECT set_config('synchronous_commit', 'off', true)) = 'off'
RETURNING id
"""
NAME = b"newsletter_note"


class Ledger:
    """The pen of one worker; ``owner`` is the UUID it claims with. To be used in a ``with``.

    Between ``announce`` and ``is_begun`` nothing else may use the database connection.
    """

    def __init__(self, owner):
        self.owner = owner
        self.answer = None
        self.is_writing = False
        self.has_begun = False

    def __enter__(self):
        self.server = connection.connection.pgconn
        _checked(self.server.prepare(NAME, NOTE))
        return self

    def __exit__(self, *_):
        self.write()
        _checked(self.server.exec_(b"DEALLOCATE " + NAME))

    def announce(self, delivery):
        """Begin to write that ``delivery`` is being handed over, and the last answer with it."""
        self._start_writing(delivery.pk)

    def is_begun(self):
        """Wait until the announcement is written; no byte of a message may leave before.

        Return False when the mail may not leave: somebody else has it, or the newsletter was
        halted.
        """
        self._finish_writing()
        return self.has_begun

    def note(self, delivery, outcome):
        """Keep an answer until the next announcement, or until ``write``."""
        self.write()
        self.answer = (delivery.pk, outcome)

    def write(self):
        """Write the answer that is still only noted."""
        self._finish_writing()
        if self.answer:
            self._start_writing(None)
            self._finish_writing()

    def _start_writing(self, beginning):
        self._finish_writing()
        pk, outcome = self.answer or (None, None)
        answer = (outcome.state, outcome.code, outcome.words) if outcome else (None, None, "")
        wait = outcome.retry_in if outcome else None
        # Longer than the last answer is awaited: who waits is not dead.
        seconds = settings.NEWSLETTER_DATA_TIMEOUT_SECONDS + settings.NEWSLETTER_LEASE_SECONDS
        values = [pk, *answer, wait, beginning, self.owner, seconds]
        self.server.send_query_prepared(
            NAME, [None if value is None else str(value).encode() for value in values]
        )
        self.server.flush()
        self.answer = None
        self.is_writing = True

    def _finish_writing(self):
        if not self.is_writing:
            return
        self.is_writing = False
        result = _checked(self.server.get_result())
        self.has_begun = result.ntuples == 1
        while self.server.get_result() is not None:
            pass  # the end of the statement is a result of its own


def _checked(result):
    if result is None or result.status not in {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}:
        words = result.error_message if result else b"connection lost"
        raise DatabaseError(words.decode(errors="replace"))
    return result
