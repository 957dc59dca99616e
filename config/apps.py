from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PutokazConfig(AppConfig):
    """The wiring of the site: joins neighbours that do not know each other."""

    name = "config"
    label = "putokaz"

    def ready(self) -> None:
        from config import checks  # noqa: F401 (registers what a production site refuses)
        from config.forgetting import forget_in_cms
        from config.log_people import actor_with, forget_in_log
        from lrs.actors import register_resolver
        from lrs.reading import statements_of
        from people import erasure, portability

        portability.register("log", lambda user, actor: statements_of(actor))
        erasure.register("cms", forget_in_cms)
        erasure.register("log", forget_in_log)
        register_resolver(actor_with)


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's accounts, as this site keeps them: see `people.accounts_admin`."""

    user_viewset = "people.accounts_admin.AccountViewSet"
