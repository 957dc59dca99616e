"""The demo's accounts, one for each role. Production refuses to start with them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from config.demo.files import key_of, read
from people.clients import client_with_token, give_secret
from people.models import Function, Institution, Mandate, Profession, User
from people.second_factor import enrol_totp

DEMO_TOKEN = "ptk_demo-only-not-a-secret"  # noqa: S105  (the demo's, printed by `make run`)
DEMO_SECRET = "pts_demo-only-not-a-secret"  # noqa: S105  (as well)


@dataclass(frozen=True)
class ShownAccount:
    """An account as `make run` prints it."""

    role: str
    email: str
    password: str
    needs_code: bool


def load_accounts(*, at: datetime) -> None:
    """Make the accounts that are missing; those there are stay as they are."""
    said = read("accounts.yaml")
    for entry in said["accounts"]:
        if not User.objects.filter(email=entry["email"]).exists():
            _account(entry, said["password"], at)
    client = client_with_token(name=said["client"]["name"], token=DEMO_TOKEN)
    give_secret(client, secret=DEMO_SECRET, client_id=demo_client_id())
    if not client.mandates.exists():
        _mandate(said["client"]["mandate"], at, client=client)


def demo_client_id() -> UUID:
    """Return the id under which the demo's machine client asks for access tokens."""
    return key_of("machine client")


def shown_accounts() -> list[ShownAccount]:
    """Return the accounts of the files, in their order."""
    said = read("accounts.yaml")
    return [
        ShownAccount(entry["role"], entry["email"], said["password"], "totp" in entry)
        for entry in said["accounts"]
    ]


def _account(entry: dict[str, Any], password: str, at: datetime) -> None:
    user = User.objects.create_user(
        entry["email"],
        password,
        name_cyrillic=entry["name_cyrillic"],
        name_latin=entry["name_latin"],
        profession=Profession.objects.get(key=entry["profession"]),
        institution=Institution.objects.get(key=key_of(entry["institution"])),
        function=Function.objects.filter(key=entry.get("function", "")).first(),
        municipality=entry.get("municipality", ""),
        language=entry["language"],
        privacy_version="demo",
        privacy_accepted_at=at,
        is_demo=True,
        is_superuser=entry.get("superuser", False),
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if "group" in entry:
        user.groups.add(Group.objects.get(name=entry["group"]))
    if "totp" in entry:
        enrol_totp(user=user, secret=entry["totp"])
    if "mandate" in entry:
        _mandate(entry["mandate"], at, holder=user)


def _mandate(entry: dict[str, Any], at: datetime, **holder: Any) -> None:
    mandate = Mandate.objects.create(
        name=entry["name"],
        valid_from=at.date(),
        identified=entry["identified"],
        exact_results=entry["exact_results"],
        **holder,
    )
    keys = [key_of(slug) for slug in entry["institutions"]]
    mandate.institutions.set(Institution.objects.filter(key__in=keys))
    mandate.professions.set(Profession.objects.filter(key__in=entry["professions"]))
