"""A role may end at a moment, and is never held twice at the same time."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.expressions
import django.db.models.functions.comparison
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people_access", "0002_roles_become_memberships")]

    operations = [
        BtreeGistExtension(),
        migrations.AddField(
            model_name="membership",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveConstraint(model_name="membership", name="membership_once_open"),
        migrations.AddConstraint(
            model_name="membership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                expressions=[
                    ("user", "="),
                    ("role", "="),
                    (
                        django.db.models.functions.comparison.Coalesce("agency_id", models.Value(0)),
                        "=",
                    ),
                    (
                        models.Func(
                            models.F("valid_from"),
                            models.F("valid_to"),
                            models.Value("[]"),
                            function="daterange",
                        ),
                        "&&",
                    ),
                ],
                name="membership_once_at_a_time",
            ),
        ),
    ]
