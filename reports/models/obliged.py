"""Who is obliged to take a course, as an institution has said it."""

import uuid

from django.db import models

from people.models import Mandate


class ObligedList(models.Model):
    """A list of the obliged: seen by the holder of its mandate, and thrown away after `ends_on`.

    Any of the courses will do, in any edition. What was completed before `counts_from` does not.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    courses = models.JSONField(help_text="Keys of courses.")
    counts_from = models.DateField(null=True)
    due_on = models.DateField()
    ends_on = models.DateField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ObligedUpload(models.Model):
    """A file that was read. It is the list once it was confirmed, in place of an earlier one.

    `refused` says for each line that was not taken its number, why, and which line it repeats.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    obliged = models.ForeignKey(ObligedList, on_delete=models.CASCADE, related_name="uploads")
    read_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    refused = models.JSONField(default=list)
    added = models.PositiveIntegerField(null=True)
    gone = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.key}"


class ObligedPerson(models.Model):
    """A line of the file: what the institution says about somebody; empty once erased."""

    upload = models.ForeignKey(ObligedUpload, on_delete=models.CASCADE, related_name="people")
    line = models.PositiveIntegerField()
    email = models.CharField(max_length=254, blank=True, db_index=True)
    personnel_number = models.CharField(max_length=40, blank=True, db_index=True)
    name = models.CharField(max_length=150, blank=True)
    institution = models.CharField(max_length=200, blank=True)
    institution_key = models.UUIDField(null=True)
    profession = models.CharField(max_length=100, blank=True)
    profession_key = models.CharField(max_length=50, blank=True)
    function = models.CharField(max_length=100, blank=True)
    is_erased = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("upload", "line", name="one_person_a_line")]

    def __str__(self) -> str:
        return f"{self.line}"
