from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses.folds import PROJECTIONS
        from lrs.folding import register

        for projection in PROJECTIONS:
            register(projection)
