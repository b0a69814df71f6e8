"""A link is one of the web, with its scheme, or none."""

import pytest
from django.core.exceptions import ValidationError

from kekiz_portal.lib import web_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("herne.de", "https://herne.de"),
        (" www.herne.de/kita?a=b ", "https://www.herne.de/kita?a=b"),
        ("//herne.de", "https://herne.de"),
        ("herne.de:8080/x", "https://herne.de:8080/x"),
        ("HTTP://herne.de", "http://herne.de"),
        ("https://kita-grün.example/ä", "https://kita-grün.example/ä"),
    ],
)
def test_a_link_without_https_is_stored_with_it(typed, kept):
    web_address.validate(typed)
    assert web_address.stored(typed) == web_address.link(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\u200bscript:alert(1)",
        "java\nscript:x",
        "data:text/html,x",
        "vbscript:x",
        "mailto:a@b.de",
        "tel:02323161651",
        "ftp://herne.de",
        "siehe Flyer",
        "https:herne.de",
        "https//herne.de",
    ],
)
def test_what_is_no_page_is_refused_and_never_linked(typed):
    assert web_address.link(typed) == ""
    with pytest.raises(ValidationError):
        web_address.validate(typed)
