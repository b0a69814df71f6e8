"""From a newsletter to what is sent of it."""

from network.models import NewsletterEdition


def editions(newsletter):
    """Return the unsaved ``NewsletterEdition`` of each language."""
    text = f"{newsletter.title}\n\n%%WEB%%\n%%SETTINGS%%\n%%UNSUBSCRIBE%%\n"
    return [
        NewsletterEdition(
            newsletter=newsletter,
            language="de",
            subject=newsletter.title,
            html=f"<p>{text}</p>",
            text=text,
        )
    ]
