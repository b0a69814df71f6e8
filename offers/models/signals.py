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

# Sent after entries got somebody else to look after them. Arguments: ``actor``, ``colleague``,
# ``offers``.
handed_over = Signal()

# Sent after an entry was given back. Arguments: ``actor``, ``offer``; the offer holds the question.
returned = Signal()

# Sent after a proposal was accepted or declined. Arguments: ``actor``, ``proposal``.
decided = Signal()

# Sent before two entries become one, in the same transaction. Arguments: ``kept``, ``gone``.
merging = Signal()
