"""Who gets what through which door: role, address, and whose rows: the own or those of others.

A role sees the row of the court, of the ministry, both, none; or is refused with a status.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from people.clients import issue_token
from people.models import Institution, MachineClient, Mandate, User
from people.roles import ADMINISTRATOR, REPORTING_OFFICER, REVIEWER, TRAINER, sync_groups
from reports.models import ObligedList, ObligedUpload
from tests.factories.courses import SmallCourse, small_course
from tests.factories.people import MandateFactory, UserFactory
from tests.factories.remembered import remembered_course
from tests.reports.conftest import Justice
from tests.support import sign_in

on_postgresql = connection.vendor == "postgresql"
# The feed shows what is committed.
pytestmark = [
    pytest.mark.alone,
    pytest.mark.django_db(transaction=on_postgresql, serialized_rollback=on_postgresql),
    *([pytest.mark.usefixtures("_put_back")] if on_postgresql else []),
]

PAGE, FILE, MEANING = "/en/reports/", "/en/reports/completions.csv", "?dictionary"
API = "/api/v1/completions"
# A list that belongs to a mandate over the court, and is seen by the holder of that one alone.
COURTS = "00000000-0000-0000-0000-0000000000c0"
ROUTES = {
    "page": PAGE,
    "file": FILE,
    "file dictionary": FILE + MEANING,
    "coverage": "/en/reports/coverage/",
    "coverage upload": "/en/reports/coverage/new/",
    "coverage of the court": f"/en/reports/coverage/{COURTS}/",
    "coverage file": f"/en/reports/coverage/{COURTS}/people.csv?state=all",
    "coverage figures": f"/en/reports/coverage/{COURTS}/by-institution.csv",
    "coverage check": f"/en/reports/coverage/{COURTS}/check/",
    "coverage refused": f"/en/reports/coverage/{COURTS}/refused/",
    "coverage replace": f"/en/reports/coverage/{COURTS}/replace/",
    "coverage delete": f"/en/reports/coverage/{COURTS}/delete/",
    "report": API,
    "changes": f"{API}/changes",
    "digest": f"{API}/digest",
    "dictionary": f"{API}/dictionary",
}
MACHINE = ("report", "changes", "digest", "dictionary")
COURT, MINISTRY, BOTH, NEITHER, OPEN = "court", "ministry", "both", "neither", "no rows in it"
LOGIN, FACTOR = 302, 302
OF_A_MANDATE = ("coverage", "coverage upload")
OF_A_LIST = tuple(name for name in ROUTES if "coverage" in name and name not in OF_A_MANDATE)


def row(
    *,
    pages: Any,
    files: Any,
    machines: Any,
    meaning: Any,
    file_meaning: Any,
    lists: Any = None,
    list_: Any = None,
) -> dict[str, Any]:
    """Without `lists` and `list_` the pages of the obliged answer as the others do."""
    of_a_mandate = dict.fromkeys(OF_A_MANDATE, pages if lists is None else lists)
    of_a_list = dict.fromkeys(OF_A_LIST, of_a_mandate["coverage"] if list_ is None else list_)
    rows = {"report": machines, "changes": machines, "digest": machines, "dictionary": meaning}
    own = {"page": pages, "file": files, "file dictionary": file_meaning}
    return own | rows | of_a_mandate | of_a_list


def person(answer: Any, *, meaning: Any = None, **obliged: Any) -> dict[str, Any]:
    """Somebody who signs in: the machine's addresses are none of theirs."""
    said = answer if meaning is None else meaning
    return row(pages=answer, files=answer, machines=401, meaning=401, file_meaning=said, **obliged)


def machine(answer: Any, *, meaning: Any) -> dict[str, Any]:
    """A client with a token: the officer's pages ask it to sign in."""
    return row(pages=LOGIN, files=LOGIN, machines=answer, meaning=meaning, file_meaning=LOGIN)


TABLE: dict[str, dict[str, Any]] = {
    "visitor": person(LOGIN),
    "learner": person(403),
    "trainer": person(403),
    "reviewer": person(403),
    "administrator": person(403),
    "officer with one factor": row(
        pages=FACTOR, files=FACTOR, machines=403, meaning=403, file_meaning=FACTOR
    ),
    "officer without a mandate": person(403),
    "officer of the court": person(COURT, meaning=OPEN, lists=403, list_=404),
    "officer of the ministry": person(MINISTRY, meaning=OPEN, lists=403, list_=404),
    "officer of the court who sees names": person(COURT, meaning=OPEN, lists=OPEN, list_=404),
    "officer of the court whose list it is": person(COURT, meaning=OPEN, lists=OPEN),
    "officer whose list it is, without names": person(COURT, meaning=OPEN, lists=403),
    "officer whose list it is, mandate over": person(403),
    "officer whose mandate is over": person(403),
    "client of the court": machine(COURT, meaning=OPEN),
    "client of the ministry": machine(MINISTRY, meaning=OPEN),
    "client of both": machine(BOTH, meaning=OPEN),
    "client of another profession": machine(NEITHER, meaning=OPEN),
    "client whose mandate is over": machine(403, meaning=OPEN),
    "client without a mandate": machine(403, meaning=OPEN),
    "client that was revoked": machine(401, meaning=401),
    "client with a wrong token": machine(401, meaning=401),
}


