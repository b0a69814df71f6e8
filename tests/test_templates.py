"""Every template says what it takes, translates what it shows, and loads nothing from elsewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.template import engines
from django.template.base import Lexer, TokenType

from kekiz_portal.tools.gallery import gallery

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"

LINE = 120
PAGE_LINES = 80
PART_LINES = 40
GAP = "\x00"

# Links that people may follow; nothing is loaded from there.
LINKED = {
    "https://www.govdata.de/dl-de/by-2-0",
    "https://www.nora-notruf.de/",
    "https://www.tess-relay-dienste.de/",
    "https://krisenchat.de/",
    "https://www.hilfetelefon.de/",
}

HTML = sorted(
    path.relative_to(TEMPLATES).as_posix()
    for path in TEMPLATES.rglob("*.html")
    if not {"admin", "emails"} & set(path.relative_to(TEMPLATES).parts)
)
PARTS = [name for name in HTML if "/_" in name or name.startswith(("components/", "kekiz/"))]


def source(name):
    return (TEMPLATES / name).read_text()


def found_in_any(look):
    """Return what this finds in the text of templates, by their names; nothing if all is well."""
    return {name: found for name in HTML if (found := look(source(name)))}


def outside_of_translation(text):
    """Return the text of a template with a gap for every tag, variable and translated block."""
    kept, translating = [], False
    for token in Lexer(text).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split()[0]
            translating = word in {"blocktranslate", "plural"} or (
                translating and word != "endblocktranslate"
            )
        elif token.token_type == TokenType.TEXT and not translating:
            kept.append(token.contents)
        kept.append(GAP)
    return re.sub(r"<!--.*?-->", "", "".join(kept), flags=re.DOTALL)


def test_templates_open_by_saying_what_they_take():
    takes = re.compile(r"\{#.*\b(Takes|Blocks)\b.*#\}", re.DOTALL)

    assert found_in_any(lambda text: not takes.search("\n".join(text.splitlines()[:5]))) == {}


def test_templates_are_short():
    lines = {name: len(source(name).splitlines()) for name in HTML}

    long = {name for name in HTML if lines[name] > (PART_LINES if name in PARTS else PAGE_LINES)}
    assert long == set()


def test_no_line_of_a_template_is_wider_than_a_screen():
    wide = {
        f"{path.relative_to(TEMPLATES).as_posix()}:{number}"
        for path in TEMPLATES.rglob("*.*")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LINE
    }

    assert wide == set()


def test_components_are_included_with_only_what_they_take():
    include = re.compile(r'\{% include "(components/[^"]+)"([^%]*)%\}')

    def with_more(text):
        return [
            part for part, words in include.findall(text) if not words.rstrip().endswith("only")
        ]

    assert found_in_any(with_more) == {}


@pytest.mark.parametrize(
    "inline",
    [r"<style|\sstyle\s*=|javascript:", r"<[^>]*\son[a-z]+\s*=", r"<script(?![^>]*\ssrc=)"],
    ids=["style", "handler", "script"],
)
def test_templates_have_nothing_inline(inline):
    assert found_in_any(re.compile(inline).findall) == {}


def test_templates_show_no_text_outside_of_translation():
    words, attribute = (
        re.compile(r"[^\W\d_]{2,}"),
        r'\s(?:aria-label|title|alt|placeholder)="([^"]*)"',
    )

    def untranslated(text):
        text = outside_of_translation(text)
        visible = words.findall(re.sub(r"<[^>]*>", GAP, text))
        return visible + [one for one in re.findall(attribute, text) if words.search(one)]

    assert found_in_any(untranslated) == {}


def test_templates_name_no_other_host():
    address = re.compile(r"""["'(]((?:https?:)?//[^"')\s]+)""")

    assert found_in_any(lambda text: {*address.findall(text)} - LINKED) == {}


def test_scripts_name_no_other_host():
    for path in (STATIC / "js").glob("*.js"):
        assert re.findall(r"https?://|import\s*\(", path.read_text()) == [], path.name


@pytest.mark.parametrize(
    ("file", "use"),
    [
        ("icons.svg", r'icon\.html" with name="([^"]+)"'),
        ("thread.svg", r"img/thread\.svg' %\}#([\w-]+)\""),
    ],
)
def test_templates_name_only_pictograms_and_stretches_of_the_thread_that_exist(file, use):
    there = symbols(file)

    assert found_in_any(lambda text: set(re.findall(use, text)) - there) == {}


def symbols(file):
    return set(re.findall(r'id="([^"]+)"', (STATIC / "img" / file).read_text()))


# What comes out -------------------------------------------------------------------------


class Ids(HTMLParser):
    """Collects the ids of a page and what points to them."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.pointed_at = [], set()
        self.feed(html)

    def handle_starttag(self, _tag, attrs):
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            elif name in {"for", "aria-describedby", "aria-labelledby"}:
                self.pointed_at |= set(value.split())


def test_gallery_shows_every_component(rf, settings):
    html = gallery(rf.get("/bausteine/")).content.decode()

    shown = Ids(html)
    assert sorted(shown.ids) == sorted(set(shown.ids))
    assert shown.pointed_at - set(shown.ids) == set()


class NoticeForm(forms.Form):
    mail = forms.EmailField(label="E-Mail", help_text="Nur dafür.")
    how = forms.ChoiceField(
        label="Wie oft?", widget=forms.RadioSelect, choices=[("w", "jede Woche")]
    )
    agreed = forms.BooleanField(label="Ich bin einverstanden.")


@pytest.mark.parametrize("markup", ["{% crispy form %}", "{{ form|crispy }}"])
def test_form_ties_labels_hints_and_errors_to_their_fields(markup):
    template = engines["django"].from_string("{% load crispy_forms_tags %}" + markup)

    html = template.render({"form": NoticeForm({"mail": "ohne-at"})})

    found = Ids(html)
    assert {
        "id_mail_helptext",
        "id_mail_error",
        "id_how_error",
        "id_agreed_error",
    } <= found.pointed_at
    assert found.pointed_at - set(found.ids) == set()
    assert html.count('aria-invalid="true"') >= 2
    assert re.findall(r'class="error-summary"[^>]*\bautofocus', html) != []
    assert [
        target for target in ("id_mail", "id_how", "id_agreed") if f'href="#{target}"' in html
    ] == [
        "id_mail",
        "id_how",
        "id_agreed",
    ]


ATTRIBUTES = frozenset(
    """
    accept accept-charset action alt autocomplete autofocus charset checked class cols colspan
    content cx cy d datetime defer dir disabled enctype enterkeyhint fill focusable for
    headers height hidden hreflang href id inputmode lang loading max maxlength media method min
    multiple name novalidate open overflow pattern placeholder preserveaspectratio property r rel
    required role rows rowspan scope selected size spellcheck src start step stroke tabindex
    target title translate type value viewbox width x x1 x2 y y1 y2
    """.split()  # noqa: SIM905, a list of so many words is no easier to read
)


class Attributes(HTMLParser):
    """Collects the attributes that HTML and SVG do not know."""

    def __init__(self):
        super().__init__()
        self.unknown = set()

    def handle_starttag(self, _tag, attributes):
        names = {name for name, _value in attributes}
        own = {name for name in names if name.startswith(("data-", "aria-"))}
        self.unknown |= names - own - ATTRIBUTES


@pytest.mark.parametrize("path", ["/", "/angebote/?q=wanne", "/hilfe/", "/newsletter/"])
@pytest.mark.django_db
def test_a_page_has_no_attribute_that_html_does_not_know(client, path):
    found = Attributes()
    found.feed(client.get(path).content.decode())

    assert found.unknown == set()


def test_templates_write_htmx_attributes_as_data():
    assert [name for name in HTML if re.search(r"[\s\"]hx-[a-z]", source(name))] == []
