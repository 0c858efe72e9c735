"""What an application has several of: people, uses, functions, versions, costs, approvals, legal bases, interfaces,
extra attributes, old addresses."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jendela.common.encryption import EncryptedTextField
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import (
    ApprovalStep,
    CostKind,
    Grade,
    LegalKind,
    PersonRole,
    UseState,
    ValueKind,
    Visibility,
)
from jendela.registry.applications.models.application import Application

BUSINESS = "RAB"  # business processes: what an application does; codes of other trees say how it is built


class FunctionNode(models.Model):
    """One entry of a reference tree (RAB, RAL, RAD, RAA …, Perpres 132/2022), loaded from a table; levels 1 and 2 are
    national, deeper ones local."""

    code = models.CharField(max_length=30, primary_key=True)  # "RAB.06.01"
    tree = models.CharField(max_length=3, db_index=True)  # "RAB"
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    keywords = models.TextField(blank=True)  # for suggestions, separated by commas
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    citation = models.CharField(max_length=200)

    class Meta:
        db_table = "registry_applications_function_node"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_business(self) -> bool:
        """May it be the main function of an application?"""
        return self.tree == BUSINESS


class ApplicationFunction(models.Model):
    """A function that an application has. Only confirmed ones count in overlap and cost per function."""

    DERIVED: ClassVar[dict[str, object]] = {"confirmed_at": None}  # a suggestion
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="functions")
    node = models.ForeignKey(FunctionNode, on_delete=models.PROTECT, related_name="applications")
    main = models.BooleanField(default=False)
    probability = models.FloatField(null=True)  # of a suggestion; null: a person chose it
    confirmed_by = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_applications_function"
        constraints = [
            models.UniqueConstraint(fields=["application", "node"], name="application_function_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(main=True), name="application_function_one_main"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.node_id}"


class ApplicationUse(models.Model):
    """An agency uses an application, apart from owning it. Said by one side, answered by the agency."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="uses")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="application_uses")
    state = models.CharField(max_length=16, choices=UseState.choices)
    said_by = models.CharField(max_length=200)  # "Kementerian Dalam Negeri", "Diskominfo", the agency itself
    said_at = models.DateTimeField()
    source = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "registry_applications_use"
        constraints = [models.UniqueConstraint(fields=["application", "agency"], name="application_use_once")]
        indexes = [models.Index(fields=["agency", "state"], name="application_use_agency")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.application_id} {self.state}"


class ApplicationPerson(models.Model):
    """Who answers for it. Rows end, they are not deleted. Phone and e-mail lie encrypted."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="people")
    role = models.CharField(max_length=20, choices=PersonRole.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="application_roles"
    )
    name = models.CharField(max_length=120)
    position = models.CharField(max_length=120, blank=True)
    email = EncryptedTextField(blank=True)
    phone = EncryptedTextField(blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "registry_applications_person"
        indexes = [
            models.Index(fields=["application", "role"], name="application_person_role"),
            models.Index(fields=["user"], name="application_person_user"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.role}"


class Version(models.Model):
    """A version with its contract (rules 4.6)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="versions")
    number = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField(null=True)
    current = models.BooleanField(default=False)
    inputs = models.TextField(blank=True)
    outputs = models.TextField(blank=True)
    vendor = models.CharField(max_length=200, blank=True)
    contract_number = models.CharField(max_length=100, blank=True)
    contract_from = models.DateField(null=True)
    contract_until = models.DateField(null=True)
    contract_value = models.DecimalField(max_digits=16, decimal_places=2, null=True)  # rupiah
    fund = models.CharField(max_length=120, blank=True)  # sumber dana
    vendor_contact = models.CharField(max_length=200, blank=True, db_default="", default="")  # of its office
    processor = models.CharField(max_length=120, blank=True, db_default="", default="")
    memory = models.CharField(max_length=120, blank=True, db_default="", default="")
    storage = models.CharField(max_length=120, blank=True, db_default="", default="")
    operating_system = models.CharField(max_length=120, blank=True, db_default="", default="")
    web_server = models.CharField(max_length=120, blank=True, db_default="", default="")
    server = models.CharField(max_length=300, blank=True)  # what else is said of the machine, in words
    note = models.TextField(blank=True)

    class Meta:
        db_table = "registry_applications_version"
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(current=True), name="version_one_current"
            ),
            models.CheckConstraint(
                condition=Q(contract_until__isnull=True)
                | Q(contract_from__isnull=True)
                | Q(contract_until__gte=F("contract_from")),
                name="version_contract_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.number}"


class Cost(models.Model):
    """What it cost in a year, by kind. No row means that nobody told us, never that it cost nothing."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="costs")
    version = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="costs")
    kind = models.CharField(max_length=16, choices=CostKind.choices)
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)  # rupiah
    fund = models.CharField(max_length=120, blank=True)
    stated_by = models.CharField(max_length=200)
    stated_at = models.DateTimeField()
    source = models.CharField(max_length=300, blank=True)
    grade = models.CharField(max_length=1, choices=Grade.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "registry_applications_cost"
        ordering = ["-year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["application", "year", "kind"], name="cost_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="cost_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind} {self.year}"


class Approval(models.Model):
    """A dated decision on the life of an application; the last positive one of its kind is the state (RIHA)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="approvals")
    step = models.CharField(max_length=16, choices=ApprovalStep.choices)
    positive = models.BooleanField()
    date = models.DateField()
    number = models.CharField(max_length=100, blank=True)  # of the letter
    decided_by = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    document_url = models.URLField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "registry_applications_approval"
        ordering = ["-date", "-id"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.step} {self.date}"


class LegalBasis(models.Model):
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="legal_bases")
    kind = models.CharField(max_length=8, choices=LegalKind.choices)
    words = models.CharField(max_length=300)  # "Peraturan Bupati Nomor 12 Tahun 2022 tentang …"
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        db_table = "registry_applications_legal_basis"
        ordering = ["kind", "id"]

    def __str__(self) -> str:
        return self.words


class Interface(models.Model):
    """An API of an application and its state on the service bus (SPLP)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interfaces")
    name = models.CharField(max_length=120)
    standard = models.CharField(max_length=60, blank=True)  # "REST, OpenAPI 3.1"
    url = models.URLField(max_length=300, blank=True)
    documentation_url = models.URLField(max_length=300, blank=True)
    on_bus = models.BooleanField(null=True)  # published on the SPLP; null: not known
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "registry_applications_interface"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["application", "name"], name="interface_once")]

    def __str__(self) -> str:
        return self.name


class AttributeDefinition(models.Model):
    """An extra attribute that Kominfo adds without code; its values are in `Application.extra`."""

    key = models.SlugField(max_length=30, unique=True)
    label = models.CharField(max_length=120)
    hint = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=8, choices=ValueKind.choices)
    choices = models.JSONField(default=list)  # words, for a choice
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.GOVERNMENT)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)  # no longer asked; values stay

    class Meta:
        db_table = "registry_applications_attribute"
        ordering = ["position", "label"]

    def __str__(self) -> str:
        return self.label


class FormerSlug(models.Model):
    """An old address of an application: after a merge or a renaming it leads to the one that stands."""

    slug = models.SlugField(max_length=120, primary_key=True)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        db_table = "registry_applications_former_slug"

    def __str__(self) -> str:
        return self.slug
