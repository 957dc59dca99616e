"""How a quiz is sat: which attempt counts, when one is told, how one goes through the paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Counting(models.TextChoices):
    """Which of several attempts counts as the result."""

    HIGHEST = "highest", _("the best")
    LAST = "last", _("the last")
    FIRST = "first", _("the first")


class Feedback(models.TextChoices):
    """When a learner is told what is right."""

    DEFERRED = "deferred", _("after the attempt")
    IMMEDIATE = "immediate", _("after each question")


class Navigation(models.TextChoices):
    """How a learner goes through a paper."""

    FREE = "free", _("freely: all questions at once, in any order")
    SEQUENTIAL = "sequential", _("one question after the other, and never back")


class Confidence(models.IntegerChoices):
    """How sure somebody was of an answer."""

    GUESSED = 1, _("Not sure")
    FAIRLY = 2, _("Fairly sure")
    SURE = 3, _("Sure")
