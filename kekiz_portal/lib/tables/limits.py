"""How much a table may hold. A list of a city is far below; a file made to hurt is above."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 20 * MEGABYTE
ROWS = 50_000
ABOVE = 100  # rows above the header, at most
COLUMNS = 300
HEADER_LETTERS = 120
TEXT_BYTES = 60 * MEGABYTE  # of all that was read

# Of a workbook, counted while it is read. Excel itself knows 65,490 formats of cells.
MEMBERS = 2_000
UNPACKED_BYTES = 150 * MEGABYTE
SHARED_TEXT_BYTES = 40 * MEGABYTE
SHARED_TEXT_ELEMENTS = 2_000_000
STYLE_ELEMENTS = 300_000
OTHER_ELEMENTS = 30_000  # names, sheets, relations
DEPTH = 100
SHEETS = 50
ROW_ELEMENTS = 1_100_000
CELL_ELEMENTS = 3_000_000
VALUES = 1_500_000
MERGED = 20_000
COVERED = 500_000

# Of the process that reads it.
MEMORY_BYTES = 768 * MEGABYTE
PROCESSOR_SECONDS = 60
WAIT_SECONDS = 180  # others want the processor too
