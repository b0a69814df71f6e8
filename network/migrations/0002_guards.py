"""What the database itself watches over, whatever writes the rows."""

from django.db import migrations

# Nobody rewrites the log. An entry may lose its user (then the name stays as text), and leaves when
# the transaction has said up to when entries have been kept long enough. This holds for every
# client of the database; only the table's owner could drop the trigger or empty the table.
AUDIT_LOG = """
CREATE FUNCTION network_auditentry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.at < NULLIF(current_setting('kekiz.audit_before', true), '')::timestamptz THEN
      RETURN OLD;
    END IF;
  ELSIF NEW.actor_id IS NULL
    AND to_jsonb(NEW) - 'actor_id' = to_jsonb(OLD) - 'actor_id' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'network_auditentry is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER network_auditentry_guard BEFORE UPDATE OR DELETE ON network_auditentry
  FOR EACH ROW EXECUTE FUNCTION network_auditentry_guard();
"""
NO_AUDIT_LOG = """
DROP TRIGGER network_auditentry_guard ON network_auditentry;
DROP FUNCTION network_auditentry_guard();
"""

# What a mail server has accepted stays so, and what may have been accepted goes back to the queue
# only when a person has decided it.
DELIVERY = """
CREATE FUNCTION network_delivery_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'delivery %: never from % to %', OLD.id, OLD.state, NEW.state
    USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER network_delivery_guard BEFORE UPDATE OF state ON network_delivery FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND (
    OLD.state IN ('sent', 'closed')
    OR OLD.state = 'data_sent' AND NEW.state IN ('queued', 'sending', 'skipped')
    OR OLD.state = 'unclear' AND NEW.state IN ('sending', 'data_sent', 'skipped')
    OR OLD.state = 'unclear' AND NEW.state = 'queued' AND NEW.decided_at IS NULL
  )) EXECUTE FUNCTION network_delivery_guard();
"""
NO_DELIVERY = """
DROP TRIGGER network_delivery_guard ON network_delivery;
DROP FUNCTION network_delivery_guard();
"""

# No mail of a newsletter for somebody of the network who has not agreed.
CONSENT = """
CREATE FUNCTION network_delivery_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM network_contact WHERE id = NEW.contact_id
                 AND mail_consent_given_on IS NOT NULL AND mail_consent_withdrawn_on IS NULL) THEN
    RAISE EXCEPTION 'contact % has not agreed to mails', NEW.contact_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER network_delivery_consent BEFORE INSERT ON network_delivery FOR EACH ROW
  WHEN (NEW.contact_id IS NOT NULL) EXECUTE FUNCTION network_delivery_consent();
"""
NO_CONSENT = """
DROP TRIGGER network_delivery_consent ON network_delivery;
DROP FUNCTION network_delivery_consent();
"""

# The notes about each delivery find room on its page.
STORAGE = """
ALTER TABLE network_delivery SET (fillfactor = 60);
"""


class Migration(migrations.Migration):
    replaces = [
        ("network", "0003_audit_log"),
        ("network", "0008_newsletters_and_deliveries"),
        ("network", "0015_mail_consent"),
    ]

    dependencies = [("network", "0001_tables")]

    operations = [
        migrations.RunSQL(AUDIT_LOG, NO_AUDIT_LOG),
        migrations.RunSQL(DELIVERY, NO_DELIVERY),
        migrations.RunSQL(CONSENT, NO_CONSENT),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
    ]
