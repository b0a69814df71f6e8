"""A phone on a slow line fetches one stylesheet and one script, not forty, in one flight."""

import re
import shutil

import pytest
from django.core.management import call_command

from kekiz_portal.serving.bundles import without_spaces
from tests.conftest import with_files_in

pytestmark = pytest.mark.django_db


def stylesheets_of(client):
    return re.findall(r'rel="stylesheet" href="/static/([^"]+)"', client.get("/").content.decode())


def test_a_page_loads_one_stylesheet_that_loads_no_other(client, collected):
    sheets = stylesheets_of(client)

    assert len(sheets) == 1
    style = (collected / sheets[0]).read_text()
    assert "@import" not in style
    assert style.startswith("@layer vendor,tokens,base,layout,components,utilities;")
    assert all(part in style for part in ["--paper:", ".offer-card__title", "@media print"])


def test_a_page_loads_one_script_that_loads_no_other(client, collected):
    page = client.get("/").content.decode()

    (name,) = re.findall(r'<script type="module" src="/static/([^"]+)"', page)
    script = (collected / name).read_text()
    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)
    assert all(part in script for part in ["htmx-history-cache", "data-leave", "aria-autocomplete"])


@pytest.mark.parametrize(
    ("style", "shorter"),
    [
        ('.a > .b { content: " { ; } "; }', '.a > .b{content:" { ; } ";}'),
        (
            "/* says; why { */\n.a:not(.b) { margin: 0 calc(1px + 2px); }",
            ".a:not(.b){margin:0 calc(1px + 2px);}",
        ),
        (
            "@media (min-width: 40rem) { .a :hover { color: red; } }",
            "@media (min-width:40rem){.a :hover{color:red;}}",
        ),
        (
            "@layer a, b; @layer a { p { top: 0; } } @layer a { q { top: 0; } } @layer b { p { } }",
            "@layer a,b;@layer a{p{top:0;}q{top:0;}}@layer b{p{}}",
        ),
        ("@media print { p { } }\n@media print { q { } }", "@media print{p{}}@media print{q{}}"),
    ],
)
def test_a_stylesheet_says_the_same_in_fewer_letters(style, shorter):
    assert without_spaces(style) == shorter


def test_collecting_again_gives_the_same_sheet(client, collected, tmp_path):
    before = stylesheets_of(client)
    folder = shutil.copytree(collected, tmp_path / "static")

    with with_files_in(folder):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
        after = stylesheets_of(client)

    assert after == before
    assert ".offer-card__title" in (folder / after[0]).read_text()
