"""What was promised: a numbered, frozen outline with its rule, hours and law-as-of date."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """An edition never changes. Another outline, rule, length or date makes another edition,
    and so does another course that it is a short refresher of.

    `outline` is `{"modules": [{"key", "activities": [{"key", "kind", "required", "minutes"}]}]}`;
    `rule` is `{"complete": "all required", "result": [keys whose score is the result]}`.
    """

    course_key = models.UUIDField(_("course"))
    number = models.PositiveIntegerField(_("number"))
    outline = models.JSONField()
    rule = models.JSONField()
    minutes = models.PositiveIntegerField(_("minutes"))
    law_as_of = models.DateField(_("law as of"))
    refresher_of = models.UUIDField(
        null=True, help_text="The key of the course whose certificate it renews."
    )
    published_at = models.DateTimeField(_("published"))

    class Meta:
        ordering = ["course_key", "-number"]
        constraints = [models.UniqueConstraint("course_key", "number", name="one_edition_number")]
        permissions = [("publish_edition", "Can publish an edition of a course")]

    def __str__(self) -> str:
        return f"{self.course_key} #{self.number}"

    @property
    def modules(self) -> list[dict[str, Any]]:
        modules: list[dict[str, Any]] = self.outline["modules"]
        return modules

    def activities(self) -> Iterator[dict[str, Any]]:
        """Yield the activities in the order of study."""
        for module in self.modules:
            yield from module["activities"]

    def activity(self, key: UUID) -> dict[str, Any] | None:
        """Return the activity with this key, or None if the edition does not hold it."""
        return next((a for a in self.activities() if a["key"] == str(key)), None)

    def required_keys(self) -> set[UUID]:
        """Return the keys of what must be done to complete the course."""
        return {UUID(a["key"]) for a in self.activities() if a["required"]}

    def result_keys(self) -> list[UUID]:
        """Return the keys of the activities whose score is the result of the course."""
        return [UUID(key) for key in self.rule["result"]]
