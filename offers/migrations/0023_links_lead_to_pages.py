from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offers", "0022_stored_texts_in_their_form")]

    operations = [
        migrations.RemoveField(
            model_name='helpline',
            name='tel',
        ),
        migrations.RemoveField(
            model_name='historicalhelpline',
            name='tel',
        ),
        migrations.AddConstraint(
            model_name='institution',
            constraint=models.CheckConstraint(condition=models.Q(('url', ''), ('url__regex', '^https?://'), _connector='OR'), name='institution_url_leads_to_a_page'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('url', ''), ('url__regex', '^https?://'), _connector='OR'), name='offer_url_leads_to_a_page'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('registration_url', ''), ('registration_url__regex', '^https?://'), _connector='OR'), name='offer_registration_url_leads_to_a_page'),
        ),
    ]
