from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from assessments.closing import REACTION
        from assessments.folds import PROJECTIONS
        from lrs import folding, reactions

        for projection in PROJECTIONS:
            folding.register(projection)
        reactions.register(REACTION)
