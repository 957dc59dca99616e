from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certificates"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from certificates.folds import PROJECTION
        from certificates.issuing import REACTION
        from lrs import folding, reactions

        folding.register(PROJECTION)
        reactions.register(REACTION)
