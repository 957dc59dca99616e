from django.apps import AppConfig


class LrsConfig(AppConfig):
    name = "lrs"
    default_auto_field = "django.db.models.BigAutoField"
