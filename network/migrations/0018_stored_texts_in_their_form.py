from django.core.exceptions import ValidationError
from django.db import migrations

from kekiz_portal.lib import mailbox, names, telephone
from kekiz_portal.lib.bringing_into_form import StoredTexts, bring_into_form

ADDRESSES = [
    "bounce",
    "addresshealth",
    "datarequest",
    "delivery",
    "mailrequest",
    "subscription",
    "suppression",
]


def number(text):
    found = telephone.read(text)
    return found.stored if found else ""


def address(text):
    try:
        mailbox.validate(text)
    except ValidationError:
        return ""
    return mailbox.stored(text)


def columns():
    for table, key in [("network_contact", "id"), ("network_historicalcontact", "history_id")]:
        yield StoredTexts(table, "phone", number, key)
        yield StoredTexts(table, "mobile", number, key)
        yield StoredTexts(table, "email", address, key)
    for model in ADDRESSES:
        yield StoredTexts(f"network_{model}", "address", address)


def forward(apps, schema_editor):
    bring_into_form(columns())
    Contact = apps.get_model("network", "Contact")
    for key, name in Contact.objects.order_by("pk").values_list("pk", "name"):
        Contact.objects.filter(pk=key).update(name_order=names.read(name).sort_key[:400])


class Migration(migrations.Migration):
    dependencies = [("network", "0017_one_form_of_telephones_and_mailboxes")]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
