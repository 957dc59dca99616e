"""What statements said about activities and agents: kept apart from the log, made for reading."""

from django.db import models


class ActivityDefinition(models.Model):
    """The newest definition of an activity (xAPI Communication 2.5)."""

    key = models.BigIntegerField(primary_key=True)
    id = models.TextField()
    definition = models.TextField(help_text="As JSON.")

    def __str__(self) -> str:
        return self.id


class AgentName(models.Model):
    """A name under which an agent appeared (xAPI Communication 2.4)."""

    pk = models.CompositePrimaryKey("agent", "name")
    agent = models.BigIntegerField()
    name = models.TextField()

    def __str__(self) -> str:
        return self.name
