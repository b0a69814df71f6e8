"""The dullest valid object of every kind; a test sets what matters to it."""
