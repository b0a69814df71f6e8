"""The tables that offices send: CSV and XLSX become sheets, rows and columns, whatever they hold.

``reading.read`` turns bytes into a ``Document``; ``Document.table`` gives one of its sheets with a
header and rows. What the columns mean is the business of whoever asks.
"""
