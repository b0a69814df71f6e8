"""What upper floors may want to know of."""

from django.dispatch import Signal

# Sent after a file was handed out. Arguments: ``actor`` (user), ``what`` (label of the model),
# ``count`` (rows), ``format`` ("xlsx", "csv", …), ``filters`` (the query, as a dict).
exported = Signal()

# Sent after a version of an entry was brought back. Arguments: ``actor`` (user), ``entry``.
restored = Signal()

# Asked before pictures are deleted. A receiver returns the names of those it shows, of all pictures
# or, where ``name`` is given, of this one.
pictures_needed = Signal()
