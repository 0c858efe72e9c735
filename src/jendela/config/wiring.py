"""Who reacts to which event: read this one table."""

from typing import Any

from jendela.common.workdays.events import CalendarChanged
from jendela.people.agencies.events import AgenciesChanged, AgencyMerged, AgencyMergerUndone
from jendela.people.areas.events import AreasChanged
from jendela.registry.applications.events import ApplicationsChanged, ValuesChanged
from jendela.registry.datasets.events import DatasetsChanged
from jendela.registry.links.events import LinksChanged
from jendela.registry.overlap.events import ApplicationMerged, ApplicationMergeUndone
from jendela.services.catalogue.events import CatalogueChanged

SUBSCRIBERS: dict[type[Any], tuple[str, ...]] = {
    CalendarChanged: ("registry_campaigns.move_deadlines", "insight_recommendations.move_deadlines"),
    AreasChanged: ("services_search.refresh",),
    AgenciesChanged: ("services_search.refresh",),
    ApplicationsChanged: ("services_search.refresh",),
    CatalogueChanged: ("services_search.refresh",),
    ValuesChanged: (
        "registry_campaigns.check_seals",
        "registry_scores.judge_changed",
        "registry_webhooks.note_values",
    ),
    DatasetsChanged: (
        "registry_campaigns.check_seals_beside",
        "registry_scores.judge_beside",
        "registry_webhooks.note_datasets",
    ),
    LinksChanged: (
        "registry_campaigns.check_seals_beside",
        "registry_scores.judge_beside",
        "registry_webhooks.note_links",
    ),
    ApplicationMerged: ("services_catalogue.repoint_ways", "registry_webhooks.note_merger"),
    ApplicationMergeUndone: ("services_catalogue.repoint_ways_back", "registry_webhooks.note_merger"),
    AgencyMerged: (
        "people_access.move_with_merger",
        "people_members.move_with_merger",
        "registry_applications.move_with_merger",
        "registry_datasets.move_with_merger",
        "registry_links.move_with_merger",
        "registry_campaigns.move_with_merger",
        "services_catalogue.move_with_merger",
    ),
    AgencyMergerUndone: (
        "people_access.move_back",
        "people_members.move_back",
        "registry_applications.move_back",
        "registry_datasets.move_back",
        "registry_links.move_back",
        "registry_campaigns.move_back",
        "services_catalogue.move_back",
    ),
}

# what can be imported and exported, in the order of the list
EXCHANGE_KINDS: tuple[str, ...] = (
    "jendela.registry.applications.kinds.Applications",
    "jendela.registry.applications.kinds_parts.Uses",
    "jendela.registry.applications.kinds_parts.Costs",
    "jendela.registry.applications.kinds_versions.Versions",
    "jendela.registry.datasets.kinds.Datasets",
    "jendela.registry.datasets.kinds.Elements",
    "jendela.registry.links.kinds.Links",
    "jendela.services.catalogue.kinds.Services",
    "jendela.people.agencies.kinds.Offices",
    "jendela.people.agencies.kinds.Agencies",
    "jendela.people.areas.kinds.Population",
    "jendela.people.areas.kinds.Points",
    "jendela.people.areas.kinds.Boundaries",
    "jendela.common.workdays.kinds.Holidays",
)

# who finds rows that may be the same as one of a file, by kind
EXCHANGE_MATCHERS: dict[str, str] = {"aplikasi": "jendela.registry.overlap.likely.likely"}
