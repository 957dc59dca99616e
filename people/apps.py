from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import email_changed, password_reset

        from people.corrections import address_changed
        from people.invitations import confirm_address

        password_reset.connect(confirm_address, dispatch_uid="confirm address")
        email_changed.connect(address_changed, dispatch_uid="another address")
