"""What this room adds to Wagtail: who received what, for whoever watches over data protection."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from reports.disclosures import views


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path("disclosures/", views.disclosures, name="disclosures"),
        path("disclosures.csv", views.disclosures_csv, name="disclosures_csv"),
    ]


class DisclosuresMenuItem(MenuItem):
    """Shown to data protection officers and administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(views.PERMISSION)


@hooks.register("register_reports_menu_item")
def who_received_what() -> MenuItem:
    return DisclosuresMenuItem(
        gettext_lazy("Who received what"),
        reverse_lazy("disclosures"),
        icon_name="download",
        order=850,
    )
