"""Pages that belong to no room: health and errors, in the site's own voice."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client, RequestFactory, override_settings
from wagtail.models import Site

from config.views import csrf_failure, forbidden, not_found, server_error
from tests.factories.courses import home


def test_healthz_reads_the_database(client: Client, db: None) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_healthz_says_when_it_cannot(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OperationalError("the database went away")

    with monkeypatch.context() as patch:
        patch.setattr("config.views.connection.cursor", broken)
        assert client.get("/healthz").status_code == 503


def test_search_engines_stay_away_from_pages_about_people(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain"
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    for path in ("/cms/", "/verify/", "/en/verify/", "/sr-latn/my/", "/sr/shared/", "/sr/account/"):
        assert f"Disallow: {path}" in lines
    assert "Disallow: /" not in lines


def test_healthz_is_answered_over_plain_http(client: Client, db: None) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert client.get("/healthz").status_code == 200
        assert client.get("/en/").status_code == 301


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_a_missing_page_is_ours(client: Client, db: None, language: str) -> None:
    home()
    answer = client.get(f"/{language}/there-is-no-such-page/")
    assert answer.status_code == 404
    assert f'lang="{"sr-Latn" if language == "sr-latn" else language}'.lower() in (
        answer.content.decode().lower()
    )
    assert "404.html" in {template.name for template in answer.templates}


def test_machines_get_their_errors_as_json(rf: RequestFactory) -> None:
    request = rf.get("/api/v1/nothing")
    assert not_found(request, Exception()).headers["Content-Type"] == "application/json"
    assert forbidden(request, PermissionDenied()).status_code == 403


def test_a_stale_form_says_what_to_do(client: Client, db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/en/account/login/", {"login": "a@example.org", "password": "x"})
    assert answer.status_code == 403
    assert answer.context["stale_form"] is True
    assert csrf_failure.__module__ == "config.views"


def test_a_server_error_needs_no_database(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/en/"))
    assert answer.status_code == 500
    assert b"<h1" in answer.content


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("https://putokaz.example", ("putokaz.example", 443)),
        ("http://localhost:8123", ("localhost", 8123)),
        ("http://localhost", ("localhost", 80)),
    ],
)
def test_the_cms_knows_the_address_of_the_site(
    db: None, address: str, known_as: tuple[str, int]
) -> None:
    home()
    with override_settings(SITE_URL=address):
        call_command("sync_roles")
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == known_as
    assert site.root_url == address


def test_the_demos_mail_speaks_the_readers_language_and_tells_the_time_of_belgrade(
    client: Client, db: None, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_FILE_PATH = tmp_path
    letter = "Subject: Hello\nTo: a@example.org\nDate: Tue, 24 Nov 2026 09:00:00 -0000\n\nHi\n"
    (tmp_path / "1.log").write_text(f"{letter}{'-' * 79}\n")
    answer = client.get("/demo/mail", headers={"accept-language": "sr"}, follow=True)
    assert "/sr/demo/mail/" in answer.redirect_chain[-1][0]
    assert "10:00" in answer.content.decode()
    assert "od najnovije" in client.get("/sr-latn/demo/mail/").content.decode()
    assert 'href="/sr-latn/demo/mail/"' in client.get("/en/demo/mail/").content.decode()


def test_too_many_tries_are_told_in_our_own_words(client: Client, db: None) -> None:
    home()
    wrong = {"login": "nobody@example.org", "password": "wrong"}
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"}):
        client.post("/en/account/login/", wrong)
        answer = client.post("/en/account/login/", wrong)
    assert answer.status_code == 429
    assert "429.html" in {template.name for template in answer.templates}
