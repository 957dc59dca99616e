"""Who gets what through which door: role, address, and whose rows: the own or those of others.

A role sees the row of the court, of the ministry, both, none; or is refused with a status.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from config.roles import sync_roles
from people.clients import NAMES, SCOPES, issue_access, issue_key, issue_token
from people.models import ClientKey, Institution, MachineClient, Mandate, User
from people.roles import (
    ADMINISTRATOR,
    DATA_PROTECTION_OFFICER,
    REPORTING_OFFICER,
    REVIEWER,
    TRAINER,
    sync_groups,
)
from reports.models import Disclosure, ObligedList, SavedView
from reports.saved.keeping import keep
from tests.factories.courses import SmallCourse, small_course
from tests.factories.people import MandateFactory, UserFactory
from tests.factories.remembered import remembered_course
from tests.reports.conftest import Justice
from tests.reports.filed import wanted
from tests.support import sign_in

on_postgresql = connection.vendor == "postgresql"
# The feed shows what is committed.
pytestmark = [
    pytest.mark.alone,
    pytest.mark.django_db(transaction=on_postgresql, serialized_rollback=on_postgresql),
    *([pytest.mark.usefixtures("_put_back")] if on_postgresql else []),
]

PAGE, FILE, MEANING = "/en/reports/", "/en/reports/files/new/", "/en/reports/dictionary.csv"
API = "/api/v1/completions"
# Of the time when there was nobody yet, and of now: everything in between is a difference.
SINCE, NOW = "?since=2026-01-01", "?as_of="
ROUTES = {
    "page": PAGE,
    "file": FILE,
    "file dictionary": MEANING,
    "kept files": "/en/reports/files/",
    "audit": "/cms/disclosures/",
    "audit as CSV": "/cms/disclosures.csv",
    "own view": "/en/my/data/received/",
    "page of the past": PAGE + NOW + "2026-11-28",
    "file of the past": FILE + NOW + "2026-11-28",
    "page of a difference": "/en/reports/difference/" + SINCE,
    "snapshots": "/en/reports/snapshots/",
    "figures": "/en/reports/figures.csv?by=course",
    "workbook": "/en/reports/figures.xlsx?by=course",
    "own reports": "/en/reports/views/",
    "shared report": "/en/reports/views/{shared}/",
    "report of another": "/en/reports/views/{own}/",
    "change of another": "/en/reports/views/{shared}/change/",
    "report": API,
    "report of the past": API + NOW + "2026-11-28",
    "difference": f"{API}/difference" + SINCE,
    "changes": f"{API}/changes",
    "digest": f"{API}/digest",
    "group": f"{API}/rows",
    "names": f"{API}/names",
    "dictionary": f"{API}/dictionary",
}
STATISTICS = {
    "statistics": "/en/reports/statistics/",
    "statistics, workbook": "/en/reports/statistics/statistics.xlsx",
    "statistics, paper": "/en/reports/statistics/statistics.pdf",
    "articles, workbook": "/en/reports/statistics/articles.xlsx",
    "articles, paper": "/en/reports/statistics/articles.pdf",
}
ROUTES |= STATISTICS
MACHINE = ("report", "report of the past", "difference", "changes", "digest", "group")
# A report by its filters alone, figures of groups, and a list of what was frozen name no row.
# Whose file or snapshot it is decides (test_exports, test_snapshots).
LISTS = (
    *("figures", "workbook", "own reports", "kept files", "snapshots", "file dictionary"),
    *STATISTICS,
)
WITHOUT_ROWS = ("dictionary", "names", "audit", "audit as CSV", "own view", *LISTS)
COURT, MINISTRY, BOTH, NEITHER, OPEN = "court", "ministry", "both", "neither", "no rows in it"
LOGIN, FACTOR = 302, 302


def row(
    *, pages: Any, machines: Any, names: Any, meaning: Any, lists: Any, audit: Any, own: Any
) -> dict[str, Any]:
    rows = {**dict.fromkeys(MACHINE, machines), "dictionary": meaning, "names": names}
    shown = ("page", "page of the past", "page of a difference", "shared report")
    # What somebody else keeps is not there, unless it is shared.
    of_others = 404 if lists == OPEN else lists
    return {
        **dict.fromkeys((*shown, "file", "file of the past"), pages),
        **dict.fromkeys(LISTS, lists),
        **dict.fromkeys(("report of another", "change of another"), of_others),
        **dict.fromkeys(("audit", "audit as CSV"), audit),
        "own view": own,
        **rows,
    }


def person(answer: Any, *, meaning: Any = None, audit: Any = LOGIN) -> dict[str, Any]:
    """Somebody who signs in: the machine's addresses are none of theirs.

    Each has the own view; whoever may not see the audit is sent away from it.
    """
    said = answer if meaning is None else meaning
    own = answer if answer == LOGIN else OPEN
    return row(pages=answer, machines=401, names=401, meaning=401, lists=said, audit=audit, own=own)


def machine(answer: Any, *, meaning: Any, names: Any = None) -> dict[str, Any]:
    """A client with a token: the officer's pages ask it to sign in. Without rows no names."""
    if names is None:
        names = OPEN if isinstance(answer, str) else answer
    return row(
        pages=LOGIN,
        machines=answer,
        names=names,
        meaning=meaning,
        lists=LOGIN,
        audit=LOGIN,
        own=LOGIN,
    )


