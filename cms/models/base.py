"""What every page of the site has in common."""

from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction


class BasePage(Page):
    """A page that can be previewed in the script in which it will be read."""

    card_template: ClassVar[str] = ""  # how the page shows itself on the home page, if it does

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> "QuerySet[PageViewRestriction]":
        """Return Wagtail's answer; one short query where no page is restricted at all."""
        if not PageViewRestriction.objects.exists():
            return PageViewRestriction.objects.none()
        restrictions: QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return restrictions

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        modes = [*super().preview_modes]
        if self.locale_id and self.locale.language_code == "sr":
            modes.append(("latin", _("Latin script")))
        return modes
