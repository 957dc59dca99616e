from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import Locale, Page, PageViewRestriction, Site

        from cms.models import Hotline, SiteSettings
        from cms.published import watch

        watch(Page, PageViewRestriction, Locale, Site, SiteSettings, Hotline)
        watch(get_image_model(), get_document_model())
