import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from lrs.credentials import CredentialRefused, Issued, create, revoke, rotate, state_of
from lrs.models import Credential


class Command(BaseCommand):
    help = "Make, list, renew and revoke credentials of the record store; a secret is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        make = actions.add_parser("create", help="Make one; prints key and secret as JSON.")
        make.add_argument("name", help="Which system, or whose.")
        make.add_argument(
            "--scope",
            action="append",
            required=True,
            help=f"May be given more than once: {', '.join(Credential.Scope.values)}.",
        )
        make.add_argument("--registration", help="Only this registration (UUID).")
        make.add_argument("--agent", help="Only this agent (JSON).")
        make.add_argument("--activity-prefix", default="", help="Only activities below this IRI.")
        make.add_argument("--expires", help="The moment it ends (ISO 8601).")
        actions.add_parser("list", help="Print all of them, one line of JSON each.")
        renew = actions.add_parser("rotate", help="Make a new secret; the old one ends.")
        renew.add_argument("key")
        actions.add_parser("revoke", help="End one for good.").add_argument("key")

    def handle(self, *args: Any, **options: Any) -> None:
        actions: dict[str, Callable[[dict[str, Any]], None]] = {
            "create": self._create,
            "list": self._list,
            "rotate": self._rotate,
            "revoke": self._revoke,
        }
        try:
            actions[options["action"]](options)
        except CredentialRefused as error:
            raise CommandError(str(error)) from error

    def _create(self, options: dict[str, Any]) -> None:
        issued = create(
            name=options["name"],
            scopes=options["scope"],
            registration=_registration(options["registration"]),
            agent=_agent(options["agent"]),
            activity_prefix=options["activity_prefix"],
            expires_at=_moment(options["expires"]),
        )
        self._show(issued)

    def _list(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        for credential in Credential.objects.all():
            self.stdout.write(json.dumps(_described(credential, now), ensure_ascii=False))

    def _rotate(self, options: dict[str, Any]) -> None:
        self._show(rotate(_credential(options["key"])))

    def _revoke(self, options: dict[str, Any]) -> None:
        revoke(_credential(options["key"]), at=timezone.now())

    def _show(self, issued: Issued) -> None:
        self.stdout.write(json.dumps({"key": issued.key, "secret": issued.secret}))


def _described(credential: Credential, at: datetime) -> dict[str, Any]:
    return {
        "name": credential.name,
        "key": credential.key,
        "scopes": credential.scopes,
        "registration": _text(credential.registration),
        "agent": credential.agent,
        "activity_prefix": credential.activity_prefix or None,
        "expires": _text(credential.expires_at),
        "last_used": _text(credential.last_used_at),
        "state": state_of(credential, at=at),
    }


def _text(value: UUID | datetime | None) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if value else None


def _credential(key: str) -> Credential:
    credential = Credential.objects.filter(key=key).first()
    if credential is None:
        raise CommandError(f"there is no credential {key!r}; lrs_credential list shows all of them")
    return credential


def _registration(said: str | None) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError as error:
        raise CommandError(f"--registration {said!r} is not a UUID") from error


def _agent(said: str | None) -> dict[str, Any] | None:
    try:
        agent = json.loads(said) if said else None
    except ValueError as error:
        raise CommandError(f"--agent is not JSON: {error}") from error
    if agent is not None and not isinstance(agent, dict):
        raise CommandError("--agent is not an agent as a JSON object")
    return agent


def _moment(said: str | None) -> datetime | None:
    """Read a moment; without an offset it is local time."""
    if not said:
        return None
    try:
        found = parse_datetime(said)
    except ValueError as error:
        raise CommandError(f"--expires {said!r} is not a moment of ISO 8601") from error
    if found is None:
        raise CommandError(f"--expires {said!r} is not a moment of ISO 8601")
    moment = found if timezone.is_aware(found) else timezone.make_aware(found)
    if moment <= timezone.now():
        raise CommandError(f"--expires {said!r} is over already")
    return moment
