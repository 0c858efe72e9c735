"""What datasets say today was said by whoever is named on their row."""

from django.db import migrations

FIELDS = (
    "name", "description", "purpose", "code", "kind", "topic", "priority", "concept", "definition", "classification",
    "measure", "unit", "standard_code", "has_metadata", "metadata_url", "reference_codes", "openness", "openness_reason",
    "update_promise", "last_update", "has_personal", "personal", "retention", "producer_id", "steward_id",
    "application_id",
)  # fmt: skip


def fill(apps, schema_editor):
    dataset = apps.get_model("registry_datasets", "Dataset")
    for row in dataset.objects.filter(sources={}, stated_at__isnull=False).iterator(chunk_size=500):
        said = {
            "stated_by": row.stated_by,
            "stated_at": row.stated_at.isoformat(),
            "source": row.source,
            "source_url": row.source_url,
            "grade": row.grade,
            "before": None,
        }
        unsaid = {name for name in FIELDS if getattr(row, name) in (None, "", "tidak_diketahui", [])}
        if not row.priority:
            unsaid.add("priority")  # false is what nobody said
        known = [one for one in FIELDS if one not in unsaid]
        row.sources = {one.removesuffix("_id"): said for one in known}
        row.save(update_fields=["sources"])


class Migration(migrations.Migration):
    dependencies = [("registry_datasets", "0002_sources_of_values_and_what_data_is_made_of")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
