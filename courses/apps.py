from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from courses import personal
        from courses.folds import PROJECTIONS
        from lrs import folding
        from people import erasure, portability

        for projection in PROJECTIONS:
            folding.register(projection)
        portability.register("enrolments", personal.collect)
        erasure.register("courses", personal.forget)