TABLE: dict[str, dict[str, Any]] = {
    "visitor": person(LOGIN),
    "learner": person(403),
    "trainer": person(403),
    "reviewer": person(403),
    "administrator": person(403, audit=OPEN),
    "data protection officer": person(403, audit=OPEN),
    "officer with one factor": row(
        pages=FACTOR,
        machines=403,
        names=403,
        meaning=403,
        lists=FACTOR,
        audit=FACTOR,
        own=FACTOR,
    ),
    "officer without a mandate": person(403),
    "officer of the court": person(COURT, meaning=OPEN),
    "officer of the ministry": person(MINISTRY, meaning=OPEN),
    "officer whose mandate is over": person(403),
    "client of the court": machine(COURT, meaning=OPEN),
    "client of the ministry": machine(MINISTRY, meaning=OPEN),
    "client of both": machine(BOTH, meaning=OPEN),
    "client of another profession": machine(NEITHER, meaning=OPEN),
    "client whose mandate is over": machine(403, meaning=OPEN),
    "client without a mandate": machine(403, meaning=OPEN),
    "client that was revoked": machine(401, meaning=401),
    "client with a wrong token": machine(401, meaning=401),
    "client with an hour's token": machine(COURT, meaning=OPEN),
    "client with an hour's token for names": machine(403, meaning=OPEN, names=OPEN),
    "client with an hour's token of yesterday": machine(401, meaning=401),
    "client from another network": machine(403, meaning=403),
}


@dataclass
class Doors:
    """The site with a learner at the court and one at the ministry."""

    justice: Justice
    keys: dict[str, str]
    views: dict[str, UUID]

    def answer(self, role: str, route: str) -> Any:
        """Return what somebody gets: a status, or whose rows."""
        browser, headers = self.somebody(role)
        address = ROUTES[route].format(**self.views)
        if route in ("file", "file of the past"):
            response = browser.post(address, wanted("csv"), headers=headers)
        else:
            response = browser.get(address, headers=headers)
        if route == "shared report" and "/reports/?" in response.headers.get("Location", ""):
            response = browser.get(response["Location"])
        if response.status_code != 200:
            return response.status_code
        if route in WITHOUT_ROWS:
            return OPEN
        if route == "digest":
            return self._by_count(response.json()["groups"], headers)
        said = (
            b"".join(response.streaming_content) if response.streaming else response.content
        ).decode()
        if route.startswith("page") or route == "shared report":
            rows = response.context["rows"]
            rows = [one["row"] if isinstance(one, dict) else one for one in rows]
            said = " ".join(str(one.enrolment) for one in rows)
        return self._seen({name for name, key in self.keys.items() if key in said})

    def somebody(self, role: str) -> tuple[Client, dict[str, str]]:
        """Return a browser and headers, as such people and machines have them."""
        if role == "visitor":
            return Client(), {}
        if role.startswith("client"):
            return Client(), {"authorization": f"Bearer {self._token(role)}"}
        user = self._user(role)
        if "whose list it is" in role:
            self.list_of(Mandate.objects.get(holder=user))
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
        named = {
            "trainer": TRAINER,
            "reviewer": REVIEWER,
            "administrator": ADMINISTRATOR,
            "data protection officer": DATA_PROTECTION_OFFICER,
        }
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
        if "another network" in role:
            client.networks = "203.0.113.0/24"
            client.save()
        if "hour's token" in role:
            return self._hours_token(role, client)
        return token + ("x" if "wrong" in role else "")

    def _hours_token(self, role: str, client: MachineClient) -> str:
        at = timezone.now() - timedelta(days="yesterday" in role)
        key = issue_key(client=client, kind=ClientKey.Kind.SECRET, at=at).key
        scopes = [NAMES] if "names" in role else list(SCOPES)
        return issue_access(key=key, scopes=scopes, at=at)

    def _mandate(self, role: str, **whose: Any) -> Mandate:
        institutions: list[Institution] = [self.justice.council]
        if "ministry" in role:
            institutions = [self.justice.ministry]
        if "both" in role:
            institutions = [self.justice.council, self.justice.ministry]
        another = "another profession" in role
        professions = [self.justice.officer if another else self.justice.judge]
        over = {"valid_to": date(2026, 1, 2)} if "over" in role else {}
        names = {"identified": "sees names" in role}
        about = names | whose | over
        return MandateFactory(institutions=institutions, professions=professions, **about)

    def list_of(self, mandate: Mandate) -> None:
        """Let the list be that of a mandate, with somebody on it and a newer file waiting."""
        day = {"due_on": date(2026, 12, 31), "ends_on": date(2100, 1, 1)}
        about = day | {"mandate": mandate, "courses": [], "made_at": self.justice.at}
        obliged, _ = ObligedList.objects.update_or_create(key=LIST, defaults=about)
        for confirmed_at in (self.justice.at, None):
            made = obliged.uploads.create(read_at=self.justice.at, confirmed_at=confirmed_at)
            made.people.create(line=2, email="judge@sud.example")