@dataclass
class Doors:
    """The site with a learner at the court and one at the ministry."""

    justice: Justice
    keys: dict[str, str]

    def answer(self, role: str, route: str) -> Any:
        """Return what somebody gets: a status, or whose rows."""
        browser, headers = self.somebody(role)
        response = browser.get(ROUTES[route], headers=headers)
        if response.status_code != 200:
            return response.status_code
        if route in ("dictionary", "file dictionary"):
            return OPEN
        if route == "digest":
            return self._by_count(response.json()["groups"], headers)
        if "coverage" in route:
            return OPEN
        said = (
            b"".join(response.streaming_content) if response.streaming else response.content
        ).decode()
        if route == "page":
            said = " ".join(str(one.enrolment) for one in response.context["rows"])
        return self._seen({name for name, key in self.keys.items() if key in said})

    def somebody(self, role: str) -> tuple[Client, dict[str, str]]:
        """Return a browser and headers, as such people and machines have them."""
        if role == "visitor":
            return Client(), {}
        if role.startswith("client"):
            return Client(), {"authorization": f"Bearer {self._token(role)}"}
        user = self._user(role)
        if "whose list it is" in role:
            self._list(Mandate.objects.get(holder=user))
        return sign_in(Client(), user, second_factor="one factor" not in role), {}

    def _by_count(self, groups: list[dict[str, Any]], headers: dict[str, str]) -> str:
        """A digest names nobody: its count is that of the rows which the report shows."""
        shown = Client().get(API, headers=headers).json()["rows"]
        assert sum(group["rows"] for group in groups) == len(shown)
        found = {row["enrolment"] for row in shown}
        return self._seen({name for name, key in self.keys.items() if key in found})

    def _seen(self, names: set[str]) -> str:
        return BOTH if len(names) == 2 else next(iter(names), NEITHER)

    def _user(self, role: str) -> User:
        groups = sync_groups()
        user: User = UserFactory()
        named = {"trainer": TRAINER, "reviewer": REVIEWER, "administrator": ADMINISTRATOR}
        if role in named:
            user.groups.add(groups[named[role]])
        if role.startswith("officer"):
            user.groups.add(groups[REPORTING_OFFICER])
            if "without a mandate" not in role:
                self._mandate(role, holder=user)
        return user

    def _token(self, role: str) -> str:
        client, token = issue_token(name=f"{role} {MachineClient.objects.count()}")
        if role != "client without a mandate":
            self._mandate(role, holder=None, client=client)
        if role == "client that was revoked":
            client.revoked_at = timezone.now()
            client.save()
        return token + ("x" if "wrong" in role else "")

    def _mandate(self, role: str, **whose: Any) -> Mandate:
        institutions: list[Institution] = [self.justice.council]
        if "ministry" in role:
            institutions = [self.justice.ministry]
        if "both" in role:
            institutions = [self.justice.council, self.justice.ministry]
        another = "another profession" in role
        professions = [self.justice.officer if another else self.justice.judge]
        over = {"valid_to": date(2026, 1, 2)} if "over" in role else {}
        names = "names" in role or "whose list" in role
        about = {"identified": names and "without names" not in role} | whose | over
        return MandateFactory(institutions=institutions, professions=professions, **about)

    def _list(self, mandate: Mandate) -> None:
        """Let the list be that of a mandate, with somebody on it and a newer file waiting."""
        obliged, _ = ObligedList.objects.update_or_create(
            key=COURTS,
            defaults={
                "mandate": mandate,
                "name": "Judges",
                "courses": [],
                "due_on": date(2026, 12, 31),
                "ends_on": date(2100, 1, 1),
                "made_at": self.justice.at,
            },
        )
        for confirmed_at in (self.justice.at, None):
            upload = ObligedUpload.objects.create(
                obliged=obliged, read_at=self.justice.at, confirmed_at=confirmed_at
            )
            upload.people.create(line=2, email="judge@sud.example")


@pytest.fixture
def course(db: None, at: Any) -> SmallCourse:
    return small_course(at) if on_postgresql else remembered_course(at)


@pytest.fixture
def doors(justice: Justice) -> Doors:
    keys = {
        COURT: str(justice.learner().pk),
        MINISTRY: str(justice.learner(institution=justice.ministry).pk),
    }
    return Doors(justice, keys)


def test_everybody_gets_what_the_table_says(doors: Doors) -> None:
    doors._list(MandateFactory(identified=True))
    got = {role: {route: doors.answer(role, route) for route in ROUTES} for role in TABLE}
    assert got == TABLE


def test_a_stolen_cursor_opens_nothing(doors: Doors) -> None:
    """What it cites is what somebody else could see; whoever brings it sees the own."""
    browser, theirs = doors.somebody("client of both")
    cursor = browser.get(ROUTES["changes"], headers=theirs).json()["next_cursor"]
    other, mine = doors.somebody("client of another profession")
    answer = other.get(ROUTES["changes"], {"cursor": cursor}, headers=mine)
    assert answer.status_code == 410
    begun = answer.json()["next_cursor"]
    rows = other.get(ROUTES["changes"], {"cursor": begun}, headers=mine).json()["rows"]
    assert rows == []
