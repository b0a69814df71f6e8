"""The way back and on through a list."""

from .ready import filled, gap


def pagination(page, url_of, **shape):
    """Return the links to the pages before and after; nothing where there is one page.

    ``url_of`` returns the address of a page by its number; ``shape`` as of the component.
    """
    if not page.has_other_pages():
        return ""
    values = {"number": page.number, "pages": page.paginator.num_pages}
    if page.has_previous():
        values["previous_url"] = url_of(page.previous_page_number())
    if page.has_next():
        values["next_url"] = url_of(page.next_page_number())
    context = shape | {name: gap(name) for name in values}
    return filled("pagination", tuple(context.items()), **values)
