"""What holds for every offer, whatever writes it: the database watches over it."""

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

CONSTRAINTS = [
    models.CheckConstraint(
        condition=Q(ages=None) | Q(ages__isempty=False),
        name="offer_ages_not_empty",
        violation_error_message=_("Das Alter „von“ muss vor dem Alter „bis“ liegen."),
    ),
    models.CheckConstraint(
        condition=~Q(provider=None) | ~Q(provider_name=""),
        name="offer_names_its_provider",
        violation_error_message=_("Wählen Sie einen Anbieter oder schreiben Sie seinen Namen."),
    ),
    models.UniqueConstraint(
        fields=["title", "provider", "provider_name"],
        nulls_distinct=False,
        name="offer_title_once_a_provider",
        violation_error_message=_("Dieser Anbieter hat schon ein Angebot mit diesem Titel."),
    ),
    models.CheckConstraint(
        condition=Q(url="") | Q(url__regex="^https?://"),
        name="offer_url_leads_to_a_page",
    ),
    models.CheckConstraint(
        condition=Q(registration_url="") | Q(registration_url__regex="^https?://"),
        name="offer_registration_url_leads_to_a_page",
    ),
    models.UniqueConstraint(
        fields=["source", "external_id"],
        condition=~Q(external_id=""),
        name="offer_external_id_once_a_source",
        violation_error_message=_("Diese Kennung gibt es aus dieser Herkunft schon."),
    ),
    models.CheckConstraint(
        condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
        name="offer_ends_after_it_starts",
        violation_error_message=_("„Gültig bis“ darf nicht vor „gültig ab“ liegen."),
    ),
    models.CheckConstraint(
        condition=Q(confirmed_at=None, confirm_method="")
        | Q(confirmed_at__isnull=False) & ~Q(confirm_method=""),
        name="offer_confirmed_when_and_how",
        violation_error_message=_("Geben Sie an, wann und wie bestätigt wurde."),
    ),
    models.CheckConstraint(
        condition=Q(alert_until=None) | ~Q(alert_text=""),
        name="offer_alert_has_a_text",
        violation_error_message=_("Schreiben Sie den Hinweis, der bis dahin gelten soll."),
    ),
    models.CheckConstraint(
        condition=Q(status__in=["draft", "in_review", "returned", "published", "archived"]),
        name="offer_status_is_known",
    ),
    models.CheckConstraint(
        condition=Q(status="returned") & ~Q(return_reason="")
        | ~Q(status="returned") & Q(return_reason=""),
        name="offer_returned_with_a_reason",
        violation_error_message=_("Schreiben Sie, was noch zu klären ist."),
    ),
    models.CheckConstraint(
        condition=Q(picture="") | ~Q(picture_alt="") | Q(picture_is_decorative=True),
        name="offer_picture_is_described_or_decorative",
        violation_error_message=_(
            "Schreiben Sie, was auf dem Bild zu sehen ist, "
            "oder kreuzen Sie an, dass es nur schmückt."
        ),
    ),
    models.CheckConstraint(
        condition=Q(cost_kind__in=["free", "varies", "paid", "insurance", "unknown"]),
        name="offer_cost_is_known",
    ),
    models.CheckConstraint(
        condition=Q(prevention_level__in=["", "universal", "selective", "indicated"]),
        name="offer_prevention_level_is_known",
    ),
]

INDEXES = [
    GistIndex(fields=["ages"], name="offer_ages_gist"),
    GinIndex(fields=["languages"], name="offer_languages_gin"),
    models.Index(fields=["title"], condition=Q(status="published"), name="offer_published_title"),
    models.Index(fields=["review_due_on"], name="offer_review_due"),
]
