"""Every address of the site. The language prefix is part of it: /en/, /sr/, /sr-latn/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

urlpatterns += i18n_patterns(
    path("account/", include("allauth.urls")),
    path("", include(wagtail_urls)),
)
