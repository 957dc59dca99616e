"""The head of a page of ours in the CMS: its title and icon, and the way there from the start."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise


def head(
    title: Words, icon: str, *way: tuple[str, Words], here: Words = "", below: Words = ""
) -> dict[str, Any]:
    """Return what Wagtail's templates show above a page.

    `way` has address and words of each page between the first one and this. The last step is the
    title, or `here` in its place; `below` stands under it in smaller type.
    """
    steps = [(reverse("wagtailadmin_home"), _("Home")), *way]
    last = {"url": "", "label": here or title, **({"sublabel": below} if below else {})}
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [*({"url": url, "label": words} for url, words in steps), last],
    }
