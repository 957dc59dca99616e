import json
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people.clients import issue_key
from people.models import ClientKey, Institution, MachineClient, Mandate, Profession
from people.networks import validate_networks


class Command(BaseCommand):
    help = "Make a machine client with its mandate; prints its keys once, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", help="Which system of which institution.")
        parser.add_argument(
            "--institution",
            action="append",
            default=[],
            help="Key or exact name of an institution: it and everything below it.",
        )
        parser.add_argument("--profession", action="append", default=[], help="Key.")
        parser.add_argument("--identified", action="store_true", help="May see names.")
        parser.add_argument(
            "--exact-results", action="store_true", help="May see results in per cent."
        )
        parser.add_argument(
            "--secret",
            action="store_true",
            help="OAuth 2: print client id and secret in place of a long-lived token.",
        )
        parser.add_argument(
            "--network",
            action="append",
            default=[],
            help="Whence it may come, in CIDR notation; without, from everywhere.",
        )
        parser.add_argument(
            "--list", action="store_true", help="Print institutions and professions with keys."
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if options.get("list"):
            self._list()
            return
        if not (options["name"] and options["institution"] and options["profession"]):
            raise CommandError("say NAME, --institution and --profession; --list shows what is")
        if MachineClient.objects.filter(name=options["name"]).exists():
            raise CommandError(f"there is a client “{options['name']}” already")
        institutions = [_institution(said) for said in options["institution"]]
        professions = [_profession(said) for said in options["profession"]]
        networks = _networks(options.get("network", []))
        client = MachineClient.objects.create(name=options["name"], networks=networks)
        mandate = Mandate.objects.create(
            name=options["name"],
            client=client,
            valid_from=timezone.localdate(),
            identified=options.get("identified", False),
            exact_results=options.get("exact_results", False),
        )
        mandate.institutions.set(institutions)
        mandate.professions.set(professions)
        self.stdout.write(json.dumps(_key(client, options.get("secret", False))))

    def _list(self) -> None:
        for institution in Institution.objects.order_by("path"):
            indent = "  " * (institution.depth - 1)
            name = " / ".join(filter(None, [institution.name_sr, institution.name_en]))
            self.stdout.write(f"{institution.key}  {indent}{name}")
        for profession in Profession.objects.order_by("order"):
            self.stdout.write(f"{profession.key:36}  {profession.name_sr} / {profession.name_en}")


def _key(client: MachineClient, is_secret: bool) -> dict[str, str]:
    kind = ClientKey.Kind.SECRET if is_secret else ClientKey.Kind.TOKEN
    words = issue_key(client=client, kind=kind, at=timezone.now()).words
    if is_secret:
        return {"client_id": client.client_id, "client_secret": words}
    return {"client": client.client_id, "token": words}


def _networks(said: list[str]) -> str:
    text = "\n".join(said)
    try:
        validate_networks(text)
    except ValidationError as error:
        raise CommandError(error.messages[0]) from error
    return text


def _institution(said: str) -> Institution:
    try:
        wanted = Q(key=UUID(said))
    except ValueError:
        wanted = Q(name_sr=said) | Q(name_en=said)
    found = list(Institution.objects.filter(wanted)[:2])
    if len(found) != 1:
        what = "more than one institution is called" if found else "there is no institution"
        raise CommandError(f"{what} “{said}”; api_client --list shows all of them with their keys")
    return found[0]


def _profession(said: str) -> Profession:
    profession = Profession.objects.filter(key=said).first()
    if profession is None:
        raise CommandError(
            f"there is no profession “{said}”; api_client --list shows all of them with their keys"
        )
    return profession
