from django.apps import AppConfig


class PutokazConfig(AppConfig):
    """The wiring of the site: joins neighbours that do not know each other."""

    name = "config"
    label = "putokaz"

    def ready(self) -> None:
        from lrs.reading import statements_of
        from people import portability

        portability.register("log", lambda user, actor: statements_of(actor))
