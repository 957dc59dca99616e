"""The gate: how many are at work, who waits, who is turned away, whose connection it is."""

import io
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse, StreamingHttpResponse

from config.gate import Gate, gated
from config.turning_away import turn_away


class Site:
    """A site whose answers wait until they are let go; it counts who is at work."""

    def __init__(self, response: Callable[[], Any] = lambda: HttpResponse(b"here")) -> None:
        self.response = response
        self.let_go = threading.Event()
        self.at_work = self.most = 0
        self.connections: set[int] = set()
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with self._lock:
            self.at_work += 1
            self.most = max(self.most, self.at_work)
            self.connections.add(id(connections["default"]))
        self.let_go.wait(10)
        with self._lock:
            self.at_work -= 1
        answer: Iterable[bytes] = self.response()
        return answer


@pytest.fixture
def _no_thread_keeps_a_connection() -> Iterator[None]:
    """What this thread has open is its own again afterwards."""
    own = {one.alias: one for one in connections.all(initialized_only=True)}
    for alias in own:
        del connections[alias]
    yield
    for alias, connection in own.items():
        connections[alias] = connection


def ask(
    application: Any, path: str = "/", method: str = "POST", **more: str
) -> tuple[str, dict[str, str], bytes]:
    """Send a request; return status, headers and body."""
    started: list[Any] = ["200 OK", []]

    def start_response(status: str, headers: list[tuple[str, str]]) -> None:
        started[:] = [status, headers]

    environ = {
        "PATH_INFO": path,
        "REQUEST_METHOD": method,
        "CONTENT_LENGTH": "9",
        "HTTP_X_EXPERIENCE_API_VERSION": "2.0.0",
        "wsgi.input": io.BytesIO(b"a body, 9"),
    } | more
    answer = application(environ, start_response)
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return started[0], dict(started[1]), body


def crowd(application: Any, site: Site, size: int) -> list[str]:
    """Let a crowd ask at once; when all are at work, wait or were turned away, let go."""
    with ThreadPoolExecutor(size) as threads:
        asked = [threads.submit(ask, application) for _ in range(size)]
        threading.Timer(0.3, site.let_go.set).start()
        return [one.result()[0] for one in asked]


@pytest.mark.usefixtures("_no_thread_keeps_a_connection")
def test_few_work_some_wait_the_rest_come_again() -> None:
    site = Site()
    said = crowd(gated(site, Gate(2, 3), turn_away), site, 9)
    assert sorted(said) == ["200 OK"] * 5 + ["503 Service Unavailable"] * 4
    assert site.most == 2
    assert len(site.connections) == 2  # though nine threads came


@pytest.mark.usefixtures("_no_thread_keeps_a_connection")
def test_a_place_is_free_again_whatever_happened_in_it() -> None:
    site = Site()
    site.let_go.set()
    application = gated(site, Gate(1, 0), turn_away)

    def fail() -> Any:
        raise RuntimeError("broken")

    site.response = fail
    with pytest.raises(RuntimeError):
        ask(application)
    site.response = lambda: StreamingHttpResponse([b"piece ", b"by piece"])
    assert ask(application)[2] == b"piece by piece"
    site.response = lambda: HttpResponse(b"whole")
    assert ask(application)[2] == b"whole"


@pytest.mark.usefixtures("_no_thread_keeps_a_connection")
def test_a_place_is_taken_until_everything_is_sent() -> None:
    site = Site(lambda: StreamingHttpResponse([b"slowly"]))
    site.let_go.set()
    application = gated(site, Gate(1, 0), turn_away)
    sending: Any = application({"PATH_INFO": "/"}, lambda *_: None)
    assert ask(application)[0] == "503 Service Unavailable"
    sending.close()
    sending.close()
    assert ask(application)[2] == b"slowly"


def test_a_machine_is_turned_away_as_the_store_answers() -> None:
    status, headers, body = ask(turn_away, "/xapi/statements")
    assert status == "503 Service Unavailable"
    assert headers["Retry-After"] == "1"
    assert headers["X-Experience-API-Version"] == "2.0.0"
    assert headers["X-Experience-API-Consistent-Through"].startswith("2020-01-01")
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert b"nothing was stored" in body


@pytest.mark.parametrize(
    ("path", "words", "lang"),
    [
        ("/en/", "Please try again in a moment.", "en"),
        ("/sr/", "Молимо вас, покушајте поново за који тренутак.", "sr-Cyrl"),
        ("/sr-latn/", "Molimo vas, pokušajte ponovo za koji trenutak.", "sr-Latn"),
        ("/healthz", "Молимо вас, покушајте поново за који тренутак.", "sr-Cyrl"),
    ],
)
def test_a_person_is_turned_away_in_plain_words(path: str, words: str, lang: str) -> None:
    status, headers, body = ask(turn_away, path, method="GET", HTTP_ACCEPT_LANGUAGE="sr,en;q=0.5")
    assert (status, headers["Retry-After"]) == ("503 Service Unavailable", "1")
    assert headers["Content-Length"] == str(len(body))
    assert words in body.decode()
    assert f'<html lang="{lang}">' in body.decode()
    assert 'href=""' in body.decode()


def test_who_sent_a_form_hears_that_it_may_be_sent_again(
    django_assert_num_queries: Any, db: None
) -> None:
    with django_assert_num_queries(0):
        _, _, body = ask(turn_away, "/en/quiz/a/1/submit/")
    assert "nothing was changed. Answers that were saved before are safe." in body.decode()
    assert "What arrives twice counts once." in body.decode()
    assert 'href="/en/my/"' in body.decode()


def test_a_client_of_the_api_is_turned_away_in_json() -> None:
    _, headers, body = ask(turn_away, "/api/v1/completions")
    assert headers["Content-Type"] == "application/json"
    assert b"nothing was changed" in body
