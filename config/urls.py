"""Every address of the site. The language prefix is part of it: /en/, /sr/, /sr-latn/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from certificates.offline import views as offline
from certificates.verifying import verify_json
from certificates.wellknown import credential_status, did
from cms.routing import serve as cms_serve
from config.api import api
from config.cms_doors import closed, cms_account, cms_sign_in
from config.demo.mail import demo_mail
from config.views import healthz, page_in_language, robots

# Wagtail's own doors to an account lead to allauth, so that nothing walks around it.
_reset = RedirectView.as_view(pattern_name="account_reset_password")

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("api/v1/", api.urls),
    path("cms/login/", cms_sign_in),
    path("cms/account/", cms_account),
    re_path(r"^cms/password_reset/.*$", _reset),
    # Both would publish past the review; with ordinary translations nothing needs them.
    re_path(r"^cms/localize/(update|page)/", closed),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("verify/offline", RedirectView.as_view(pattern_name="verify_offline")),
    path("verify/offline.json", offline.data, name="offline_data"),
    path("verify/worker.js", offline.worker, name="offline_worker_short"),
    path("verify/<str:code>.json", verify_json, name="verify_json"),
    path("verify/<str:code>/status.json", credential_status, name="credential_status"),
    path(".well-known/did.json", did, name="did"),
    # The short address on paper and in the QR code; the visitor's language is added.
    path(
        "verify/<str:code>", RedirectView.as_view(pattern_name="verify_code"), name="verify_short"
    ),
    path("demo/mail", RedirectView.as_view(pattern_name="demo_mail")),
]
if settings.DEMO:
    # On a production site the web server in front serves uploads.
    urlpatterns.append(
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    )

urlpatterns += i18n_patterns(
    path("in/<int:page_id>/", page_in_language, name="page_in_language"),
    path("account/", include("allauth.urls")),
    path("demo/mail/", demo_mail, name="demo_mail"),
    path("", include("people.urls")),
    path("", include("courses.urls")),
    path("", include("assessments.urls")),
    path("", include("certificates.urls")),
    path("", include("reports.urls")),
    re_path(serve_pattern, cms_serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)

handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
