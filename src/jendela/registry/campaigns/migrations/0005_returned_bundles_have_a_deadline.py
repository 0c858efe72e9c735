from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry_campaigns', '0004_question_sets_made_on_screen'),
    ]

    operations = [
        migrations.AddField(
            model_name='bundle',
            name='due_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='bundle',
            name='turn',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='reminder',
            name='turn',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
