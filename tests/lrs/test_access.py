"""Who stands behind an Authorization header."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from lrs import access
from lrs.access import forget_verified, holder_of
from lrs.credentials import Issued, create
from lrs.models import Credential
from lrs.refusals import Forbidden, Unauthorized

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_known() -> None:
    forget_verified()


@pytest.fixture
def issued() -> Issued:
    return create(name="Simulator", scopes=["statements/write", "state"])


def basic(name: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()


def test_key_and_secret_open_as_basic_and_as_bearer(issued: Issued) -> None:
    for header in (
        basic(issued.key, issued.secret),
        basic(issued.key, issued.secret).replace("Basic ", "bASIC  "),
        f"Bearer {issued.bearer}",
        f"bearer {issued.bearer} ",
    ):
        holder = holder_of(header)
        assert (holder.credential, holder.name) == (issued.credential.pk, "Simulator")
        assert holder.authority["account"]["name"] == issued.key
        assert not holder.is_bound


def test_scopes_allow_what_they_name_and_all_allows_everything(issued: Issued) -> None:
    holder = holder_of(f"Bearer {issued.bearer}")
    holder.require("state")
    holder.require("statements/read", "statements/write")
    with pytest.raises(Forbidden, match="statements/read"):
        holder.require("statements/read")
    everything = create(name="Root", scopes=["all"])
    holder_of(f"Bearer {everything.bearer}").require("profile")


@pytest.mark.parametrize(
    "header",
    [
        "",
        " ",
        "Basic",
        "Basic ",
        "Basic !!!!",
        "Basic YTpi=",
        "Basic YWI=",
        "Basic /////w==",
        "Basic ключ",
        "Basic \xe9\xe9\xe9\xe9",
        "Basic " + base64.b64encode(b"\0:x").decode(),
        "Basic " + base64.b64encode("кључ:тајна".encode()).decode(),
        "Bearer",
        "Bearer .",
        "Bearer x",
        "Bearer x.\ud800",
        "Bearer \ud800.x",
        "Bearer lrs_a\0b.x",
        "Bearer lrs_a\r\nX: y.x",
        "Bearer " + "x" * 41 + ".y",
        "Basic " + "A" * 100_000,
        "Digest username=x",
        "Token abc",
    ],
)
def test_what_is_no_credential_opens_nothing(header: str) -> None:
    with pytest.raises(Unauthorized):
        holder_of(header)


def test_a_wrong_secret_opens_nothing_though_the_right_one_is_remembered(issued: Issued) -> None:
    holder_of(f"Bearer {issued.bearer}")
    for secret in ("", issued.secret[:-1], issued.secret + "x", issued.secret.swapcase(), "тајна"):
        for header in (basic(issued.key, secret), f"Bearer {issued.key}.{secret}"):
            with pytest.raises(Unauthorized):
                holder_of(header)
    for key in (issued.key.upper(), issued.key[:-1], f"{issued.key} ", f" {issued.key}", "%"):
        with pytest.raises(Unauthorized):
            holder_of(basic(key, issued.secret))
    with pytest.raises(Unauthorized):
        holder_of(basic(issued.key, issued.credential.secret_hash))


def test_a_wrong_secret_does_not_push_the_right_one_out(
    issued: Issued, django_assert_num_queries: Any
) -> None:
    holder_of(f"Bearer {issued.bearer}")
    with pytest.raises(Unauthorized):
        holder_of(f"Bearer {issued.key}.wrong")
    with django_assert_num_queries(0):
        holder_of(f"Bearer {issued.bearer}")


def test_revoked_and_expired_credentials_open_nothing(issued: Issued) -> None:
    now = timezone.now()
    for change in ({"revoked_at": now}, {"revoked_at": None, "expires_at": now}):
        Credential.objects.update(**change)
        with pytest.raises(Unauthorized):
            holder_of(f"Bearer {issued.bearer}")


def test_a_credential_ends_on_time_though_it_is_remembered(
    issued: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = timezone.now() + timedelta(hours=1)
    Credential.objects.update(expires_at=ends)
    holder_of(f"Bearer {issued.bearer}")
    monkeypatch.setattr("django.utils.timezone.now", lambda: ends)
    with pytest.raises(Unauthorized):
        holder_of(f"Bearer {issued.bearer}")


def test_a_verified_credential_costs_no_query_the_second_time(
    issued: Issued, django_assert_num_queries: Any
) -> None:
    holder_of(f"Bearer {issued.bearer}")
    with django_assert_num_queries(0):
        holder_of(f"Bearer {issued.bearer}")
        holder_of(basic(issued.key, issued.secret))


def test_what_another_process_revoked_is_felt_within_seconds(
    issued: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder_of(f"Bearer {issued.bearer}")
    Credential.objects.update(revoked_at=timezone.now())
    holder_of(f"Bearer {issued.bearer}")
    later = access.time.monotonic() + access._REMEMBERED
    monkeypatch.setattr("lrs.access.time.monotonic", lambda: later)
    with pytest.raises(Unauthorized):
        holder_of(f"Bearer {issued.bearer}")


def test_one_credential_written_in_many_ways_fills_no_memory(issued: Issued) -> None:
    encoded = basic(issued.key, issued.secret).partition(" ")[2]
    for spaces in range(1, 50):
        holder_of(f"Basic{' ' * spaces}{encoded}")
    assert len(access._verified) == 1


def test_memory_is_bounded(issued: Issued, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_MOST_REMEMBERED", 3)
    for number in range(10):
        holder_of(f"Bearer {create(name=str(number), scopes=['all']).bearer}")
        assert len(access._verified) <= 3


def test_what_was_read_before_a_change_is_not_remembered_after_it(
    issued: Issued, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    read = access._verify

    def read_and_be_overtaken(*args: str) -> access.Holder:
        holder = read(*args)
        forget_verified()
        return holder

    monkeypatch.setattr(access, "_verify", read_and_be_overtaken)
    holder_of(f"Bearer {issued.bearer}")
    assert not access._verified


def test_use_is_noted_but_seldom(issued: Issued, django_assert_num_queries: Any) -> None:
    def last_used() -> Any:
        forget_verified()
        holder_of(f"Bearer {issued.bearer}")
        return Credential.objects.get().last_used_at

    first = last_used()
    assert first is not None
    assert last_used() == first
    forget_verified()
    with django_assert_num_queries(1):
        holder_of(f"Bearer {issued.bearer}")
    old = first - timedelta(minutes=11)
    Credential.objects.update(last_used_at=old)
    assert last_used() > old


def test_a_database_too_busy_to_note_the_use_costs_nobody_the_answer(
    issued: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*args: Any, **fields: Any) -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr("django.db.models.query.QuerySet.update", locked)
    assert holder_of(f"Bearer {issued.bearer}").key == issued.key
    assert Credential.objects.get().last_used_at is None


@pytest.mark.parametrize("agent", [{}, [], "x", {"account": {}}, {"objectType": "Group"}])
def test_a_bound_that_cannot_be_read_is_not_no_bound(issued: Issued, agent: object) -> None:
    Credential.objects.update(agent=agent)
    with pytest.raises(Unauthorized):
        holder_of(f"Bearer {issued.bearer}")
