"""What every page of the site has in common."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class BasePage(Page):
    """A page that can be previewed in the script in which it will be read."""

    card_template: ClassVar[str] = ""  # how the page shows itself on the home page, if it does

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        modes = [*super().preview_modes]
        if self.locale_id and self.locale.language_code == "sr":
            modes.append(("latin", _("Latin script")))
        return modes
