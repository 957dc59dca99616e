"""Where the pages of a trial lead."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

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


def trial_address(page: Page) -> str:
    """Return where the trial of a quiz begins, in the language of a page of it."""
    with override(page.locale.language_code):
        return reverse("trial", args=[page.translation_key])
