from django.apps import AppConfig


class PutokazConfig(AppConfig):
    """The wiring of the site: joins neighbours that do not know each other."""

    name = "config"
    label = "putokaz"
