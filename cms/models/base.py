"""What every page of the site has in common."""

from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction

from cms.languages import code_of, content_language
from cms.previewing import InBothScripts, shown_in
from cms.published import kept


class BasePage(InBothScripts, Page):
    """A page that can be previewed in the script in which it will be read."""

    card_template: ClassVar[str] = ""  # how the page shows itself on the home page, if it does

    class Meta:
        abstract = True

    @property
    def foreign(self) -> str:
        """The code of the language it is written in, where that is not the reader's; else ""."""
        code = code_of(self.locale_id)
        return "" if code == content_language() else code

    def get_view_restrictions(self) -> "QuerySet[PageViewRestriction]":
        """Return Wagtail's answer; where no page is restricted at all, without asking again."""
        if not kept("restrictions", PageViewRestriction.objects.exists):
            return PageViewRestriction.objects.none()
        restrictions: QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return restrictions

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft. Nothing is recorded, and nothing of the author's own study is shown."""
        return shown_in(self.preview_language, mode_name, lambda: self._preview(request, mode_name))

    def _preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        # A room that serves its pages by a view of its own previews them in the same way.
        for preview in hooks.get_hooks("serve_page_preview"):
            response: HttpResponse | None = preview(self, request)
            if response is not None:
                return response
        served: HttpResponse = super().serve_preview(request, mode_name)
        return served
