"""What the stories of the feed have in common: what the server says, and when they can be told."""

from typing import Any

import pytest
from django.db import connection

from courses.models import Enrolment
from people.actors import people_of
from people.models import Mandate, User
from reports.joining import rows
from reports.schema import as_json
from reports.scopes import covered_by, within
from tests.reports.conftest import Justice
from tests.reports.copies import Copy

on_postgresql = connection.vendor == "postgresql"
# There the feed hides what is not committed, so that a story is many transactions.
MARKS = [
    pytest.mark.alone,
    pytest.mark.django_db(transaction=on_postgresql, serialized_rollback=on_postgresql),
    *([pytest.mark.usefixtures("_put_back")] if on_postgresql else []),
]


def person(enrolment: Enrolment) -> User:
    return people_of([enrolment.learner])[enrolment.learner]


def on_server(mandate: Mandate) -> dict[str, Any]:
    """Return what the server says of every row in the mandate, as JSON reads it back."""
    mandate.refresh_from_db()
    found = Enrolment.objects.filter(within(covered_by(mandate)))
    return {str(r.enrolment): as_json(r, "en") for r in rows(mandate=mandate, enrolments=found)}


def same(copy: Copy, mandate: Mandate) -> bool:
    """Say whether a copy holds the enrolments of the server, each in the same state."""
    server = on_server(mandate)
    about = ("status", "certificate", "score_band", "name", "result")
    assert copy.held.keys() == server.keys()
    return all(copy.held[key][n] == server[key][n] for key in server for n in about)


def narrowed(justice: Justice, mandate: Mandate) -> None:
    mandate.institutions.set([justice.court])
