from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from lrs import watching
        from people import corrections, erasure, portability
        from reports.coverage import personal
        from reports.noticing import WATCH, tell_corrected, tell_erased

        watching.register(WATCH)
        erasure.register("reports", tell_erased)
        erasure.register("coverage", personal.forget)
        portability.register("obliged to take a course", personal.collect)
        corrections.register("reports", tell_corrected)
