"""Read the file of an import: what is in it, and what its columns seem to mean."""

from django.utils.translation import gettext as _

from kekiz_portal.lib.tables import reading, sheets
from kekiz_portal.lib.tables.document import Document, Packing
from kekiz_portal.lib.tables.errors import TableError
from offers.models import ImportRun

from . import mapping


def read(run, progress):
    """Keep what the file of a run holds, and guess its columns. Raises ``TableError``."""
    document = reading.read(bytes(run.file), run.reading.get("encoding", ""))
    run.content = document.packed
    table = table_of(run)
    if next(table.records, None) is None:
        raise TableError(_("Die Datei hat eine Kopfzeile, aber keine Zeilen darunter."))
    guess_columns(run, table.header)
    progress(document.sheets[table.sheet]["rows"])
    run.state, run.problem = ImportRun.State.UPLOADED, ""
    run.save(update_fields=["content", "mapping", "state", "problem"])


def table_of(run, choice=None):
    """Return the ``Table`` in what was read of a run, as somebody chose or as it is guessed."""
    said = {key: run.reading[key] for key in ("sheet", "first", "last") if key in run.reading}
    document = Document(bytes(run.content))
    return sheets.table(document, choice or sheets.Choice(**said), mapping.knows(run.kind))


def asks_for_encoding(run):
    """Whether only a person can say which letters the bytes of a file stand for."""
    readings = Document(bytes(run.content)).encoding.get("readings")
    return bool(readings) and not run.reading.get("encoding")


def guess_columns(run, header):
    """Guess what the columns mean that nobody has said yet, now or with an earlier list."""
    guessed = mapping.guess(run.kind, header).as_json()
    said = run.mapping.get("columns", {})
    if not any(name in said for name in header):
        run.mapping = guessed | run.mapping | {"columns": guessed["columns"]}


def forget_all_but(run, lines):
    """Keep of what was read only the header and some rows, none at all without such rows."""
    if not lines:
        run.content = None
        return
    table = table_of(run)
    kept = Packing()
    kept.sheet("")
    for record in Document(bytes(run.content)).records(table.sheet):
        if table.first <= record.line <= table.last or record.line in lines:
            kept.row(record.line, record.cells, record.problem)
    run.content = kept.finished()
    run.reading = {"sheet": 0, "first": table.first, "last": table.last}
