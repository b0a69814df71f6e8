from django.core.exceptions import ValidationError
from django.db import migrations

from kekiz_portal.lib import mailbox, telephone, web_address
from kekiz_portal.lib.bringing_into_form import StoredTexts, bring_into_form

LIVE_AND_HISTORY = [("offers_{}", "id"), ("offers_historical{}", "history_id")]


def number(text):
    found = telephone.read(text)
    return found.stored if found else ""


def link(text):
    return web_address.link(text)


def address(text):
    try:
        mailbox.validate(text)
    except ValidationError:
        return ""
    return mailbox.stored(text)


def columns():
    for pattern, key in LIVE_AND_HISTORY:
        for model in ["offer", "institution", "contactpoint"]:
            table = pattern.format(model)
            yield StoredTexts(table, "phone", number, key)
            yield StoredTexts(table, "email", address, key)
        for model, column, words in [
            ("offer", "url", "Internetseite"),
            ("offer", "registration_url", "Anmeldung im Internet"),
            ("institution", "url", "Internetseite"),
        ]:
            yield StoredTexts(pattern.format(model), column, link, key, "notes", words)
        yield StoredTexts(pattern.format("helpline"), "source_url", link, key)
    yield StoredTexts("offers_district", "source_url", link)


def forward(apps, schema_editor):
    bring_into_form(columns())
    Helpline = apps.get_model("offers", "Helpline")
    for line in Helpline.objects.order_by("pk"):
        if telephone.tel_uri(line.number) != f"tel:{line.tel}":
            print(f"  offers_helpline {line.pk}: number and what was dialled differ; please look")
            Helpline.objects.filter(pk=line.pk).update(number=telephone.shown(line.tel))


class Migration(migrations.Migration):
    dependencies = [("offers", "0021_one_form_of_telephones_mailboxes_and_links")]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
