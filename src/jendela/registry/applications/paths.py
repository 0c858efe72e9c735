"""Addresses of the screens of one application, for links from any room."""

from jendela.registry.applications.fields import BY_NAME, EXTRA, EXTRA_GROUP

GROUP_WORDS = {
    "identity": "tentang",
    "life": "keadaan",
    "people": "pengelola",
    "access": "alamat",
    "technology": "teknologi",
    "law": "hukum",
    EXTRA_GROUP.key: "tambahan",
}
PART_WORDS = {
    "people": "orang",
    "uses": "pemakai",
    "versions": "versi",
    "costs": "biaya",
    "legal_bases": "dasar-hukum",
    "interfaces": "api",
}
GROUPS = {word: key for key, word in GROUP_WORDS.items()}
PARTS = {word: key for key, word in PART_WORDS.items()}


def record_path(slug: str) -> str:
    return f"/kelola/aplikasi/{slug}/"


def edit_path(slug: str, name: str) -> str:
    """Where a field is filled in: its group's form, at the field. `name` as in fields.py, or 'extra.<key>'."""
    group = EXTRA_GROUP.key if name.startswith(EXTRA) else BY_NAME[name].group
    return f"{record_path(slug)}ubah/{GROUP_WORDS[group]}/#id_{field_id(name)}"


def field_id(name: str) -> str:
    """The name of a field in a form: 'extra.kode_lama' is 'extra-kode_lama' there."""
    return name.replace(".", "-")
