"""Where somebody stopped reading. An ordinary row: no event, and nobody else's business."""

from django.db import models


class StudyPlace(models.Model):
    registration = models.UUIDField()
    activity_key = models.UUIDField()
    position = models.PositiveSmallIntegerField(default=0, help_text="Per mille of the page.")
    video = models.JSONField(default=dict, help_text="Second by video block.")
    version = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("registration", "activity_key", name="one_place_each"),
            models.CheckConstraint(condition=models.Q(position__lte=1000), name="place_per_mille"),
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.activity_key}"
