"""What a field of an offer may say."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("Entwurf")
    IN_REVIEW = "in_review", _("in Prüfung")
    RETURNED = "returned", _("zurückgegeben")
    PUBLISHED = "published", _("veröffentlicht")
    ARCHIVED = "archived", _("archiviert")


class Audience(models.TextChoices):
    CHILD = "child", _("Kinder und Jugendliche")
    PARENTS = "parents", _("Eltern")
    FAMILY = "family", _("die ganze Familie")
    PROFESSIONALS = "professionals", _("Fachkräfte")


class Prevention(models.TextChoices):
    """Whom it means: everybody, those who carry more, those for whom something has begun."""

    UNIVERSAL = "universal", _("universell")
    SELECTIVE = "selective", _("selektiv")
    INDICATED = "indicated", _("indiziert")


class Access(models.TextChoices):
    OPEN = "open", _("ohne Anmeldung")
    REGISTRATION = "registration", _("mit Anmeldung")
    APPLICATION = "application", _("auf Antrag")
    PRESCRIPTION = "prescription", _("mit ärztlicher Verordnung")
    INVITATION = "invitation", _("Sie bekommen eine Einladung")
    LOTTERY = "lottery", _("Plätze werden verlost")
    WAITING_LIST = "waiting_list", _("mit Warteliste")
    HARDLY_ANY_NEW = "hardly_any_new", _("nimmt zurzeit kaum neue auf")
    SCHOOL = "school", _("über die Schule")
    PROOF = "proof", _("mit Nachweis")


# What families should know before they set out: there is hardly a place.
SCARCE = Access.HARDLY_ANY_NEW, Access.WAITING_LIST


class Cost(models.TextChoices):
    FREE = "free", _("Kostenlos")
    VARIES = "varies", _("Teils kostenlos")
    PAID = "paid", _("Kostet etwas")
    INSURANCE = "insurance", _("Zahlt die Krankenkasse")
    UNKNOWN = "unknown", _("Kosten bitte erfragen")


class Reduction(models.TextChoices):
    BUT = "but", _("Bildung und Teilhabe (BuT)")
    FAMILY_PASS = "family-pass", _("Familienpass")


class ConfirmMethod(models.TextChoices):
    PARTNER = "partner", _("vom Anbieter bestätigt")
    PHONE = "phone", _("telefonisch geprüft")
    MAIL = "mail", _("per Mail geprüft")
    VISIT = "visit", _("bei einem Besuch geprüft")
    EDITOR = "editor", _("von der Redaktion geprüft")
