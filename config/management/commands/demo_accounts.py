from typing import Any

from django.core.management.base import BaseCommand

from config.demo.accounts import DEMO_SECRET, DEMO_TOKEN, demo_client_id, shown_accounts
from config.demo.loader import require_demo


class Command(BaseCommand):
    help = "Print the demo's accounts, one for each role."

    def handle(self, *args: Any, **options: Any) -> None:
        require_demo()
        for account in shown_accounts():
            code = "  code at /demo/mail" if account.needs_code else ""
            self.stdout.write(f"  {account.role:38} {account.email:28} {account.password}{code}")
        self.stdout.write(f"  {'machine client, /api/v1/completions':38} Bearer {DEMO_TOKEN}")
        own = f"{demo_client_id()} / {DEMO_SECRET}"
        self.stdout.write(f"  {'the same by OAuth 2, /api/v1/token':38} {own}")
