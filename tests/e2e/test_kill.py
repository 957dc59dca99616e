"""`kill -9` of server and worker, twenty times in one journey: nothing acknowledged is lost.

A learner goes through the whole course over HTTP. At twenty requests, drawn from a fixed seed, both
processes are killed while the request is under way, started again, and the request is repeated as
a person would repeat it: by opening the page anew.
"""

import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.e2e.site import Site, copy_of

# What is right of these kinds is told apart on the pages by "checked" and "Your answer."
_TICKED = ("choice", "multiple", "true-false")

pytestmark = pytest.mark.slow

KILLS = 20
SEED = 388
LEARNER = "learner@example.org"


@pytest.fixture
def doomed(prepared: Path, static: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of this story's own."""
    site = copy_of(prepared, tmp_path / "var", static=static)
    site.start()
    yield site
    site.stop()


def test_nothing_acknowledged_is_lost_and_there_is_one_certificate(doomed: Site) -> None:
    learner = Stubborn(doomed, random.Random(SEED))
    learner.signs_in()
    learner.enrols()
    learner.takes_the_course()
    assert learner.kills == KILLS
    learner.every_acknowledged_step_is_still_there()
    assert _certificates(doomed, learner) == 1
    assert "0 differences" in doomed.manage("rebuild_projections", "--check")


class Stubborn:
    """Somebody who repeats what was not answered."""

    def __init__(self, site: Site, chance: random.Random) -> None:
        self.site = site
        self.chance = chance
        self.kills = 0
        self.finished: list[str] = []
        self.answered: dict[str, dict[str, str]] = {}
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def signs_in(self) -> None:
        self.get("/en/account/login/")
        page = self.post("/en/account/login/", login=LEARNER, password=self.site.facts["password"])
        assert "My learning" in page

    def enrols(self) -> None:
        key = self.site.facts["course"]["key"]
        self.post(f"/en/learn/{key}/enrol/")

    def takes_the_course(self) -> None:
        while path := self._next_activity():
            if path in self.site.facts["course"]["quizzes"]:
                self.takes_a_quiz(path)
            else:
                self.reads(path)
        assert "Course completed" in self.get(self._course())

    def reads(self, path: str) -> None:
        page = self.get(f"/en/{path}")
        for action, form in re.findall(r'action="([^"]+/check/[^"]+)"(.*?)</form>', page, re.S):
            token = re.search(r'name="token" value="(\w+)"', form)
            choice = re.search(r'name="choice" value="([^"]+)"', form)
            assert token
            assert choice
            self.insist(action, token=token[1], choice=choice[1])
        finish = re.search(r'action="([^"]+/finish/)"', page)
        assert finish
        self.insist(finish[1])
        self.finished.append(path)

    def takes_a_quiz(self, path: str) -> None:
        begin = re.search(r'action="([^"]+/begin/)"', self.get(f"/en/{path}"))
        if begin:
            self.insist(begin[1])
        page = self.get(f"/en/{path}")
        attempt = re.search(r'href="(/en/quiz/[^"]+/\d+/)"', page)
        assert attempt
        for question in self._questions(attempt[1]):
            self.answers(attempt[1], question)
        self.insist(f"{attempt[1]}submit/", anyway="1")
        assert "passed" in self.get(f"{attempt[1]}result/")
        self.finished.append(path)

    def answers(self, attempt: str, question: str) -> None:
        """Save the right options; after a kill with the version that the page shows then."""
        right = self.site.facts["right"][question]
        while True:
            version = self._questions(attempt)[question]
            fields = [("question", question), ("version", version)]
            fields += [_field(question, one) for one in right]
            if self.once(f"{attempt}save/", fields) is not None:
                break
        if self.site.facts["kinds"][question] in _TICKED:
            self.answered.setdefault(attempt, {})[question] = right[0]
            assert f'value="{right[0]}" checked' in self.get(attempt)

    def every_acknowledged_step_is_still_there(self) -> None:
        page = self.get(self._course())
        done = re.findall(r'class="dot done".*?<a href="/en/([^"]+)"', page, re.S)
        assert set(self.finished) <= set(done)
        for attempt, answers in self.answered.items():
            assert self.get(f"{attempt}result/").count("Your answer.") >= len(answers)

    def get(self, path: str) -> str:
        return self.insist(path, _post=False)

    def post(self, path: str, **fields: str) -> str:
        return self.insist(path, **fields)

    def insist(self, path: str, *, _post: bool = True, **fields: str) -> str:
        """Send until it is answered."""
        while True:
            said = self.once(path, list(fields.items()) if _post else None)
            if said is not None:
                return said

    def once(self, path: str, fields: list[tuple[str, str]] | None) -> str | None:
        """Send one request, perhaps while everything is killed; None if it was not answered."""
        killer = self._perhaps_a_killer()
        try:
            return self._send(path, fields)
        except (urllib.error.URLError, OSError, HTTPException):
            if killer is None:
                raise
            return None
        finally:
            if killer:
                killer.join()
                self.site.start()

    def _perhaps_a_killer(self) -> threading.Thread | None:
        if self.kills == KILLS or self.chance.random() > 0.2:
            return None
        self.kills += 1
        moment = self.chance.random() * 0.03

        def kill() -> None:
            time.sleep(moment)
            self.site.kill()

        killer = threading.Thread(target=kill)
        killer.start()
        return killer

    def _send(self, path: str, fields: list[tuple[str, str]] | None) -> str:
        data = None
        if fields is not None:
            token = next(c.value for c in self.jar if c.name == "csrftoken")
            data = urllib.parse.urlencode([*fields, ("csrfmiddlewaretoken", token)]).encode()
        with self.opener.open(f"{self.site.url}{path}", data, timeout=30) as response:
            return str(response.read().decode())

    def _questions(self, attempt: str) -> dict[str, str]:
        page = self.get(attempt)
        found = re.findall(r'data-question="([^"]+)" data-version="(\d+)"', page)
        return dict(found)

    def _course(self) -> str:
        return f"/en/{self.site.facts['course']['path']}"

    def _next_activity(self) -> str:
        """Return the first activity of the outline that is not done, or an empty string."""
        page = self.get(self._course())
        found = re.search(r'class="dot(?: now)?">.*?<a href="/en/([^"]+)"', page, re.S)
        return found[1] if found else ""


def _certificates(site: Site, learner: Stubborn) -> int:
    """Return how many certificates the learner has, once the worker has had its time."""
    for _ in range(60):
        page = learner.get("/en/my/certificates/")
        if found := page.count("Download the certificate"):
            return found
        time.sleep(0.5)
    return 0


def _field(question: str, answer: str) -> tuple[str, str]:
    """Return name and value of the field that sends one part of an answer."""
    inner, has_inner, value = answer.partition("[.]")
    return (f"q-{question}.{inner}", value) if has_inner else (f"q-{question}", answer)
