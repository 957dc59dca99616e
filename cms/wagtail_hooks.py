"""The CMS itself: hotlines, the editor's style sheet, and less of what nobody here needs."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.deleting import keep_what_is_used
from cms.models import Hotline

_HELP = {"keyboard-shortcuts-trigger"}
# Of Wagtail's own reports: what nobody needs here, and what authors do not.
_REPORTS_HIDDEN = {"page-types-usage"}
_REPORTS_FOR_OTHERS = {"locked-pages", "workflow-tasks", "site-history"}
# wagtail-localize's synchronised translations: here a translation is a page like any other.
_SYNCHRONISED = {"localize-restart-translation", "localize-convert-to-alias"}


class HotlineViewSet(SnippetViewSet):
    model = Hotline
    icon = "mobile-alt"
    menu_label = _("Hotlines")
    menu_order = 310
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name_en", "phone", "check_note", "order"]
    panels = [
        FieldRowPanel(
            [
                FieldPanel(
                    "name_sr",
                    help_text=_("Who answers; in Cyrillic, the Latin script follows by itself."),
                ),
                FieldPanel("name_en", help_text=_("Who answers, for readers of English.")),
            ]
        ),
        FieldPanel("phone", help_text=_("As it is dialled within Serbia.")),
        FieldRowPanel(
            [
                FieldPanel(
                    "note_sr",
                    help_text=_("When it answers, in which languages, what it costs. In Cyrillic."),
                ),
                FieldPanel(
                    "note_en", help_text=_("When it answers, in which languages, what it costs.")
                ),
            ]
        ),
        FieldRowPanel(
            [
                FieldPanel("check_note"),
                FieldPanel("order", help_text=_("The smallest number stands first.")),
            ]
        ),
    ]


register_snippet(HotlineViewSet)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


@hooks.register("construct_help_menu")
def keep_shortcuts_only(request: HttpRequest, items: list[MenuItem]) -> None:
    """News of Wagtail and a guide to another site help nobody."""
    items[:] = [item for item in items if item.name in _HELP]


@hooks.register("construct_reports_menu")
def keep_useful_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    runs_the_site = request.user.has_perm("wagtailcore.change_workflow")
    hidden = _REPORTS_HIDDEN if runs_the_site else _REPORTS_HIDDEN | _REPORTS_FOR_OTHERS
    items[:] = [item for item in items if item.name not in hidden]


@hooks.register("construct_homepage_summary_items")
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """How many pages and pictures there are tells nobody what to do."""
    items.clear()


@hooks.register("construct_page_action_menu")
def no_synchronised_pages(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    items[:] = [item for item in items if item.name not in _SYNCHRONISED]


@hooks.register("construct_snippet_action_menu")
def no_synchronised_snippets(
    items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    items[:] = [item for item in items if item.name not in _SYNCHRONISED]


hooks.register("before_delete_snippet", keep_what_is_used)
