"""Home, help and plain pages."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks.body import TEXT_BLOCKS
from cms.models.base import BasePage
from cms.models.settings import Hotline
from cms.published import kept


class HomePage(BasePage):
    """The front door: what this is, and where to go by profession."""

    max_count_per_parent = 2
    parent_page_types = ["wagtailcore.Page"]
    template = "cms/home_page.html"
    headline = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(_("lead"), max_length=400)

    content_panels = [
        *Page.content_panels,
        FieldPanel("headline", help_text=_("One sentence that says what this site is for.")),
        FieldPanel(
            "lead",
            help_text=_("Two or three sentences: for whom, how long it takes, what one gets."),
        ),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Pages further down that can show themselves as a card are featured: courses do."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["featured"] = kept(("featured", self.pk), self._featured)
        return context

    def _featured(self) -> list[Page]:
        pages = Page.objects.live().descendant_of(self).filter(depth__lte=self.depth + 2)
        return [page for page in pages.specific() if getattr(page, "card_template", "")]


class HelpPage(BasePage):
    """Where somebody who needs help finds it: hotlines first."""

    max_count_per_parent = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    template = "cms/help_page.html"
    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"])
    body = StreamField(TEXT_BLOCKS, verbose_name=_("body"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel(
            "introduction",
            help_text=_("What somebody in need should know first; the numbers stand below it."),
        ),
        FieldPanel("body", help_text=_("Below the numbers: what else helps.")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("help page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["hotlines"] = Hotline.objects.all()
        return context


class TextPage(BasePage):
    """A page of text, such as the privacy notice."""

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    template = "cms/text_page.html"
    body = StreamField(TEXT_BLOCKS, verbose_name=_("body"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("body", help_text=_("The text of the page.")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("page of text")
