from django.db import migrations

REFUSE = """
CREATE FUNCTION common_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only';
END $$;
CREATE TRIGGER common_audit_append_only BEFORE UPDATE OR DELETE ON common_audit_entry
  FOR EACH ROW EXECUTE FUNCTION common_audit_refuse();
"""
ALLOW = """
DROP TRIGGER common_audit_append_only ON common_audit_entry;
DROP FUNCTION common_audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
