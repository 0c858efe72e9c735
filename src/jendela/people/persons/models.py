"""A person for whom an account asks for services."""

from django.conf import settings
from django.db import models

from jendela.common.encryption import EncryptedTextField
from jendela.people.persons.choices import Relation


class Person(models.Model):
    """Name, identity number and birth date lie encrypted; the hash finds a number again without opening it. A removed
    person can be brought back for a day, then the row is deleted."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="persons")
    name = EncryptedTextField()
    nik = EncryptedTextField(blank=True)
    nik_hash = models.CharField(max_length=64, blank=True, db_index=True)
    nik_masked = models.CharField(max_length=16, blank=True)  # 620206******0001
    birth_date = EncryptedTextField(blank=True)  # 1990-08-17
    relation = models.CharField(max_length=10, choices=Relation.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_persons_person"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "nik_hash"],
                condition=models.Q(removed_at__isnull=True) & ~models.Q(nik_hash=""),
                name="person_nik_once_an_account",
            )
        ]

    def __str__(self) -> str:
        return f"person {self.pk} of account {self.account_id}"
