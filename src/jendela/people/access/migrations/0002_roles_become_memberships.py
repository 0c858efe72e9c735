"""The one role an account could have becomes a membership for all agencies."""

from django.db import migrations
from django.utils import timezone


def move(apps, schema_editor):
    user = apps.get_model("people_accounts", "User")
    membership = apps.get_model("people_access", "Membership")
    for row in user.objects.filter(role="administrator"):
        membership.objects.create(user=row, role=row.role, valid_from=timezone.localdate())


class Migration(migrations.Migration):
    dependencies = [("people_access", "0001_initial"), ("people_accounts", "0001_initial")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
