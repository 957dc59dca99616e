"""One learner's browser: it begins, saves each answer, submits; turned away, it comes again."""

import gzip
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlencode

from bench.client import Answer, Connection

_TOKEN = "x" * 32
_LONGEST = 10.0  # seconds between two tries, as in static/js/sending.js
_FIELD = re.compile(r'name="q-([0-9a-f-]{36})" value="([^"]+)"')
_MOST_TRIES = 60


@dataclass
class Tally:
    """What all learners met with: seconds by kind of request, and what went wrong.

    `served` are those of the request that got through, `done` those since its first try.
    """

    served: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    done: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    turned_away: int = 0
    errors: list[str] = field(default_factory=list)
    acknowledged: dict[str, dict[str, str]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


class Learner:
    """A learner with a session, over a connection that others have used before."""

    def __init__(self, tally: Tally, port: int, cookie: str, chance: random.Random) -> None:
        self.tally, self.port, self.chance = tally, port, chance
        self.cookie = f"{cookie}; csrftoken={_TOKEN}"
        self.connection: Connection | None = None

    def takes(self, begin: str, registration: str) -> None:
        """Take the quiz from the first click to the verdict, each question once."""
        attempt = self.begins(begin)
        options = self.opens(attempt)
        chosen = {key: self.chance.choice(keys) for key, keys in options.items()}
        kept = self.tally.acknowledged.setdefault(registration, {})
        for key, choice in chosen.items():
            if self.saves(attempt, key, choice, 0):
                kept[key] = choice
        form = {f"q-{key}": choice for key, choice in chosen.items()}
        form |= {f"v-{key}": "1" for key in chosen}
        answer = self._insist("submit", f"{attempt}submit/", form)
        if json.loads(answer.body).get("next") != f"{attempt}result/":
            self._wrong("submit", answer)

    def begins(self, begin: str) -> str:
        """Begin; return the address of the attempt."""
        return self._insist("begin", begin, {}, expected=302).headers["location"]

    def opens(self, attempt: str) -> dict[str, list[str]]:
        """Open the paper; return the options of each question."""
        answer = self._insist("paper", attempt, None)
        options: dict[str, list[str]] = defaultdict(list)
        for key, option in _FIELD.findall(gzip.decompress(answer.body).decode()):
            options[key].append(option)
        return options

    def saves(self, attempt: str, key: str, choice: str, version: int) -> bool:
        """Save a choice; say whether it was acknowledged."""
        form = {"question": key, "version": str(version), f"q-{key}": choice}
        answer = self._insist("save", f"{attempt}save/", form)
        return json.loads(answer.body) == {"version": version + 1}

    def leaves(self) -> None:
        """Close the connection."""
        if self.connection:
            self.connection.close()
        self.connection = None

    def _insist(
        self, kind: str, path: str, form: Mapping[str, str] | None, *, expected: int = 200
    ) -> Answer:
        """Send until it is served; wait as the page does."""
        message = self._message(path, form)
        first = time.perf_counter()
        for tries in range(_MOST_TRIES):
            began = time.perf_counter()
            try:
                self.connection = self.connection or Connection("127.0.0.1", self.port)
                answer = self.connection.ask(message)
            except OSError as error:
                self.leaves()
                self._note(kind, f"{error!r}")
                continue
            now = time.perf_counter()
            if answer.status == 503 and "retry-after" in answer.headers:
                with self.tally.lock:
                    self.tally.turned_away += 1
                wait = max(float(answer.headers["retry-after"]), min(_LONGEST, 2.0**tries))
                # A server closes what is idle for so long; a browser opens a new connection then.
                self.leaves()
                time.sleep(wait * (1 + self.chance.random() / 2))
                continue
            if answer.status != expected:
                self._wrong(kind, answer)
            with self.tally.lock:
                self.tally.served[kind].append(now - began)
                self.tally.done[kind].append(now - first)
            return answer
        raise TimeoutError(f"{kind}: turned away {_MOST_TRIES} times")

    def _message(self, path: str, form: Mapping[str, str] | None) -> bytes:
        body = "" if form is None else urlencode(form)
        method = "GET" if form is None else "POST"
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += ["Accept-Encoding: gzip", f"Cookie: {self.cookie}"]
        if form is not None:
            lines += [f"X-CSRFToken: {_TOKEN}", f"Content-Length: {len(body)}"]
            lines += ["Content-Type: application/x-www-form-urlencoded"]
        # As the script of the page does, which is told in JSON where to go on.
        lines += ["Accept: application/json" if path.endswith("submit/") else "Accept: text/html"]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body.encode()

    def _wrong(self, kind: str, answer: Answer) -> None:
        self._note(kind, f"{answer.status} {answer.body[:200]!r}")
        raise RuntimeError(f"{kind}: {answer.status}")

    def _note(self, kind: str, text: str) -> None:
        with self.tally.lock:
            self.tally.errors.append(f"{kind}: {text}")
