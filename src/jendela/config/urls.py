"""The one table of paths: Indonesian words to domains. English pages live under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from jendela.config.health import show_health

urlpatterns = [
    path("healthz", show_health, name="show_health"),
    path("api/v1/", include("jendela.api.urls")),
    path("", include("jendela.api.urls_data")),
    *i18n_patterns(
        path("", include("jendela.portal.public.urls")),
        path("", include("jendela.portal.places.urls")),
        # before directory and register: /aplikasi/lapor/, /kelola/aplikasi/baru/
        path("", include("jendela.registry.applications.urls")),
        path("", include("jendela.portal.directory.urls")),
        path("", include("jendela.portal.register.urls")),
        path("", include("jendela.portal.trust.urls")),
        path("", include("jendela.portal.staff.urls")),
        path("", include("jendela.portal.words.urls")),
        path("", include("jendela.portal.agency.urls")),
        path("", include("jendela.portal.opendata.urls")),  # before exchange: its kinds take any word
        path("", include("jendela.portal.exchange.urls")),
        path("", include("jendela.portal.style.urls")),
        path("", include("jendela.insight.recommendations.urls")),
        path("", include("jendela.registry.overlap.urls")),
        path("", include("jendela.registry.scores.urls")),
        path("", include("jendela.services.catalogue.urls")),
        path("", include("jendela.services.editor.urls")),
        path("", include("jendela.registry.datasets.urls")),
        path("", include("jendela.registry.links.urls")),
        path("", include("jendela.registry.probes.urls")),
        path("", include("jendela.registry.campaigns.urls")),
        path("", include("jendela.registry.letters.urls")),
        path("", include("jendela.registry.webhooks.urls")),
        path("akun/orang/", include("jendela.people.persons.urls")),
        path("akun/", include("jendela.people.factors.urls")),  # before accounts: its link takes any word
        path("kelola/", include("jendela.people.access.urls")),
        path("", include("jendela.people.members.urls")),
        path("", include("jendela.people.tokens.urls")),
        path("akun/", include("jendela.people.accounts.urls")),
        prefix_default_language=False,
    ),
]

handler404 = "jendela.config.errors.show_not_found"
handler500 = "jendela.config.errors.show_server_error"
