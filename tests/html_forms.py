"""What a browser would send back from a form, read from the page itself."""

from html.parser import HTMLParser

NEVER_SENT = {"submit", "button", "reset", "image", "file"}
TICKED_ONLY = {"checkbox", "radio"}


class FormReader(HTMLParser):
    """Collects the fields of one form of a page; ``fields`` maps names to lists of values."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.fields = {}
        self.select = self.option = self.textarea = None

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        if tag == "form":
            self.inside = self.form_id in (None, attributes.get("id"))
        if not self.inside or "disabled" in attributes:
            return
        if tag == "input":
            self.read_input(attributes)
        elif tag == "select":
            self.select = attributes.get("name")
        elif tag == "option" and self.select and "selected" in attributes:
            self.add(self.select, attributes.get("value", ""))
        elif tag == "textarea":
            self.textarea = attributes.get("name")
            self.add(self.textarea, "")

    def read_input(self, attributes):
        kind = attributes.get("type", "text")
        unticked = kind in TICKED_ONLY and "checked" not in attributes
        if attributes.get("name") and kind not in NEVER_SENT and not unticked:
            self.add(
                attributes["name"], attributes.get("value", "on" if kind == "checkbox" else "")
            )

    def handle_data(self, text):
        if self.textarea:
            self.fields[self.textarea][-1] += text

    def handle_endtag(self, tag):
        if tag == "textarea" and self.textarea:
            # The line break after the opening tag belongs to the markup.
            typed = self.fields[self.textarea]
            typed[-1] = typed[-1].replace("\r\n", "\n").removeprefix("\n")
            self.textarea = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False

    def add(self, name, value):
        self.fields.setdefault(name, []).append(value)


def form_of(response, form_id=None):
    """Return the fields of a page's form as data for ``client.post``."""
    reader = FormReader(form_id)
    reader.feed(response.content.decode())
    return reader.fields


CHECKED_TYPES = {"email", "url", "number", "date", "time", "month", "week", "datetime-local"}
CHECKED_BY = {"required", "pattern", "min", "max", "minlength"}
CONTROLS = {"input", "select", "textarea"}


class StoppingReader(HTMLParser):
    """Collects the controls at which a browser would keep a form from being sent.

    Where such a control is closed or hidden the browser says nothing at all; so the forms of
    the portal say ``novalidate``, and the server answers at the field.
    """

    def __init__(self):
        super().__init__()
        self.names = []
        self.is_checked = False
        self.checked_ids = set()

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        if tag == "form":
            self.is_checked = "novalidate" not in attributes
            if self.is_checked and "id" in attributes:
                self.checked_ids.add(attributes["id"])
        elif tag in CONTROLS and self.belongs_to_a_checked_form(attributes):
            kind = attributes.get("type", "text")
            stops = CHECKED_BY & attributes.keys() or kind in CHECKED_TYPES
            if stops and kind != "hidden" and "disabled" not in attributes:
                self.names.append(attributes.get("name", "?"))

    def belongs_to_a_checked_form(self, attributes):
        named = attributes.get("form")
        return named in self.checked_ids if named else self.is_checked

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_checked = False


def controls_that_stop_silently(html):
    """Return the names of controls at which a form of a page may stop without a word."""
    reader = StoppingReader()
    reader.feed(html)
    return reader.names
