"""What a production site refuses to start with."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.test import override_settings

from config.checks import refuse_unsafe_start, seal_lasts
from people.models import User
from tests.factories.people import UserFactory

SAFE: dict[str, Any] = {
    "DEMO": False,
    "DEBUG": False,
    "SECRET_KEY": "k" * 50,
    "SITE_URL": "https://training.example.rs",
}


def ids(**changes: Any) -> set[str]:
    with override_settings(**SAFE | changes):
        found = run_checks(tags=["putokaz"], databases=["default"])
    return {message.id for message in found if message.id}


def seal_says(at: datetime, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> list[str]:
    """What the deployment check says of the seal at a moment."""
    monkeypatch.setattr("config.checks.timezone.now", lambda: at)
    with override_settings(**SAFE | changes):
        return [f"{one.id} {one.msg}" for one in seal_lasts()]


def test_whoever_deploys_is_told_before_the_seal_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seal_says(datetime(2048, 10, 1, tzinfo=UTC), monkeypatch) == []
    assert seal_says(datetime(2048, 11, 15, tzinfo=UTC), monkeypatch) == [
        "putokaz.W004 The seal ends on 2049-01-01."
    ]


def test_whoever_deploys_is_told_of_a_seal_that_is_of_no_use(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unusable = ["putokaz.W005 The seal cannot be used."]
    assert seal_says(datetime(2049, 2, 1, tzinfo=UTC), monkeypatch) == unusable
    nowhere = {"SEAL_KEY_FILE": str(tmp_path / "none.p12")}
    assert seal_says(datetime(2026, 2, 1, tzinfo=UTC), monkeypatch, **nowhere) == unusable


def test_that_there_is_no_seal_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seal_says(datetime(2026, 2, 1, tzinfo=UTC), monkeypatch, SEAL_KEY_FILE="") == []


def demo_account() -> User:
    return UserFactory(is_demo=True)


def test_a_safe_site_has_nothing_to_say(db: None) -> None:
    UserFactory()
    assert ids() == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"DEBUG": True}, "putokaz.E001"),
        ({"SECRET_KEY": ""}, "putokaz.E002"),
        ({"SECRET_KEY": "short"}, "putokaz.E002"),
        ({"SITE_URL": "https://putokaz.example"}, "putokaz.W001"),
        ({"SEAL_KEY_FILE": ""}, "putokaz.W002"),
    ],
)
def test_each_danger_is_named(db: None, changes: dict[str, Any], expected: str) -> None:
    assert ids(**changes) == {expected}


def test_demo_accounts_are_refused(db: None) -> None:
    demo_account()
    assert ids() == {"putokaz.E003"}


def test_a_site_without_its_keys_is_told(db: None, tmp_path: Path) -> None:
    assert ids(KEYS_ROOT=tmp_path) == {"putokaz.W003"}


def test_the_demo_may_be_what_it_is(db: None) -> None:
    demo_account()
    assert ids(DEMO=True, DEBUG=True, SECRET_KEY="") == set()


def test_an_empty_database_has_no_demo_accounts(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    demo_account()
    monkeypatch.setattr(
        "django.db.backends.base.introspection.BaseDatabaseIntrospection.table_names",
        lambda *args, **kwargs: [],
    )
    assert ids() == set()


def test_accounts_are_looked_for_only_where_a_database_may_be_read() -> None:
    with override_settings(**SAFE):
        assert run_checks(tags=["putokaz"]) == []


def test_the_server_does_not_start_with_demo_accounts(db: None) -> None:
    demo_account()
    with override_settings(**SAFE), pytest.raises(SystemExit, match=r"demo accounts.*E003"):
        refuse_unsafe_start()


def test_the_server_starts_when_safe_and_when_only_warned(db: None) -> None:
    with override_settings(**SAFE | {"SITE_URL": "https://putokaz.example"}):
        refuse_unsafe_start()


@pytest.mark.parametrize(
    "start",
    [
        lambda: call_command("work", batch=True, skip_checks=False),
        lambda: call_command("check", databases=["default"], tags=[Tags.database]),
    ],
)
def test_no_command_of_a_running_site_starts_with_demo_accounts(
    db: None, start: Callable[[], None]
) -> None:
    demo_account()
    with override_settings(**SAFE), pytest.raises(CommandError, match=r"putokaz\.E003"):
        start()
