"""The register, folded from `earned`; and the sheets, stored once and never made again."""

import secrets
import uuid

from django.core.files.storage import Storage, storages
from django.db import models

from lrs.models import ProjectedRow

# Crockford's letters: none that look alike, so that a code can be read out on the telephone.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def private_storage() -> Storage:
    """Files that no address leads to; a view checks rights first."""
    return storages["private"]


def new_code() -> str:
    """Return an unguessable code of 60 bits, in three groups."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


class Certificate(ProjectedRow):
    """The register: what was earned, by whom, and the fingerprint of the file."""

    natural_key_fields = ("key",)

    key = models.UUIDField(primary_key=True)
    registration = models.UUIDField(db_index=True)
    actor = models.UUIDField(null=True, db_index=True)
    course_key = models.UUIDField(null=True)
    edition = models.PositiveIntegerField(null=True)
    serial = models.CharField(max_length=30, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, blank=True)
    minutes = models.PositiveIntegerField(null=True)
    earned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.serial


class Sheet(models.Model):
    """A certificate as issued: every field on the paper, and the file itself."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    registration = models.UUIDField(unique=True)
    serial = models.CharField(max_length=30, unique=True)
    code = models.CharField(max_length=20, unique=True, default=new_code)
    name_cyrillic = models.CharField(max_length=200, blank=True)
    name_latin = models.CharField(max_length=200, blank=True)
    course_title_en = models.CharField(max_length=255)
    course_title_sr = models.CharField(max_length=255)
    edition = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    law_as_of = models.DateField()
    completed_on = models.DateField()
    issuer = models.CharField(max_length=200, default="Putokaz")
    issued_at = models.DateTimeField()
    file = models.FileField(upload_to="certificates/%Y/%m", storage=private_storage)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.serial


class SerialCounter(models.Model):
    """The last serial number given in a year. Serials are for reading, codes for proving."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
