from django.db import migrations

# The date a partner carried becomes an agreement; whoever has left gets an end of their data.
FORWARDS = """
INSERT INTO network_agreement (partner_id, title, signed_on, note)
SELECT id, 'Kooperationsvereinbarung', agreement_signed_on, '' FROM network_partner
WHERE agreement_signed_on IS NOT NULL;
UPDATE network_contact SET kept_until = until + 365 WHERE until IS NOT NULL;
"""
BACKWARDS = """
UPDATE network_partner SET agreement_signed_on = newest.signed_on
FROM (SELECT partner_id, max(signed_on) AS signed_on FROM network_agreement GROUP BY partner_id) newest
WHERE newest.partner_id = network_partner.id;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0005_partner_network'),
    ]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
