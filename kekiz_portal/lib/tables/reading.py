"""From the bytes of a file to a ``Document``; the one way in for lists of every kind."""

from django.utils.translation import gettext as _

from . import delimited, encodings, filetypes, isolated, limits
from .cells import Record
from .document import Document, Packing
from .errors import RefusedError, TableError, sentence


def refuse_at_a_glance(data):
    """Raise ``TableError`` for what is no table by its size or its first bytes; quick."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise TableError(_("Die Datei ist leer."))
    if len(data) > limits.FILE_BYTES:
        limit = limits.FILE_BYTES // limits.MEGABYTE
        raise TableError(_("Die Datei ist größer als %d MB. Teilen Sie sie bitte auf.") % limit)
    filetypes.is_workbook(data)


def read(data, encoding=""):
    """Return the ``Document`` in the bytes of a file. Raises ``TableError``.

    ``encoding`` is one of the readings a document before asked about. May take a minute: to be
    called where nobody waits for a page.
    """
    refuse_at_a_glance(data)
    if filetypes.is_workbook(data):
        return Document(isolated.read_workbook(data))
    text, found, readings = encodings.decoded(data, encoding)
    records = delimited.records(text, delimited.likeliest)
    return _document(records, {"name": found, "readings": readings})


def read_own(data):
    """Return the ``Document`` in a file as the portal itself writes it: UTF-8, commas, each row as
    wide as the first; nothing to guess. Raises ``TableError``."""
    refuse_at_a_glance(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(_("Die Datei ist nicht in UTF-8 geschrieben.")) from error
    records = delimited.records(text, lambda _lines: ",")
    return _document(_as_wide(records), {"name": "utf-8", "readings": []})


def _as_wide(records):
    """Yield records; one that is cut off, or too wide, cannot be read."""
    width = None
    for record in records:
        width = width or len(record.cells)
        if record.problem or len(record.cells) == width:
            yield record
        else:
            reason = _("Die Zeile hat %(found)d Felder statt %(expected)d.")
            found = {"found": len(record.cells), "expected": width}
            yield Record(record.line, (), reason % found)


def _document(records, encoding):
    packing = Packing()
    packing.encoding = encoding
    packing.sheet("")
    try:
        for record in records:
            packing.row(record.line, record.cells, record.problem)
            if packing.sheets[0]["rows"] > limits.ROWS + limits.ABOVE:
                raise TableError(sentence("too many rows", {}))
    except RefusedError as error:
        raise TableError(sentence(error.code, error.values)) from error
    return Document(packing.finished())
