"""Show a draft as its reader will see it: in its language, and in the script of the mode."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from serbian import page_to_latin

LATIN = "latin"
LATIN_MODE = (LATIN, _("Latin script"))


class InBothScripts:
    """Something with a `locale` that can be previewed: Serbian drafts also in Latin."""

    locale_id: int | None
    locale: Any

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        modes: list[tuple[str, Any]] = [*super().preview_modes]  # type: ignore[misc]
        return [*modes, LATIN_MODE] if self.preview_language == "sr" else modes

    @property
    def preview_language(self) -> str:
        """The language of the draft, whatever the author's."""
        return str(self.locale.language_code) if self.locale_id else "en"


def shown_in(language: str, mode: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what `make` renders in a language; Serbian in Latin if the mode says so."""
    to_latin = mode == LATIN and language == "sr"
    with override("sr-latn" if to_latin else language):
        response = make()
        if isinstance(response, SimpleTemplateResponse):
            response.render()
    if to_latin:
        response.content = page_to_latin(response.content.decode()).encode()
    return response
