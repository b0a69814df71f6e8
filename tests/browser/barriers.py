"""What keeps somebody from using a page: what axe finds, and what is cut off."""

from kekiz_portal.tools.axe import barriers, serious_barriers

__all__ = ["barriers", "serious_barriers", "wider_than"]


def wider_than(page, width, font_size="100%"):
    """Return how wide a page is if it scrolls sideways at a width and a size of its letters."""
    page.set_viewport_size({"width": width, "height": 740})
    page.evaluate("size => { document.documentElement.style.fontSize = size; }", font_size)
    found = page.evaluate("document.documentElement.scrollWidth")
    return found if found > width else None
