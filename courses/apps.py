from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.published import watch
        from courses import personal
        from courses.folds import PROJECTIONS
        from courses.models import Edition
        from lrs import folding
        from people import erasure, portability
        from people.models import Profession

        watch(Edition, Profession)
        for projection in PROJECTIONS:
            folding.register(projection)
        portability.register("enrolments", personal.collect)
        erasure.register("courses", personal.forget)
