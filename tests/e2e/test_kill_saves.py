"""`kill -9` amid the saves of several learners: what was acknowledged is there, and counts once."""

import json
import random
import re
import sqlite3
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from itertools import pairwise
from pathlib import Path

import pytest

from tests.e2e.site import Site, copy_of

pytestmark = pytest.mark.slow

KILLS = 4
CROWD = 5
SEED = 41
TOKEN = "x" * 32
_ASKED = re.compile(r'data-question="([^"]+)" data-version="(\d+)"')
_TICKS = re.compile(r'name="q-([0-9a-f-]{36})" value="([^"]+)"')


@pytest.fixture
def doomed(prepared: Path, static: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of this story's own."""
    site = copy_of(prepared, tmp_path / "var", static=static)
    site.start()
    yield site
    site.stop()


def test_no_acknowledged_answer_is_lost_and_every_attempt_has_one_verdict(doomed: Site) -> None:
    doomed.run("-m", "tests.e2e.crowd", str(CROWD))
    crowd = json.loads((doomed.folder / "crowd.json").read_text())
    killed = threading.Event()
    learners = [Restless(doomed, one, n, killed) for n, one in enumerate(crowd)]
    threads = [threading.Thread(target=learner.answers_until, daemon=True) for learner in learners]
    for thread in threads:
        thread.start()
    saves = _killed_again_and_again(doomed, learners)
    killed.set()
    for thread in threads:
        thread.join(timeout=30)
    assert [learner.raised for learner in learners] == [None] * CROWD
    assert all(later > earlier for earlier, later in pairwise(saves))
    assert sum(learner.cuts for learner in learners) >= KILLS
    for learner in learners:
        learner.submits()
        learner.submits()
    doomed.stop()
    with sqlite3.connect(doomed.folder / "putokaz.sqlite3") as database:
        for learner in learners:
            learner.finds_every_answer(database)
    assert "0 differences" in doomed.manage("rebuild_projections", "--check")


def _killed_again_and_again(site: Site, learners: list["Restless"]) -> list[int]:
    """Kill the server amid saves; return how many were acknowledged before each time, and after."""
    chance = random.Random(SEED)
    saves = []
    for _ in range(KILLS):
        _wait_for_saves(learners, sum(one.saves for one in learners) + 3 * CROWD)
        time.sleep(chance.random() * 0.05)
        saves.append(sum(one.saves for one in learners))
        site.kill()
        site.start()
    _wait_for_saves(learners, saves[-1] + CROWD)
    return [*saves, sum(one.saves for one in learners)]


def _wait_for_saves(learners: list["Restless"], count: int) -> None:
    patience = time.monotonic() + 20
    while sum(one.saves for one in learners) < count:
        assert time.monotonic() < patience, [one.raised for one in learners]
        time.sleep(0.01)


class Restless:
    """A learner who changes one answer after the other, and reloads the page when cut off."""

    def __init__(self, site: Site, facts: dict[str, str], seed: int, done: threading.Event) -> None:
        self.site, self.done = site, done
        self.attempt, self.registration = facts["attempt"], facts["registration"]
        self.cookie = f"sessionid={facts['session']}; csrftoken={TOKEN}"
        self.chance = random.Random(seed)
        self.acknowledged: dict[str, str] = {}
        self.unsure: dict[str, str] = {}  # sent, and cut off before the answer
        self.saves = self.cuts = 0
        self.raised: BaseException | None = None

    def answers_until(self) -> None:
        """Save answers until the story is over."""
        try:
            while not self.done.is_set():
                self._answers_the_paper()
        except BaseException as error:  # shown by the story, not lost in a thread
            self.raised = error

    def _answers_the_paper(self) -> None:
        """Open the paper and change its answers, until cut off."""
        page = self._asks(self.attempt)
        if page is None:
            return
        options: dict[str, list[str]] = {}
        for question, option in _TICKS.findall(page):
            options.setdefault(question, []).append(option)
        versions = {key: int(at) for key, at in _ASKED.findall(page) if key in options}
        self._finds_what_is_shown(page)
        while not self.done.is_set():
            key = self.chance.choice(list(versions))
            choice = self.chance.choice(options[key])
            form = {"question": key, "version": str(versions[key]), f"q-{key}": choice}
            self.unsure[key] = choice
            said = self._asks(f"{self.attempt}save/", form)
            if said is None:
                return
            versions[key] = json.loads(said)["version"]
            self.acknowledged[key] = choice
            del self.unsure[key]
            self.saves += 1

    def _finds_what_is_shown(self, page: str) -> None:
        """Look whether all that was acknowledged is there; what was cut off may be, or not."""
        for key, choice in self.acknowledged.items():
            possible = {choice, self.unsure.get(key, choice)}
            shown = re.findall(rf'name="q-{key}" value="([^"]+)" checked', page)
            assert set(shown) <= possible, f"{shown} instead of {possible}"
            assert shown, f"{choice} is lost"
            self.acknowledged[key] = shown[0]
        self.unsure.clear()

    def submits(self) -> None:
        """Submit what is saved."""
        page = self._asks(f"{self.attempt}submit/", {"anyway": "1"})
        assert page
        assert "result" in page

    def finds_every_answer(self, database: sqlite3.Connection) -> None:
        """Compare what was acknowledged with the responses, and count the verdicts."""
        mine = (self.registration.replace("-", ""),)
        sql = "SELECT question_key, response FROM assessments_response WHERE registration = ?"
        responses = dict(database.execute(sql, mine).fetchall())
        assert self.acknowledged
        for key, choice in self.acknowledged.items():
            assert responses[key.replace("-", "")] == choice
        sql = (
            "SELECT count(*) FROM lrs_statement WHERE registration = ?"
            " AND (verb LIKE '%/passed' OR verb LIKE '%/failed')"
        )
        assert database.execute(sql, mine).fetchall() == [(1,)]

    def _asks(self, path: str, form: dict[str, str] | None = None) -> str | None:
        """Send a request; None if it was cut off."""
        headers = {"Cookie": self.cookie, "X-CSRFToken": TOKEN}
        body = None if form is None else urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(f"{self.site.url}{path}", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return str(response.read().decode())
        except urllib.error.HTTPError:
            raise
        except (OSError, HTTPException):
            self.cuts += 1
            time.sleep(0.05)
            return None
