import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from people.clients import issue_token
from people.models import Institution, Mandate, Profession


class Command(BaseCommand):
    help = "Make a machine client with its mandate; prints its token once, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--institution", action="append", required=True, help="Key of a root.")
        parser.add_argument("--profession", action="append", required=True, help="Key.")
        parser.add_argument("--identified", action="store_true", help="May see names.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        institutions = Institution.objects.filter(key__in=options["institution"])
        professions = Profession.objects.filter(key__in=options["profession"])
        if len(institutions) < len(options["institution"]):
            raise CommandError("there is no institution with one of these keys")
        if len(professions) < len(options["profession"]):
            raise CommandError("there is no profession with one of these keys")
        client, token = issue_token(name=options["name"])
        mandate = Mandate.objects.create(
            name=options["name"],
            client=client,
            valid_from=timezone.localdate(),
            identified=options["identified"],
        )
        mandate.institutions.set(institutions)
        mandate.professions.set(professions)
        self.stdout.write(json.dumps({"client": str(client.key), "token": token}))
