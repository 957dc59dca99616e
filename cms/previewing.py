"""Show a draft as its reader will see it: in its language, and in the script of the mode."""

from collections.abc import Callable

from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from serbian import page_to_latin

LATIN = "latin"
LATIN_MODE = (LATIN, _("Latin script"))


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
