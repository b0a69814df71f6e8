"""Which columns lists of institutions and offers have here, and what lists out there call them."""

from django.utils.translation import gettext_lazy as _

from kekiz_portal.lib.tables.columns import (
    ChoiceColumn,
    FieldColumn,
    ListColumn,
    ReadOnlyColumn,
    whole,
)
from lifephases import ages
from lifephases.models import LifePhase
from offers.models import (
    ContactPoint,
    Institution,
    InstitutionKind,
    Offer,
    OfferType,
    TargetGroup,
    Topic,
)

from . import addresses, places
from .rows import ClosingDaysColumn, ContactsColumn, SourcesColumn
from .terms import InstitutionColumn, TermColumn, TermsColumn, TopicColumn
from .values import (
    AgeColumn,
    ArchivedColumn,
    ConfirmedColumn,
    CostColumn,
    IdentityColumn,
    PriceColumn,
    RichTextColumn,
    StandColumn,
)

Visibility = ContactPoint.Visibility

PHONES = (
    "telefon, tel, telefonnummer, telefonnr, telefon nr, telefon nummer, tel nr, rufnummer, fon"
)
MAILBOXES = (
    "e-mail, mail, email, e-mail-adresse, email adresse, mail adresse, mailadresse, emailadresse"
)
WEB_PAGES = "internet, internetadresse, web, www, website, webseite, homepage, link, url"


def _origin_columns(model):
    return [
        FieldColumn(model, "external_id", "id, poi_id, nummer, nr, lfd. nr."),
        FieldColumn(model, "source"),
        FieldColumn(model, "source_url"),
        FieldColumn(model, "source_year", "stand der daten"),
        FieldColumn(model, "certainty", internal=True),
        FieldColumn(
            model, "notes", "notiz, bemerkung, bemerkungen, anmerkung, anmerkungen", internal=True
        ),
        IdentityColumn("uuid", _("Kennung im Portal"), "uuid"),
        StandColumn("stand", _("Stand"), "geändert am"),
        *places.of_entry(model),
        whole(FieldColumn(model, "open_question", internal=True)),
        whole(SourcesColumn(model._meta.model_name, _("Quellen"))),  # noqa: SLF001, public API
        whole(FieldColumn(model, "slug"), only_for_new=True),
    ]


def of_institutions():
    """Return the columns of a table of institutions, in order, with fresh look-ups."""
    return [
        FieldColumn(
            Institution,
            "name",
            "einrichtung, bezeichnung, name der einrichtung, einrichtungsname, institution, "
            "kita, name der kita, kindertageseinrichtung, schule, name der schule, schulname",
        ),
        TermColumn(
            "kind",
            _("Art"),
            InstitutionKind,
            "kategorie, typ, kind, art der einrichtung, einrichtungsart, schulform",
        ),
        FieldColumn(
            Institution, "carrier_name", "trägername, name des trägers, träger der einrichtung"
        ),
        InstitutionColumn("parent", _("gehört zu"), Institution, "übergeordnet"),
        *addresses.columns(),
        FieldColumn(Institution, "phone", PHONES),
        FieldColumn(Institution, "email", MAILBOXES),
        FieldColumn(Institution, "url", WEB_PAGES),
        FieldColumn(Institution, "opening_hours_text", "opening_hours, sprechzeiten"),
        ListColumn(Institution, "languages", "sprache"),
        *_origin_columns(Institution),
        whole(ClosingDaysColumn("closing_days", _("Schließzeiten"))),
        whole(ArchivedColumn(Institution, "archived_on")),
    ]


