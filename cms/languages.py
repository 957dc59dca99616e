"""The language of the content behind the active language: both Serbian scripts have one."""

from django.utils.translation import get_language


def content_language() -> str:
    """Return the code of the Wagtail locale that the active language reads: "en" or "sr"."""
    return (get_language() or "en").split("-")[0]
