from django.core.management.base import BaseCommand, CommandError

from network.bounces import mailbox, reading


class Command(BaseCommand):
    help = "Read the mailbox of bounces (BOUNCE_MAILBOX) and count what came back."

    def handle(self, **_options):
        try:
            tally = reading.read()
        except mailbox.UnreadableMailboxError as error:
            raise CommandError(f"The mailbox of bounces cannot be read: {error}") from error
        self.stdout.write(
            f"{tally.new} new bounces, {tally.known} read before, {tally.others} other mails."
        )
