"""Credentials are made once, shown once, renewed and taken back."""

import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lrs.access import forget_verified, holder_of, secret_hash
from lrs.credentials import (
    CredentialRevoked,
    Issued,
    NameMissing,
    NotAnActivityPrefix,
    NotAnAgent,
    State,
    UnknownScope,
    create,
    in_state,
    launch_token,
    revoke,
    rotate,
    state_of,
)
from lrs.models import Credential
from lrs.refusals import Unauthorized
from xapi.mentions import AGENT, agent_identifier, key

pytestmark = pytest.mark.django_db
REGISTRATION = UUID("6ba7b810-9dad-41d1-80b4-00c04fd430c8")
COURSE = "https://example.org/course/1/"
ANA = {"objectType": "Agent", "account": {"homePage": "https://example.org", "name": "ana"}}


@pytest.fixture(autouse=True)
def _nobody_known() -> None:
    forget_verified()


def run(*words: str) -> list[Any]:
    out = StringIO()
    call_command("lrs_credential", *words, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_secret_is_shown_once_and_kept_as_a_hash() -> None:
    issued = create(name="  Statistics office ", scopes=["statements/read", "define"])
    assert issued.key.startswith("lrs_")
    assert len(issued.key) == 24
    assert len(issued.secret) == 43
    kept = Credential.objects.get()
    assert kept.name == "Statistics office"
    assert kept.scopes == ["statements/read", "define"]
    assert kept.secret_hash == secret_hash(issued.secret)
    assert issued.secret not in f"{Credential.objects.values().get()} {issued!r}"
    assert holder_of(f"Bearer {issued.bearer}").credential == kept.pk


def test_no_two_credentials_share_a_key_or_a_secret() -> None:
    made = [create(name="Twin", scopes=["all"]) for _ in range(3)]
    assert len({issued.key for issued in made}) == 3
    assert len({issued.secret for issued in made}) == 3


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": " "}, NameMissing),
        ({"name": "x" * 101}, NameMissing),
        ({"scopes": []}, UnknownScope),
        ({"scopes": ["all", "statements/delete"]}, UnknownScope),
        ({"agent": {}}, NotAnAgent),
        ({"agent": {"objectType": "Group", "member": [ANA]}}, NotAnAgent),
        ({"agent": {"mbox": "ana@example.org"}}, NotAnAgent),
        ({"activity_prefix": "course 1"}, NotAnActivityPrefix),
        ({"activity_prefix": COURSE + "x" * 255}, NotAnActivityPrefix),
    ],
)
def test_what_makes_no_sense_makes_no_credential(
    wrong: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        create(**{"name": "Store", "scopes": ["all"]} | wrong)
    assert not Credential.objects.exists()


def test_a_new_secret_ends_the_old_one_at_once() -> None:
    first = create(name="Simulator", scopes=["all"])
    holder_of(f"Bearer {first.bearer}")
    second = rotate(first.credential)
    assert second.key == first.key
    assert second.secret != first.secret
    with pytest.raises(Unauthorized):
        holder_of(f"Bearer {first.bearer}")
    assert holder_of(f"Bearer {second.bearer}").key == first.key


def test_revoking_is_for_good(at: datetime) -> None:
    issued = create(name="Simulator", scopes=["all"])
    holder_of(f"Bearer {issued.bearer}")
    revoke(issued.credential, at=at)
    with pytest.raises(Unauthorized):
        holder_of(f"Bearer {issued.bearer}")
    revoke(issued.credential, at=at + timedelta(days=1))
    assert issued.credential.revoked_at == at
    with pytest.raises(CredentialRevoked):
        rotate(issued.credential)


def test_others_feel_a_change_once_it_is_committed(
    django_capture_on_commit_callbacks: Any, at: datetime
) -> None:
    """Who reads the old row before the commit must not be believed after it."""
    issued = create(name="Simulator", scopes=["all"])
    with django_capture_on_commit_callbacks(execute=True):
        revoke(issued.credential, at=at)
        Credential.objects.update(revoked_at=None)  # as the others still see it
        holder_of(f"Bearer {issued.bearer}")
        Credential.objects.update(revoked_at=at)
    with pytest.raises(Unauthorized):
        holder_of(f"Bearer {issued.bearer}")


def test_what_state_a_credential_is_in(at: datetime) -> None:
    def made(name: str, expires_at: datetime | None = None) -> Credential:
        return create(name=name, scopes=["all"], expires_at=expires_at).credential

    always, later = made("a"), made("b", at + timedelta(seconds=1))
    over, revoked = made("c", at), made("d", at)
    revoke(revoked, at=at)
    expected = {
        State.VALID: [always, later],
        State.EXPIRED: [over],
        State.REVOKED: [revoked],
    }
    for state, credentials in expected.items():
        assert list(in_state(state, at=at)) == credentials
        assert {state_of(credential, at=at) for credential in credentials} == {state}


def test_launched_content_is_bound_to_learner_registration_and_activity() -> None:
    ends = timezone.now() + timedelta(hours=8)
    token = launch_token(
        registration=REGISTRATION, agent=ANA, activity_prefix=COURSE, expires_at=ends
    )
    holder = holder_of(f"Bearer {token}")
    assert holder.scopes == {"statements/write", "statements/read/mine", "state", "profile"}
    assert holder.registration == REGISTRATION
    assert holder.agent == key(AGENT, agent_identifier(ANA) or "")
    assert holder.activity_prefix == COURSE
    assert holder.expires_at == ends
    with pytest.raises(NotAnActivityPrefix):
        launch_token(registration=REGISTRATION, agent=ANA, activity_prefix="", expires_at=ends)


class TestCommand:
    def test_a_credential_from_the_command_line(self) -> None:
        (made,) = run(
            "create", "Simulator", "--scope", "statements/write", "--scope", "state",
            "--registration", str(REGISTRATION), "--agent", json.dumps(ANA),
            "--activity-prefix", COURSE, "--expires", "2126-01-31T12:00:00+01:00",
        )  # fmt: skip
        holder = holder_of(f"Bearer {made['key']}.{made['secret']}")
        (listed,) = run("list")
        used = listed.pop("last_used")
        assert datetime.fromisoformat(used) <= timezone.now()
        assert listed == {
            "name": "Simulator",
            "key": holder.key,
            "scopes": ["statements/write", "state"],
            "registration": str(REGISTRATION),
            "agent": ANA,
            "activity_prefix": COURSE,
            "expires": "2126-01-31T11:00:00+00:00",
            "state": "valid",
        }

    def test_renewed_and_revoked_by_key(self) -> None:
        (made,) = run("create", "Simulator", "--scope", "all")
        (renewed,) = run("rotate", made["key"])
        assert renewed["key"] == made["key"]
        assert renewed["secret"] != made["secret"]
        assert run("revoke", made["key"]) == []
        assert run("list")[0]["state"] == "revoked"
        with pytest.raises(CommandError, match="is revoked"):
            run("rotate", made["key"])

    @pytest.mark.parametrize(
        ("words", "reason"),
        [
            (["--scope", "everything"], "there is no scope 'everything'"),
            (["--scope", "all", "--registration", "7"], "is not a UUID"),
            (["--scope", "all", "--agent", "ana"], "is not JSON"),
            (["--scope", "all", "--agent", "[]"], "JSON object"),
            (["--scope", "all", "--agent", "{}"], "agent"),
            (["--scope", "all", "--activity-prefix", "x"], "IRI"),
            (["--scope", "all", "--expires", "tomorrow"], "ISO 8601"),
            (["--scope", "all", "--expires", "2026-13-01T00:00Z"], "ISO 8601"),
            (["--scope", "all", "--expires", "2001-01-01T00:00Z"], "over already"),
            ([], "--scope"),
        ],
    )
    def test_a_mistake_is_named_and_makes_nothing(self, words: list[str], reason: str) -> None:
        with pytest.raises(CommandError, match=reason):
            run("create", "Simulator", *words)
        assert not Credential.objects.exists()

    def test_a_key_that_nobody_has(self) -> None:
        for action in ("rotate", "revoke"):
            with pytest.raises(CommandError, match="there is no credential 'lrs_x'"):
                run(action, "lrs_x")


def test_a_token_is_key_and_secret() -> None:
    issued = create(name="Simulator", scopes=["all"])
    assert isinstance(issued, Issued)
    assert issued.bearer.split(".") == [issued.key, issued.secret]
