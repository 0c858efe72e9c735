from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry_campaigns', '0005_returned_bundles_have_a_deadline'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reminder',
            name='reminder_step_once',
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(condition=models.Q(('step__isnull', False)), fields=('bundle', 'step', 'turn'), name='reminder_step_once_a_turn'),
        ),
    ]
