"""Certificates as issued: stored once and never made again."""

import hashlib
import secrets
import uuid
from datetime import date
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from wagtail.models import Revision

from certificates.models.register import ACHIEVEMENT
from serbian import fold

# Crockford's letters: none that look alike, so that a code can be read out on the telephone.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def private_storage() -> Storage:
    """Files that no address leads to; a view checks rights first."""
    return storages["private"]


def new_code() -> str:
    """Return an unguessable code of 60 bits, in three groups."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def code_digest(code: str) -> str:
    """Return what a code is looked up by: how long that takes tells nothing about the letters."""
    return hashlib.sha256(code.encode()).hexdigest()


class Sheet(models.Model):
    """A certificate as issued: every field on the paper, and the file itself.

    `template_revision` is the template as it was then; without one the words are as usual.
    What replaces a sheet is another of the same enrolment, of the next generation: a correction
    says in `corrects` the serial of the old one; a renewal was brought by `refresher_registration`,
    the enrolment in a short refresher. What it says of the refresher stays on its corrections, too.
    `modules` is
    `[{"key", "title": {"en", "sr"}, "minutes"}]`, in the order of study. Without `sha256` it is not
    sealed yet: whoever holds the lease is at it.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    registration = models.UUIDField(db_index=True)
    generation = models.PositiveIntegerField(default=1)
    replaces = models.UUIDField(null=True, unique=True)
    corrects = models.CharField(max_length=30, blank=True)
    refresher_registration = models.UUIDField(null=True, unique=True)
    renewed_on = models.DateField(null=True)
    refresher_key = models.UUIDField(null=True)
    refresher_edition = models.PositiveIntegerField(null=True)
    refresher_title_en = models.CharField(max_length=255, blank=True)
    refresher_title_sr = models.CharField(max_length=255, blank=True)
    refresher_minutes = models.PositiveIntegerField(null=True)
    serial = models.CharField(max_length=30, unique=True)
    code = models.CharField(max_length=20, unique=True, default=new_code)
    code_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    name_cyrillic = models.CharField(max_length=200, blank=True)
    name_latin = models.CharField(max_length=200, blank=True)
    name_folded = models.CharField(
        max_length=420, blank=True, editable=False, help_text="For a search without accents."
    )
    course_title_en = models.CharField(max_length=255)
    course_title_sr = models.CharField(max_length=255)
    course_key = models.UUIDField(null=True)
    certificate_class = models.CharField(max_length=20, default=ACHIEVEMENT)
    score_band = models.CharField(max_length=20, blank=True)
    modules = models.JSONField(default=list)
    edition = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    law_as_of = models.DateField()
    completed_on = models.DateField()
    valid_until = models.DateField(null=True)
    issuer = models.CharField(max_length=200, default="Putokaz")
    template_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField()
    file = models.FileField(upload_to="certificates/%Y/%m", storage=private_storage, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    credential = models.TextField(blank=True, help_text="The same as data: a VC-JWT.")
    badge = models.TextField(blank=True, help_text="The same as data: JSON-LD with its proof.")
    share_token = models.CharField(max_length=40, blank=True, db_index=True)
    lease = models.CharField(max_length=40, blank=True)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("registration", "generation", name="one_sheet_a_generation")
        ]

    def __str__(self) -> str:
        return self.serial

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.code_sha256 = code_digest(self.code)
        self.name_folded = fold(f"{self.name_latin} {self.name_cyrillic}".strip())
        super().save(*args, **kwargs)

    @property
    def issued_on(self) -> date:
        """The day of issue, in Serbia."""
        return timezone.localdate(self.issued_at)


class SerialCounter(models.Model):
    """The last serial number given in a year. Serials are for reading, codes for proving."""

    year = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
