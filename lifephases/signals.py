"""What a lower floor tells those above, which it does not know."""

from django.dispatch import Signal

# Sent before an entry is kept. Argument: ``entry``. Who objects raises ``ValidationError``.
checked = Signal()
