"""What this room adds to Wagtail."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from certificates.bundles import views as bundles
from certificates.register_pages import views as register_pages
from certificates.sheet_templates.views import sample_pdf
from certificates.sheet_templates.viewset import CertificateTemplateViewSet


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        path(
            "cohorts/<int:pk>/certificates/",
            bundles.cohort_certificates,
            name="cohort_certificates",
        ),
        path("cohorts/<int:pk>/certificates/begin/", bundles.begin, name="begin_bundle"),
        path(
            "cohorts/<int:pk>/certificates/<uuid:key>/give-up/",
            bundles.give_up,
            name="give_up_bundle",
        ),
        path(
            "cohorts/<int:pk>/certificates/<uuid:key>/file/",
            bundles.download,
            name="download_bundle",
        ),
        path(
            "certificate-templates/<int:pk>/sample/<str:name>/",
            sample_pdf,
            name="sample_certificate",
        ),
        path("certificates/", register_pages.register, name="certificate_register"),
        path("certificates/<uuid:key>/", register_pages.certificate, name="certificate_in_cms"),
        path("certificates/<uuid:key>/file/", register_pages.paper, name="certificate_paper"),
        path("certificates/<uuid:key>/decide/", register_pages.decide, name="decide_certificate"),
    ]


class RegisterMenuItem(MenuItem):
    """Shown to whoever may correct and revoke."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(register_pages.PERMISSION)


@hooks.register("register_reports_menu_item")
def the_register() -> MenuItem:
    return RegisterMenuItem(
        gettext_lazy("Certificates"),
        reverse_lazy("certificate_register"),
        icon_name="doc-full",
        order=800,
    )


register_snippet(CertificateTemplateViewSet)
