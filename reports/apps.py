from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lrs import watching
        from people import corrections, erasure, portability
        from reports.disclosures import personal
        from reports.noticing import WATCH, tell_corrected, tell_erased

        watching.register(WATCH)
        erasure.register("reports", tell_erased)
        corrections.register("reports", tell_corrected)
        erasure.register("disclosures", personal.forget)
        portability.register("disclosures", personal.collect)
