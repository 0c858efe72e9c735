"""Rows of the dump and of the exports by domain, as texts, streamed."""

from collections.abc import Iterator, Mapping

from django.utils import timezone

from jendela.registry.applications.choices import RecordState, Visibility
from jendela.registry.applications.fields import FIELDS
from jendela.registry.applications.models import Application
from jendela.registry.applications.values import value_of
from jendela.registry.datasets.opendata import address, open_datasets
from jendela.registry.links.reads import public_links

CHUNK = 2000
Row = Mapping[str, str]


def text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    return "" if value is None else str(value)


def applications() -> Iterator[Row]:
    """The public fields of every registered application, by name."""
    public = [field for field in FIELDS if field.visibility == Visibility.PUBLIC]
    rows = Application.objects.filter(record_state=RecordState.REGISTERED).select_related("owner")
    for row in rows.order_by("name", "pk").iterator(chunk_size=CHUNK):
        values = {field.column: text(value_of(row, field.name)) for field in public}
        yield {
            "kode": row.slug,
            **values,
            "pemilik": row.owner.short_name,
            "keadaan_per": row.state_as_of,
            "sumber_url": row.source_url,
            "disahkan": timezone.localdate(row.attested_at).isoformat() if row.attested_at else "",
            "halaman": address(f"/aplikasi/{row.slug}/"),
        }


def datasets() -> Iterator[Row]:
    """Every open dataset, by name."""
    rows = open_datasets().select_related("producer", "steward", "application").prefetch_related("resources")
    for row in rows.order_by("name", "pk").iterator(chunk_size=CHUNK):
        yield {
            "kode": row.slug,
            "nama": row.name,
            "uraian": row.description,
            "produsen": row.producer.short_name,
            "walidata": row.steward.short_name if row.steward else "",
            "aplikasi": row.public_application.slug if row.public_application else "",
            "konsep": row.concept,
            "definisi": row.definition,
            "klasifikasi": row.classification,
            "ukuran": row.measure,
            "satuan": row.unit,
            "kode_referensi": row.reference_codes,
            "jadwal_pemutakhiran": row.update_promise,
            "terakhir": row.last_update.isoformat() if row.last_update else "",
            "berkas": "; ".join(address(one.url) for one in row.resources.all()),
            "halaman": address(f"/data/daftar/{row.slug}/"),
        }


def links() -> Iterator[Row]:
    """Every link that stands between registered applications and that nobody contests, by its ends."""
    rows = public_links().select_related("source", "target")
    for row in rows.order_by("source__slug", "target__slug", "pk").iterator(chunk_size=CHUNK):
        yield {
            "dari": row.source.slug,
            "ke": row.target.slug,
            "data": row.data,
            "metode": row.method,
            "arah": row.direction,
            "frekuensi": row.frequency,
            "keadaan": row.state,
            "pengesahan": row.confirmation,
            "sumber_url": row.source_url,
        }
