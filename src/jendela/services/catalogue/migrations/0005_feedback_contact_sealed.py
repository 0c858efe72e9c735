"""Contacts that readers left lie encrypted from here on. The column becomes text, which rewrites no row; then what is
there is encrypted. All in one transaction: either every contact can be read with the key, or nothing has changed."""

from django.db import migrations, models

import jendela.common.encryption
from jendela.common.encryption import decrypt, encrypt

BATCH = 500


def _rewrite(feedback, change):
    last = 0
    while rows := list(
        feedback.objects.filter(pk__gt=last).exclude(contact="").only("pk", "contact").order_by("pk")[:BATCH]
    ):
        for row in rows:
            row.contact = change(row.contact)
        feedback.objects.bulk_update(rows, ["contact"])
        last = rows[-1].pk


def seal(apps, schema_editor):
    _rewrite(apps.get_model("services_catalogue", "Feedback"), encrypt)


def unseal(apps, schema_editor):
    _rewrite(apps.get_model("services_catalogue", "Feedback"), decrypt)


class Migration(migrations.Migration):
    dependencies = [
        ("services_catalogue", "0004_component_by_agency"),
    ]

    operations = [
        migrations.AlterField(
            model_name="feedback",
            name="contact",
            field=models.TextField(blank=True),
        ),
        migrations.RunPython(seal, unseal),
        migrations.AlterField(
            model_name="feedback",
            name="contact",
            field=jendela.common.encryption.EncryptedTextField(blank=True),
        ),
    ]