@pytest.fixture
def course(db: None, at: Any) -> SmallCourse:
    return small_course(at) if on_postgresql else remembered_course(at)


@pytest.fixture
def doors(justice: Justice) -> Doors:
    sync_roles()
    keys = {
        COURT: str(justice.learner().pk),
        MINISTRY: str(justice.learner(institution=justice.ministry).pk),
    }
    who: Any = {"user": UserFactory(), "mandate": justice.mandate, "query": "", "at": justice.at}
    shared, own = (keep(name=name, **who) for name in ("Shared", "Own"))
    SavedView.objects.filter(pk=shared.pk).update(is_shared=True)
    return Doors(justice, keys, {"shared": shared.pk, "own": own.pk})


def test_everybody_gets_what_the_table_says(doors: Doors) -> None:
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


# --- obliged persons ------------------------------------------------------------------------

LIST = "00000000-0000-0000-0000-0000000000c0"
OF_A_MANDATE = ("", "new/", "template.csv")
OF_A_LIST = (
    *("", "check/", "refused/", "replace/", "delete/"),
    *("people/", "by-institution.csv", "by-profession.xlsx"),
)
# What the addresses of a mandate answer, and those of a list.
OBLIGED = {
    "visitor": (302, 302),
    "learner": (403, 403),
    "trainer": (403, 403),
    "administrator": (403, 403),
    "officer with one factor": (302, 302),
    "officer without a mandate": (403, 403),
    "officer of the court": (403, 404),
    "officer of the court who sees names": (200, 404),
    "officer of the ministry who sees names": (200, 404),
    "officer who sees names, whose list it is": (200, 200),
    "officer without names, whose list it is": (403, 403),
    "officer who sees names, whose list it is, mandate over": (403, 403),
    "client of the court": (302, 302),
}


@pytest.mark.parametrize("role", OBLIGED)
def test_a_list_of_the_obliged_is_its_holders(doors: Doors, role: str) -> None:
    doors.list_of(MandateFactory(identified=True))
    browser, headers = doors.somebody(role)
    rooms = (OF_A_MANDATE, [f"{LIST}/{name}" for name in OF_A_LIST])
    got = [
        {browser.get(f"/en/reports/coverage/{name}", headers=headers).status_code for name in room}
        for room in rooms
    ]
    assert got == [{answer} for answer in OBLIGED[role]]
    taken = {"file": "csv", "purpose": "records"}
    address = f"/en/reports/coverage/{LIST}/people/"
    assert browser.post(address, taken, headers=headers).status_code == OBLIGED[role][1]
    assert Disclosure.objects.count() == (OBLIGED[role][1] == 200)
