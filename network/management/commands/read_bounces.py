from django.core.management.base import BaseCommand, CommandError

from network.newsletters.bounces import mailbox, reading, refusals


class Command(BaseCommand):
    help = "Count what mail servers refused, and what came back to BOUNCE_MAILBOX."

    def handle(self, **_options):
        self.stdout.write(f"{refusals.take_in()} new refusals.")
        try:
            tally = reading.read()
        except mailbox.UnreadableMailboxError as error:
            raise CommandError(f"The mailbox of bounces cannot be read: {error}") from error
        self.stdout.write(
            f"{tally.new} new bounces, {tally.known} read before, {tally.others} other mails."
        )
