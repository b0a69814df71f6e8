"""Numbers of rows as they come from outside, in addresses and forms: anything may stand there."""

LONGEST = 18  # digits, which every column of keys takes


def key(text):
    """Return the number that a text says, ``None`` if no row could have it."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST
    return int(text) if is_number else None


def keys(texts):
    """Return those of the texts that are numbers of rows."""
    return [number for text in texts if (number := key(text)) is not None]
