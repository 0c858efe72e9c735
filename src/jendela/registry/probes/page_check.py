"""Accessibility basics of one HTML page, counted from its text alone: language, title, zoom, headings, images and form
fields. Not an audit: what scripts draw later is not seen, and then nothing is said."""

from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser

NO_LABEL_NEEDED = {"hidden", "submit", "button", "reset", "image"}
LITTLE_TEXT = 60  # visible signs below which a page with scripts is drawn by them
MOST_SIGNS = 2_000_000


@dataclass(frozen=True)
class PageFacts:
    lang: str
    title: str
    viewport: bool
    zoom_blocked: bool
    h1: int
    images: int
    images_without_alt: int
    fields: int
    fields_without_label: int
    by_script: bool  # an empty page that a script fills: nothing of the rest says anything


@dataclass
class _Field:
    key: str
    named: bool


@dataclass
class _Counts:
    lang: str = ""
    title: str = ""
    viewport: str | None = None
    h1: int = 0
    images: int = 0
    images_without_alt: int = 0
    scripts: int = 0
    text: int = 0
    fields: list[_Field] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    """Tolerant like a browser: unclosed and unknown tags are no error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = _Counts()
        self._in_title = False
        self._silent = ""  # script or style, whose text nobody sees
        self._labels = 0  # depth of open <label>
        self._svg = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").strip() for name, value in attrs}
        found = self.found
        if tag == "html":
            found.lang = values.get("lang", "")[:35]
        elif tag == "title":
            self._in_title = not self._svg and not found.title
        elif tag == "svg":
            self._svg += 1
        elif tag == "meta" and values.get("name", "").lower() == "viewport":
            found.viewport = values.get("content", "").lower()
        elif tag == "h1":
            found.h1 += 1
        elif tag in ("script", "style"):
            found.scripts += tag == "script"
            self._silent = tag
        elif tag == "img":
            self._image(values)
        elif tag == "label":
            self._labels += 1
            found.labelled.add(values.get("for", ""))
        elif tag in ("input", "select", "textarea"):
            self._field(tag, values)

    def _image(self, values: dict[str, str]) -> None:
        self.found.images += 1
        decoration = values.get("role") in ("presentation", "none") or values.get("aria-hidden") == "true"
        self.found.images_without_alt += "alt" not in values and not decoration

    def _field(self, tag: str, values: dict[str, str]) -> None:
        kind = values.get("type", "text").lower()
        if tag == "input" and kind == "image":
            self._image(values)
        if tag == "input" and kind in NO_LABEL_NEEDED:
            return
        named = bool(values.get("aria-label") or values.get("aria-labelledby") or values.get("title"))
        self.found.fields.append(_Field(values.get("id", ""), named or self._labels > 0))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "svg":
            self._svg = max(0, self._svg - 1)
        elif tag == "label":
            self._labels = max(0, self._labels - 1)
        elif tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.found.title = f"{self.found.title}{data}"[:200]
        elif not self._silent:
            self.found.text += len(data.strip())


def check_page(text: str) -> PageFacts:
    """Count the basics of a page. Any text is read; there are no errors."""
    reader = _Reader()
    reader.feed(text[:MOST_SIGNS])
    reader.close()
    found = reader.found
    viewport = found.viewport or ""
    return PageFacts(
        lang=found.lang,
        title=found.title.strip(),
        viewport=found.viewport is not None,
        zoom_blocked=_blocks_zoom(viewport),
        h1=found.h1,
        images=found.images,
        images_without_alt=found.images_without_alt,
        fields=len(found.fields),
        fields_without_label=sum(
            not one.named and not (one.key and one.key in found.labelled) for one in found.fields
        ),
        by_script=found.scripts > 0 and found.text < LITTLE_TEXT,
    )


def _blocks_zoom(viewport: str) -> bool:
    """WCAG 1.4.4: text can be made twice as large. 'user-scalable=no' or a maximum below 2 forbids it."""
    settings = dict(part.replace(" ", "").partition("=")[::2] for part in viewport.split(","))
    if settings.get("user-scalable") in ("no", "0"):
        return True
    try:
        return float(settings.get("maximum-scale", "10")) < 2
    except ValueError:
        return False


def obstacles(page: dict[str, object]) -> list[str]:
    """Names of the obstacles of a page, given its facts as they are kept; empty when the page is drawn by a script."""
    if page.get("by_script"):
        return []
    found = {
        "lang": not page["lang"],
        "title": not page["title"],
        "viewport": not page["viewport"],
        "zoom": bool(page["zoom_blocked"]),
        "h1": page["h1"] != 1,
        "alt": bool(page["images_without_alt"]),
        "label": bool(page["fields_without_label"]),
    }
    return [name for name, wrong in found.items() if wrong]


def as_facts(page: PageFacts) -> dict[str, object]:
    return asdict(page)
