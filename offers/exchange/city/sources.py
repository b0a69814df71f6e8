"""Keep the pages an entry was put together from."""

from offers.models import Source


def keep(found, **entry):
    """Give an entry (``offer=`` or ``institution=``) the sources of a ``Corrected``."""
    Source.objects.filter(**entry).delete()
    Source.objects.bulk_create(
        Source(page=page[:500], year=year, facts=sorted(facts), **entry)
        for (page, year), facts in found.sources.items()
    )
