import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people_agencies', '0002_contacts_and_mergers'),
        ('services_catalogue', '0002_versions_promises_publications'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('ditulis', 'Sedang ditulis'), ('dibahas', 'Sudah dibahas bersama warga')], default='ditulis', max_length=8)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('consulted_on', models.DateField(null=True)),
                ('consultation_note', models.TextField(blank=True)),
                ('consultation_participants', models.TextField(blank=True)),
                ('agency_at_start', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people_agencies.agency')),
                ('keeper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='kept_drafts', to=settings.AUTH_USER_MODEL)),
                ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='services_catalogue.service')),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'services_editor_draft',
            },
        ),
        migrations.CreateModel(
            name='DraftEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(max_length=12)),
                ('kind', models.CharField(choices=[('ditulis', 'menulis'), ('disisihkan', 'menyisihkan tulisan sendiri'), ('dibuang', 'membuang rancangan'), ('dikembalikan', 'mengembalikan rancangan'), ('diterbitkan', 'menerbitkan')], max_length=12)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('by_name', models.CharField(max_length=120)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='services_editor.draft')),
            ],
            options={
                'db_table': 'services_editor_draft_edit',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='DraftPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(max_length=12)),
                ('value', models.JSONField(null=True)),
                ('base', models.JSONField(null=True)),
                ('discarded', models.JSONField(null=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('editor_name', models.CharField(blank=True, max_length=120)),
                ('edited_at', models.DateTimeField()),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='services_editor.draft')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'services_editor_draft_part',
            },
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dibahas'), _negated=True), models.Q(('consulted_on__isnull', False), models.Q(('consultation_note', ''), _negated=True)), _connector='OR'), name='draft_consulted_has_minutes'),
        ),
        migrations.AddIndex(
            model_name='draftedit',
            index=models.Index(fields=['draft', '-id'], name='draft_edit_newest'),
        ),
        migrations.AddConstraint(
            model_name='draftpart',
            constraint=models.UniqueConstraint(fields=('draft', 'part'), name='draft_part_once'),
        ),
    ]
