"""The look keeps its promises: contrast in both modes, no direction, no weight, no force."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CSS = ROOT / "static" / "css"
COMPONENTS = ROOT / "templates" / "components"

TEXT, PART = 4.5, 3
# Of what every page loads, and of that with what a page has of its own.
SHARED_STYLES_BUDGET_BYTES, STYLES_BUDGET_BYTES = 11_000, 11_500

# Styles without a template part of the same name.
WITHOUT_TEMPLATE = {"button", "disclosure", "field", "gallery"}
# Not for the public.
NOT_IMPORTED = {"gallery"}

HUES = ["plum", "rose", "apricot", "sun", "leaf", "teal", "blue", "calm"]
GROUNDS = ["paper", "surface"]
MESSAGES = ["info", "success", "warning", "error"]

PAIRS = [
    *[
        (ink, ground, TEXT)
        for ink in ("ink", "ink-soft", "link")
        for ground in [*GROUNDS, "sunken"]
    ],
    *[(f"{hue}-strong", ground, TEXT) for hue in HUES for ground in [*GROUNDS, f"{hue}-tint"]],
    *[(f"{hue}-mid", ground, PART) for hue in HUES for ground in [*GROUNDS, f"{hue}-tint"]],
    *[(message, f"{message}-tint", TEXT) for message in MESSAGES],
    *[("ink", f"{message}-tint", TEXT) for message in MESSAGES],
    *[(message, ground, TEXT) for message in ("warning", "error") for ground in GROUNDS],
    *[(part, ground, PART) for part in ("edge", "thread", "focus") for ground in GROUNDS],
    *[("help", ground, TEXT) for ground in [*GROUNDS, "help-tint"]],
    ("ink", "help-tint", TEXT),
    ("on-thread", "thread", TEXT),
    ("on-thread", "thread-deep", TEXT),
    ("on-help", "help", TEXT),
    ("paper", "ink", TEXT),
]

STYLES = sorted(path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css"))
# What only one page needs, it loads itself: no other page carries its weight.
OF_ONE_PAGE = {name for name in STYLES if name.startswith("pages/")}
# Those of the administration are loaded by its pages alone.
PUBLIC_STYLES = [name for name in STYLES if not name.startswith("admin/")]

PHYSICAL = re.compile(
    r"[{;]\s*((?:min-|max-)?(?:width|height)|top|right|bottom|left|float|overflow-[xy]"
    r"|(?:margin|padding|border|scroll-margin|scroll-padding)-(?:top|right|bottom|left)[\w-]*"
    r"|text-align:\s*(?:left|right))\s*[:;]"
)


def rules(name):
    return re.sub(r"/\*.*?\*/", "", (CSS / name).read_text(), flags=re.DOTALL)


def tokens():
    """Return the colours of both modes; the dark ones fall back to the light."""
    light, dark = rules("tokens.css").split("prefers-color-scheme: dark", 1)
    colours = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", part)) for part in (light, dark)]
    return {"light": colours[0], "dark": colours[0] | colours[1]}


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_that_meet_can_be_told_apart(mode):
    colours = tokens()[mode]

    weak = {
        (front, ground): round(contrast(colours[front], colours[ground]), 2)
        for front, ground, least in PAIRS
        if contrast(colours[front], colours[ground]) < least
    }

    assert weak == {}


def test_dark_mode_has_colours_of_its_own():
    modes = tokens()

    assert {name for name in modes["light"] if modes["light"][name] == modes["dark"][name]} == set()


DJANGOS_IDS = (
    "changelist|content|header|logout-form|result_list|searchbar|site-name|toolbar|user-tools"
)


def found_in_any(look, names=STYLES):
    """Return what this finds in the rules of styles, by their names; nothing if all is well."""
    return {name: found for name in names if (found := look(rules(name)))}


def test_styles_know_no_left_and_right():
    assert found_in_any(PHYSICAL.findall) == {}


def test_styles_use_no_ids_but_for_those_of_django():
    def ids(name):
        selectors = re.findall(r"([^{};]+)\{", rules(name))
        if name.startswith("admin/"):  # Django styles its own pages by ids
            selectors = [re.sub(rf"#(?:{DJANGOS_IDS})\b", "", one) for one in selectors]
        return [one for one in selectors if re.search(r"#[a-zA-Z]", one)]

    assert {name: found for name in STYLES if (found := ids(name))} == {}


@pytest.mark.parametrize(
    "never",
    ["!important", r"url\(\s*[\"']?(?:https?:|//|data:)", r"outline:\s*(?:0|none)(?!\.)"],
    ids=["force", "from elsewhere", "no outline"],
)
def test_styles_never_say(never):
    def said(text):
        return re.findall(never, text.replace("main:focus { outline: 0; }", ""))

    assert found_in_any(said) == {}


def test_styles_stand_in_a_layer():
    layer = r"@layer [\w, ]+\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}"
    layered = [name for name in PUBLIC_STYLES if name != "main.css"]

    assert found_in_any(lambda text: re.sub(layer, "", text).strip(), layered) == {}


def test_main_declares_the_layers_and_imports_every_style():
    lines = [line for line in rules("main.css").splitlines() if line.strip()]

    imported = re.findall(r'@import url\("([^"]+)"\);', "\n".join(lines))
    assert lines[0] == "@layer vendor, tokens, base, layout, components, utilities;"
    assert len(imported) == len(lines) - 1
    assert set(imported) == set(PUBLIC_STYLES) - {"main.css"} - OF_ONE_PAGE - {
        f"components/{name}.css" for name in NOT_IMPORTED
    }


def test_styles_of_one_page_are_loaded_by_a_page():
    pages = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))

    assert {name for name in OF_ONE_PAGE if f"css/{name}" not in pages} == set()


def test_every_component_style_has_its_template():
    names = {path.stem for path in (CSS / "components").glob("*.css")}

    assert {
        name for name in names - WITHOUT_TEMPLATE if not (COMPONENTS / f"{name}.html").exists()
    } == set()


def test_the_styles_that_a_page_loads_are_light():
    shared = [name for name in PUBLIC_STYLES if name != "main.css" and name not in OF_ONE_PAGE]

    def weight(names):
        return len(gzip.compress("".join((CSS / name).read_text() for name in names).encode()))

    assert weight(shared) <= SHARED_STYLES_BUDGET_BYTES
    assert {one for one in OF_ONE_PAGE if weight([*shared, one]) > STYLES_BUDGET_BYTES} == set()
