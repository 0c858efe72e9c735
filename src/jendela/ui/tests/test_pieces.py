"""Template tags, the other language, and the components on their own."""

import pytest
from django.template import engines
from django.utils import translation

from jendela.ui.context import other_language
from jendela.ui.templatetags.ui import icon, path


def render(name: str, **values: object) -> str:
    return engines["django"].get_template(f"ui/components/{name}.html").render(values)


def test_path_follows_the_language() -> None:
    with translation.override("id"):
        assert path("/asli/") == "/asli/"
    with translation.override("en"):
        assert path("/asli/") == "/en/asli/"
        assert path("/en/asli/") == "/en/asli/"
        assert path("https://lapor.go.id/") == "https://lapor.go.id/"


@pytest.mark.parametrize(
    ("here", "query", "there"),
    [
        ("/", "", "/en/"),
        ("/en/", "", "/"),
        ("/en", "", "/"),
        ("/cari/", "q=ktp+ilang", "/en/cari/?q=ktp+ilang"),
        ("/en/cari/", "q=ktp", "/cari/?q=ktp"),
        ("/energi/", "", "/en/energi/"),
    ],
)
def test_other_language(here: str, query: str, there: str) -> None:
    assert other_language(here, query) == there


def test_icon_is_decoration() -> None:
    assert 'aria-hidden="true"' in icon("map-pin")
    assert "#i-map-pin" in icon("map-pin")


def test_an_unknown_answer_says_so_and_names_who_to_ask() -> None:
    with translation.override("id"):
        page = render("answer", icon="clock", label="Berapa lama", ask="Disdukcapil", phone="0531 21001")
    assert "Belum kami ketahui." in page
    assert "Disdukcapil" in page
    assert 'href="tel:053121001"' in page


def test_a_known_answer_does_not() -> None:
    assert "Belum kami ketahui." not in render("answer", icon="coin", label="Bayar berapa", value="Gratis")


def test_the_two_states_are_never_mixed() -> None:
    assert "Standar berlaku" not in render("state_badge", decreed=False)
    assert "Informasi sementara" not in render("state_badge", decreed=True)


def test_whatsapp_text_is_escaped() -> None:
    page = render("share", address="https://x.id/a", share_text="Bawa: KTP & KK, lihat https://x.id/a")
    assert "wa.me/?text=Bawa%3A%20KTP%20%26%20KK%2C%20lihat%20https%3A%2F%2Fx.id%2Fa" in page


def test_components_escape_what_they_are_given() -> None:
    assert "<script>" not in render("notice", title="<script>", text="<script>")