def of_offers():
    """Return the columns of a table of offers, in order, with fresh look-ups."""
    return [
        FieldColumn(
            Offer,
            "title",
            "angebot, name, bezeichnung, titel des angebots, name des angebots, "
            "angebotstitel, angebotsname",
        ),
        FieldColumn(Offer, "teaser", "kurztext"),
        RichTextColumn(Offer, "description", "beschreib, text, inhalt"),
        FieldColumn(Offer, "alternate_name"),
        FieldColumn(Offer, "search_terms", "schlagwörter, schlagworte, stichwörter"),
        InstitutionColumn(
            "provider",
            _("Anbieter"),
            Institution,
            "einrichtung, name der einrichtung, institution, provider",
        ),
        FieldColumn(Offer, "provider_name", "träger, veranstalter"),
        AgeColumn(
            "age_from",
            _("Alter von (Monate)"),
            "alter von monate, age_from_months",
            ages.first_month,
        ),
        AgeColumn(
            "age_to", _("Alter bis (Monate)"), "alter bis monate, age_to_months", ages.last_month
        ),
        TermsColumn("extra_phases", _("gehört auch zu"), LifePhase),
        ListColumn(Offer, "audience", "zielgruppe"),
        TermsColumn("target_groups", _("Zielgruppen"), TargetGroup),
        FieldColumn(Offer, "eligibility_text"),
        TopicColumn("topics", _("Themen"), Topic, "thema, topics"),
        TermColumn("offer_type", _("Angebotsart"), OfferType, "art, offer_type, kategorie"),
        ListColumn(Offer, "access_modes", "anmeldung"),
        FieldColumn(Offer, "how_to_apply", "registration"),
        FieldColumn(Offer, "registration_url", "anmeldelink"),
        FieldColumn(Offer, "registration_deadline", "anmeldung bis"),
        FieldColumn(Offer, "anonymous_possible", "anonym"),
        FieldColumn(Offer, "is_youth_office", "jugendamt"),
        FieldColumn(Offer, "first_call", "erster anruf"),
        CostColumn(Offer, "cost_kind", "kosten, kostenbeitrag, kosten in euro"),
        PriceColumn("prices", _("Preise in Euro"), "preis, betrag, gebühr, teilnahmebeitrag"),
        FieldColumn(Offer, "cost_note"),
        ListColumn(Offer, "reductions", "ermäßigungen"),
        ListColumn(Offer, "languages", "sprache"),
        FieldColumn(Offer, "languages_note"),
        *addresses.columns(),
        FieldColumn(
            Offer, "schedule_text", "zeiten, zeit, termine, termin, wann, uhrzeit, schedule"
        ),
        FieldColumn(Offer, "valid_from", "beginn, von, start, anfang"),
        FieldColumn(Offer, "valid_to", "ende, bis, schluss"),
        FieldColumn(Offer, "alert_text"),
        FieldColumn(Offer, "alert_until"),
        FieldColumn(Offer, "phone", PHONES),
        FieldColumn(Offer, "email", MAILBOXES),
        FieldColumn(Offer, "url", WEB_PAGES),
        *_origin_columns(Offer),
        whole(ContactsColumn("contacts", _("weitere Kontakte"), Visibility.PUBLIC)),
        whole(
            ContactsColumn(
                "professional_contacts",
                _("Kontakte für Fachkräfte"),
                Visibility.PROFESSIONALS,
                internal=True,
            )
        ),
        whole(
            ContactsColumn(
                "internal_contacts", _("interne Kontakte"), Visibility.INTERNAL, internal=True
            )
        ),
        whole(ChoiceColumn(Offer, "status")),
        whole(FieldColumn(Offer, "return_reason", internal=True)),
        ChoiceColumn(Offer, "prevention_level", "prävention, präventionsebene", internal=True),
        whole(FieldColumn(Offer, "is_generic")),
        whole(
            ConfirmedColumn("confirmed_at", _("zuletzt bestätigt am"), internal=True),
            only_for_new=True,
        ),
        whole(ChoiceColumn(Offer, "confirm_method", internal=True), only_for_new=True),
        whole(FieldColumn(Offer, "review_due_on", internal=True), only_for_new=True),
        ReadOnlyColumn(
            "responsible",
            _("verantwortlich"),
            lambda offer: str(offer.responsible or ""),
            internal=True,
        ),
    ]
