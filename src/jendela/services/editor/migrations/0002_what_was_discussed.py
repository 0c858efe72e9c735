from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('services_editor', '0001_drafts'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='consulted_text',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
    ]
