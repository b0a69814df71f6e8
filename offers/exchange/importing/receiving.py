"""Read the file of an import: what is in it, and what its columns seem to mean."""

from itertools import islice, zip_longest

from django.utils.translation import gettext as _

from kekiz_portal.lib.tables import reading, sheets
from kekiz_portal.lib.tables.document import Document, Packing
from kekiz_portal.lib.tables.errors import TableError
from offers.exchange.columns.addresses import KEYS
from offers.models import ImportRun
from offers.protection.protected_addresses import HIDDEN, hidden, names_whole, protected

from . import mapping
from .mapping import POSTAL_CODE_AND_CITY

KEPT = ["file", "content", "reading"]  # of a file until the import is done
ROWS_TO_GUESS_BY = 50
ADDRESS = {*KEYS, POSTAL_CODE_AND_CITY}


def read(run, progress):
    """Keep what the file of a run holds, and guess its columns. Raises ``TableError``."""
    document = reading.read(bytes(run.file), run.reading.get("encoding", ""))
    run.content = document.packed
    if not document.encoding.get("readings"):
        run.file = None  # only who may have to read it otherwise needs it again
    table = table_of(run)
    first = list(islice(table.records, ROWS_TO_GUESS_BY))
    if not first:
        raise TableError(_("Die Datei hat eine Kopfzeile, aber keine Zeilen darunter."))
    guess_columns(run, table.header, first)
    progress(document.sheets[table.sheet]["rows"])
    run.state, run.problem = ImportRun.State.UPLOADED, ""
    run.save(update_fields=[*KEPT, "mapping", "state", "problem"])


def table_of(run):
    """Return the ``Table`` in what was read of a run, as somebody chose or as it is guessed."""
    said = {key: run.reading[key] for key in ("sheet", "first", "last") if key in run.reading}
    document = Document(bytes(run.content))
    return sheets.table(document, sheets.Choice(**said), mapping.knows(run.kind))


def asks_for_encoding(run):
    """Whether only a person can say which letters the bytes of a file stand for."""
    readings = Document(bytes(run.content)).encoding.get("readings")
    return bool(readings) and not run.reading.get("encoding")


def guess_columns(run, header, records):
    """Guess what the columns mean that nobody has said yet, now or with an earlier list."""
    rows = [one.cells for one in islice(records, ROWS_TO_GUESS_BY) if not one.problem]
    guessed = mapping.guess(run.kind, header, rows).as_json()
    said = run.mapping.get("columns", {})
    if not any(name in said for name in header):
        run.mapping = guessed | run.mapping | {"columns": guessed["columns"]}


def forget_all_but(run, lines):
    """Keep of what was read only the header and some rows, none at all without such rows."""
    if not lines:
        run.content = None
        return
    _rewrite(run, lambda record: record.line in lines, lambda record: record.cells)


def without_secrets(values):
    """Return the values of a row without those that name a protected address, nor its own."""
    said = {key: value for key, value in values.items() if key not in KEYS}
    return hidden_in(said, protected())


def hidden_in(values, addresses):
    """Return values without those that name one of some protected addresses."""
    return {
        key: hidden(value, addresses) if isinstance(value, str) else value
        for key, value in values.items()
    }


def hide(run, lines):
    """Forget what gives a protected place away, and with it the file as it came.

    In ``lines``, the rows refused for that, it is the address and every cell that names one; in
    all others every cell of a column nobody takes that names one with its number.
    """
    known, table = protected(), table_of(run)
    meanings = [run.mapping["columns"].get(name, "") for name in table.header]

    def cells(record):
        if record.problem:
            return []
        pairs = zip_longest(record.cells, meanings, fillvalue="")
        if record.line in lines:
            return [
                str(HIDDEN) if cell and meaning in ADDRESS else hidden(cell, known)
                for cell, meaning in pairs
            ]
        return [
            str(HIDDEN) if cell and not meaning and names_whole(cell, known) else cell
            for cell, meaning in pairs
        ]

    if lines or (known and any(list(one.cells) != cells(one) for one in table.records)):
        run.file = None
        _rewrite(run, lambda _record: True, cells)


def _rewrite(run, keeps, cells):
    """Keep of what was read the header and some of the rows, each with the cells it shall have."""
    table = table_of(run)
    kept = Packing()
    kept.encoding = Document(bytes(run.content)).encoding
    kept.sheet("")
    for record in Document(bytes(run.content)).records(table.sheet):
        if table.first <= record.line <= table.last:
            kept.row(record.line, record.cells, record.problem)
        elif record.line > table.last and keeps(record):
            kept.row(record.line, cells(record), record.problem)
    run.content = kept.finished()
    said = {key: run.reading[key] for key in ("encoding",) if key in run.reading}
    run.reading = said | {"sheet": 0, "first": table.first, "last": table.last}
