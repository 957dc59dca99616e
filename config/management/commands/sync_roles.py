from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.roles import sync_roles
from config.site_address import sync_site_address


class Command(BaseCommand):
    help = "Give roles their rights, the legal review its place, the site its address."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_roles()
        sync_site_address()
        words = "roles have their rights; the legal review is in place; the address is"
        self.stdout.write(f"{words} {settings.SITE_URL}")
