"""An application: the national fields (SIA-SPBE, rules 4.5) and those of regional lists (rules 4.6), one row each.
Where a value comes from is in `ValueSource`, what it was before in `Change`."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Lower, Now, Upper

from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import (
    Accessibility,
    ApplicationAudience,
    ApplicationClass,
    ApplicationState,
    AuditResult,
    Base,
    Evidence,
    Hosting,
    Licence,
    LifeCycle,
    OperatorLevel,
    RecordState,
    SignIn,
    Wish,
)

UNKNOWN = "tidak_diketahui"


class Application(models.Model):
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    purpose = models.TextField(blank=True)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="applications")
    operator_level = models.CharField(max_length=12, choices=OperatorLevel.choices)
    audience = models.CharField(max_length=12, choices=ApplicationAudience.choices)
    function = models.CharField(max_length=200, blank=True)  # in words; codes are in ApplicationFunction
    output = models.TextField(blank=True, db_default="")
    # the branch of its owner's performance tree (pohon kinerja) that it supports, in the words of the plan
    strategic_target = models.TextField(blank=True, db_default="", default="")
    tactical_target = models.TextField(blank=True, db_default="", default="")
    operational_target = models.TextField(blank=True, db_default="", default="")
    task = models.CharField(
        max_length=60, blank=True
    )  # what staff want to do with it; groups the staff window
    task_en = models.CharField(max_length=60, blank=True)
    url = models.URLField(max_length=300, blank=True)
    # who gave the address here, and when: tables then leave it alone
    url_stated_by = models.CharField(max_length=200, blank=True, db_default="")
    url_stated_at = models.DateTimeField(null=True)
    android_url = models.URLField(max_length=300, blank=True, db_default="")
    ios_url = models.URLField(max_length=300, blank=True, db_default="")
    since = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, choices=ApplicationState.choices)
    state_as_of = models.CharField(max_length=30, blank=True)  # partial date of the source
    evidence = models.CharField(max_length=20, choices=Evidence.choices)
    usage_note = models.TextField(blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)

    app_class = models.CharField(
        max_length=16, choices=ApplicationClass.choices, db_default=UNKNOWN, default=UNKNOWN
    )
    life_cycle = models.CharField(
        max_length=16, choices=LifeCycle.choices, db_default=UNKNOWN, default=UNKNOWN
    )
    life_cycle_since = models.CharField(max_length=10, blank=True, db_default="")  # partial date
    replacement = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")
    replacement_note = models.CharField(max_length=300, blank=True, db_default="")
    wish = models.CharField(max_length=16, choices=Wish.choices, db_default=UNKNOWN, default=UNKNOWN)
    wish_reason = models.TextField(blank=True, db_default="")

    bases: "ArrayField[list[str], list[str]]" = ArrayField(
        models.CharField(max_length=10, choices=Base.choices), default=list, blank=True, db_default=[]
    )
    licence = models.CharField(max_length=20, choices=Licence.choices, db_default=UNKNOWN, default=UNKNOWN)
    source_code_url = models.URLField(max_length=300, blank=True, db_default="")
    spdx = models.CharField(max_length=60, blank=True, db_default="")  # "AGPL-3.0-or-later", of open source
    languages = models.CharField(max_length=200, blank=True, db_default="")
    framework = models.CharField(max_length=200, blank=True, db_default="")
    database = models.CharField(max_length=200, blank=True, db_default="")
    developer_unit = models.CharField(max_length=200, blank=True, db_default="")
    operating_unit = models.CharField(max_length=200, blank=True, db_default="")
    other_users = models.CharField(
        max_length=300, blank=True, db_default=""
    )  # who are no agencies: "semua desa"
    vendor = models.CharField(max_length=200, blank=True, db_default="")
    hosting = models.CharField(max_length=24, choices=Hosting.choices, db_default=UNKNOWN, default=UNKNOWN)
    hosting_note = models.CharField(max_length=300, blank=True, db_default="")
    sign_in = models.CharField(max_length=16, choices=SignIn.choices, db_default=UNKNOWN, default=UNKNOWN)
    user_note = models.CharField(max_length=300, blank=True, db_default="")  # number of users and its proof
    users = models.PositiveIntegerField(null=True)
    users_as_of = models.CharField(max_length=10, blank=True, db_default="")

    registration_number = models.CharField(
        max_length=60, blank=True, db_default=""
    )  # TDPSE, Permenkomdigi 5/2025
    registration_date = models.DateField(null=True)
    registration_due = models.DateField(null=True)
    audit_date = models.DateField(null=True)
    audit_result = models.CharField(
        max_length=16, choices=AuditResult.choices, db_default=UNKNOWN, default=UNKNOWN
    )
    audit_due = models.DateField(null=True)
    accessibility = models.CharField(
        max_length=16, choices=Accessibility.choices, db_default=UNKNOWN, default=UNKNOWN
    )
    accessibility_date = models.DateField(null=True)
    contract_until = models.DateField(null=True)  # the nearest end over its versions, kept by their action

    record_state = models.CharField(
        max_length=12, choices=RecordState.choices, db_default="terdaftar", default=RecordState.REGISTERED
    )
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged_from")
    reported_by = models.CharField(
        max_length=200, blank=True, db_default=""
    )  # of a concept: agency or "warga"
    extra = models.JSONField(default=dict, db_default={})  # values of AttributeDefinition by key
    # all words by which lists find it, its owner's names included; kept by the actions
    search_text = models.TextField(blank=True, db_default="", default="")
    # facts that rooms further left or beside push down, so that lists need no joins
    completeness = models.PositiveSmallIntegerField(null=True)  # percent, by registry.scores
    links_count = models.PositiveIntegerField(default=0, db_default=0)  # by registry.links
    created_at = models.DateTimeField(auto_now_add=True, null=True)
    changed_at = models.DateTimeField(null=True, db_default=Now())  # last change of a value here
    attested_at = models.DateTimeField(null=True)  # last attestation that stands, by registry.campaigns

    class Meta:
        db_table = "registry_applications_application"
        ordering = ["name"]
        indexes = [
            models.Index(fields=["audience", "name"], name="application_audience"),
            models.Index(fields=["owner", "name"], name="application_owner"),
            models.Index(fields=["record_state", "name"], name="application_record_state"),
            # the orders of the list of staff, alone and narrowed by what its chips offer
            models.Index("record_state", Lower("name"), "id", name="application_by_name"),
            models.Index("owner", Lower("name"), "id", name="application_owner_by_name"),
            models.Index(
                "record_state", F("changed_at").desc(), F("id").desc(), name="application_by_change"
            ),
            models.Index(
                "record_state", Coalesce("completeness", Value(-1)), "id", name="application_by_completeness"
            ),
            models.Index("life_cycle", Lower("name"), "id", name="application_life_cycle"),
            models.Index("app_class", Lower("name"), "id", name="application_class"),
            models.Index("operator_level", Lower("name"), "id", name="application_level"),
            models.Index("state", Lower("name"), "id", name="application_state"),
            models.Index(  # the counts of the chips come from here alone
                fields=[
                    "record_state",
                    "owner",
                    "life_cycle",
                    "app_class",
                    "operator_level",
                    "state",
                    "hosting",
                ],
                include=["attested_at"],
                name="application_counts",
            ),
            GinIndex(OpClass(Upper("search_text"), name="gin_trgm_ops"), name="application_search_trgm"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(record_state=RecordState.MERGED, merged_into__isnull=False)
                | (~Q(record_state=RecordState.MERGED) & Q(merged_into__isnull=True)),
                name="application_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(replacement__isnull=True) | ~Q(replacement=F("pk")),
                name="application_not_own_replacement",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def works(self) -> bool:
        """May a resident be sent there? Only when a source says that it is in use."""
        return self.state == ApplicationState.IN_USE
