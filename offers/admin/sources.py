"""Where the facts of an entry come from and how sure they were, for those who check them."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from offers.quality.certainty import in_words

FACTS = {
    "accessibility": _("Barrierefreiheit"),
    "age_from_months": _("Alter von"),
    "age_to_months": _("Alter bis"),
    "cost": _("Kosten"),
    "description": _("Beschreibung"),
    "district_slug": _("Stadtteil"),
    "email": _("E-Mail"),
    "languages": _("Sprachen"),
    "name": _("Name"),
    "opening_hours": _("Öffnungszeiten"),
    "phone": _("Telefon"),
    "place": _("Ort"),
    "place_name": _("Name des Ortes"),
    "postcode": _("Postleitzahl"),
    "registration": _("Anmeldung"),
    "schedule": _("Zeiten"),
    "status": _("Stand"),
    "street": _("Straße"),
    "target_group": _("Zielgruppe"),
    "title": _("Titel"),
    "traeger": _("Träger"),
    "web": _("Internetseite"),
}

# What a file said when the entry came in; nobody types it.
LOADED = ["source", "external_id", "source_url", "source_year", "certainty_words", "pages"]


class WithCertainty(admin.ModelAdmin):
    """An admin of entries that says how sure they were, as ``certainty_words``."""

    @admin.display(description=_("Wie sicher?"), ordering="certainty")
    def certainty_words(self, entry):
        return in_words(entry.certainty) or "–"


class WithSources(admin.ModelAdmin):
    """An admin of entries whose sources are listed; nobody edits them."""

    @admin.display(description=_("Seiten, von denen die Angaben sind"))
    def pages(self, entry):
        if entry.pk is None:
            return ""
        unknown = _now("Jahr unbekannt")
        sources = entry.sources.all()
        rows = [(one.page, one.page, one.year or unknown, _facts(one)) for one in sources]
        items = format_html_join("", '<li><a href="{}" rel="noreferrer">{}</a>, {}: {}</li>', rows)
        return format_html("<ul>{}</ul>", items) if rows else ""


def _facts(source):
    return ", ".join(str(FACTS.get(fact, fact)) for fact in source.facts)
