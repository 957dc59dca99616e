"""A reader of the feed that keeps a copy, as the client in docs/examples does."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

CHANGES = "/api/v1/completions/changes"

Entry = dict[str, Any]


@dataclass
class Copy:
    """What a client holds: rows and tombstones by enrolment, and the cursor."""

    client: Client
    token: str
    cursor: str = ""
    rows: dict[str, Entry | None] = field(default_factory=dict)
    last: Any = None

    def ask(self, **more: Any) -> Any:
        """Return the answer to the next question."""
        headers = {"authorization": f"Bearer {self.token}"} | more.pop("headers", {})
        query = ({"cursor": self.cursor} if self.cursor else {}) | more
        return self.client.get(CHANGES, query, headers=headers)

    def page(self, **more: Any) -> list[Entry]:
        """Take in one page; return what came."""
        answer = self.ask(**more)
        assert answer.status_code == 200, answer.content
        self.last = answer.json()
        for entry in self.last["rows"]:
            self.rows[entry["enrolment"]] = entry["completion"]
        self.cursor = self.last["next_cursor"]
        entries: list[Entry] = self.last["rows"]
        return entries

    def pull(self, **more: Any) -> list[Entry]:
        """Take in all there is; return what came."""
        came = self.page(**more)
        while self.last["more"]:
            came += self.page(**more)
        return came

    def told(self) -> list[tuple[str, str]]:
        """Take in all there is; return enrolment and change of what came."""
        return [(entry["enrolment"], entry["change"]) for entry in self.pull()]

    @property
    def held(self) -> dict[str, Entry]:
        """The rows that are no tombstones."""
        return {key: row for key, row in self.rows.items() if row is not None}
