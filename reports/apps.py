from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from datetime import timedelta

        from lrs import rounds, watching
        from people import corrections, erasure, portability
        from reports.disclosures import personal
        from reports.noticing import WATCH, tell_corrected, tell_erased
        from reports.pruning import prune_if_set
        from reports.saved import keeping
        from reports.webhooks.delivery import deliver_due

        watching.register(WATCH)
        rounds.register(
            rounds.Round("webhooks", timedelta(seconds=10), lambda at: deliver_due(at=at))
        )
        rounds.register(
            rounds.Round("prune_feed", timedelta(days=1), lambda at: prune_if_set(at=at))
        )
        erasure.register("reports", tell_erased)
        corrections.register("reports", tell_corrected)
        erasure.register("saved reports", keeping.forget)
        portability.register("saved reports", keeping.collect)
        erasure.register("disclosures", personal.forget)
        portability.register("disclosures", personal.collect)
