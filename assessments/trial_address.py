"""Where the trial of a quiz begins: pages of the CMS lead there."""

from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page


def trial_address(page: Page) -> str:
    """Return the address in the language of a page of the quiz."""
    with override(page.locale.language_code):
        return reverse("trial", args=[page.translation_key])
