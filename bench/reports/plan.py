"""Makes the population that is measured; prints as JSON who asks, and for what.

`python -m bench.reports.plan SIZE` brings the site to so many enrolments.
"""

import json
import sys
import time
from typing import Any

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.site import session_cookie
from config.demo.files import key_of
from config.demo.loader import load_content
from config.population.making import make, settle
from courses.models import CoursePage, Enrolment
from people.clients import issue_token
from people.models import Institution, Mandate, Profession, User
from reports.models import CompletionChange

_WHOLE = "bench: everybody"
# What an officer looks at: a name, the query of the address.
_LOOKS = (
    ("the whole report", ""),
    ("completed", "status=completed"),
    ("withdrawn", "status=withdrawn"),
    ("judges", "profession=judge"),
    ("one court", f"institution={key_of('higher-court-a1')}"),
    ("a quarter", "completed_from=2025-01-01&completed_to=2025-03-31"),
    ("page 100", "page=100"),
    ("the last page", "page=999999999"),
)


def main() -> None:
    size = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    if not CoursePage.objects.exists():
        load_content(at=timezone.now())
    there = Enrolment.objects.count()
    began = time.perf_counter()
    _populate(size - there)
    took = time.perf_counter() - began
    settle()
    officer, mandate, token = _reader()
    cookie = session_cookie(officer)
    print(
        json.dumps(
            {
                "size": Enrolment.objects.count(),
                "made": size - there,
                "seconds": took,
                "mandate": mandate.pk,
                "token": token,
                "pages": [_page(name, query, cookie) for name, query in _LOOKS],
            }
        )
    )


def _populate(count: int) -> None:
    if count <= 0:
        return
    seed = User.objects.filter(is_demo=True).count() + 1  # other people each time
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    for made in make(enrolments=count, seed=seed, until=midnight, years=4):
        if made.enrolments % 10 == 0:
            print(f"{made.enrolments:,} enrolments", file=sys.stderr, flush=True)


def _reader() -> tuple[User, Mandate, str]:
    """Return an officer who sees everybody, by name, and a token for the same."""
    email = "bench-officer@example.org"
    officer, _ = User.objects.get_or_create(email=email, defaults={"password": "!"})
    client, token = issue_token(name=f"bench {timezone.now():%H%M%S%f}")
    mandates = [
        Mandate.objects.filter(holder=officer).first() or _mandate(holder=officer),
        _mandate(client=client),
    ]
    return officer, mandates[0], token


def _mandate(**holder: Any) -> Mandate:
    mandate = Mandate.objects.create(
        name=_WHOLE, valid_from="2020-01-01", identified=True, exact_results=True, **holder
    )
    mandate.institutions.set(Institution.objects.filter(depth=1))
    mandate.professions.set(Profession.objects.all())
    return mandate


def _page(name: str, query: str, cookie: str) -> dict[str, Any]:
    path = f"{reverse('reports')}?{query}"
    client = Client()
    client.cookies.load(cookie)
    # Once for what a process remembers; then the totals are known, then somebody has enrolled.
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        counts.append(len(queries))
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    headers = {"Cookie": cookie}
    return {"name": name, "path": path, "headers": headers, "queries": counts[-1]}


def touched() -> None:
    """Write a change, so that totals are counted anew."""
    first = Enrolment.objects.first()
    if first:
        CompletionChange.objects.create(registration=first.pk, change="changed")


if __name__ == "__main__":
    main()
