from typing import Any

from django.core.management.base import BaseCommand

from config.roles import sync_roles


class Command(BaseCommand):
    help = "Give every role exactly its rights in the CMS, and put the legal review in place."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_roles()
        self.stdout.write("roles have their rights; the legal review is in place")
