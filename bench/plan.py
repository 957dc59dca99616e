"""Prepares the site that is measured and prints, as JSON, what is to be asked of it."""

import gzip
import json
import sys
from typing import Any
from urllib.parse import parse_qsl, urlencode

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.asking import name_of
from assessments.models import Attempt, QuizPage
from assessments.papers import frozen_questions
from bench.site import CONNECTIONS, Measured, populate, session_cookie
from config.demo.loader import load_content
from people.models import User


def main() -> None:
    call_command("migrate", verbosity=0)
    now = timezone.now()
    course = load_content(at=now)
    measured = populate(course=course, at=now)
    print(json.dumps([_with_size(page) for page in _pages(measured)]), file=sys.stdout)


def _pages(m: Measured) -> list[dict[str, Any]]:
    learner, officer = session_cookie(m.learner), session_cookie(m.officer)
    attempt = reverse("attempt", args=[m.quiz.key, m.attempt.number])
    course = _page("course page, learner", m.course.url, learner)
    return [
        _page("noise: course page", m.course.url, learner),
        _page("front page, anonymous", "/en/", ""),
        _page("catalogue, anonymous", "/en/courses/", ""),
        course,
        _page("lesson page", m.lesson.url, learner),
        _page("lesson page, Latin script", m.lesson.url.replace("/en/", "/sr-latn/"), learner),
        _page("noise: course page, again", m.course.url, learner),
        _page("quiz question page", attempt, learner),
        _answers(m),
        _page("dashboard", reverse("my_learning"), learner),
        _page("completions page, 50 of 1,000", reverse("reports"), officer),
        _file(officer),
        _api(m),
        _page("noise: course page, at last", m.course.url, learner),
    ]


def _page(name: str, path: str, cookie: str) -> dict[str, Any]:
    headers = {"Cookie": cookie} if cookie else {}
    return _asked(name, [{"path": path, "headers": headers} for _ in range(CONNECTIONS)])


def _asked(name: str, visitors: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "visitors": visitors, "probe": visitors[0]}


def _api(m: Measured) -> dict[str, Any]:
    bearer = {"Authorization": f"Bearer {m.token}"}
    visitor = {"path": "/api/v1/completions?limit=1000", "headers": bearer}
    return _asked("completions API, 1,000 rows", [visitor] * CONNECTIONS)


def _file(officer: str) -> dict[str, Any]:
    """Each visitor takes the same file again and again, and that is written down each time."""
    token = "x" * 32
    fields = {
        "csrfmiddlewaretoken": token,
        "kind": "csv",
        "language": "en",
        "purpose": "records",
    }
    visitor = {
        "path": reverse("new_file"),
        "headers": {"Cookie": f"{officer}; csrftoken={token}"},
        "body": urlencode(fields),
    }
    return _asked("completions CSV, 1,000 rows", [visitor] * CONNECTIONS)


def _answers(m: Measured) -> dict[str, Any]:
    """Each visitor changes one answer again and again; one more of them is for the probe."""
    visitors = [_answering(m.quiz, attempt, user) for user, attempt in m.attempts]
    return {"name": "answer save", "visitors": visitors[:-1], "probe": visitors[-1]}


def _answering(quiz: QuizPage, attempt: Attempt, user: User) -> dict[str, Any]:
    token = "x" * 32
    question = next(q for q in frozen_questions(attempt) if q.kind in ("choice", "multiple"))
    fields = {
        "csrfmiddlewaretoken": token,
        "question": question.key,
        "version": "{count}",
        name_of(question.key): question.options[0].key,
    }
    return {
        "path": reverse("save_choice", args=[quiz.key, attempt.number]),
        "headers": {"Cookie": f"{session_cookie(user)}; csrftoken={token}"},
        "body": urlencode(fields, safe="{}"),
    }


def _with_size(page: dict[str, Any]) -> dict[str, Any]:
    probe = page.pop("probe")
    client = Client(headers={k: v for k, v in probe["headers"].items() if k != "Cookie"})
    client.cookies.load(probe["headers"].get("Cookie", ""))
    for count in range(2):  # the second time: what a page costs once the server is warm
        with CaptureQueriesContext(connection) as queries:
            if "body" in probe:
                form = dict(parse_qsl(probe["body"].replace("{count}", str(count))))
                response = client.post(probe["path"], form)
            else:
                response = client.get(probe["path"])
            content = b"".join(response) if response.streaming else response.content
    if response.status_code != 200:
        raise RuntimeError(f"{probe['path']} answered {response.status_code}")
    return page | {
        "queries": len(queries),
        "bytes": len(content),
        "gzip": len(gzip.compress(content, 6)),
    }


if __name__ == "__main__":
    main()
