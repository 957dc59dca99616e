"""Where the pages of a trial lead."""

from uuid import UUID

from django.urls import reverse

from assessments.ways import Ways


def ways_of_trial(quiz: UUID, trial: UUID) -> Ways:
    """Return the ways of a trial; "begin" draws another paper."""
    names = ("paper", "save", "mark", "submit", "unanswered", "result")
    addresses = {name: reverse(f"trial_{name}", args=[quiz, trial]) for name in names}
    return Ways(
        front=reverse("trial", args=[quiz]),
        begin=reverse("trial_again", args=[quiz, trial]),
        **addresses,
    )
