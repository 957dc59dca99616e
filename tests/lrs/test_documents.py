"""Content keeps states and profiles in the record store."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from lrs import documents
from lrs.documents import Content, Shelf
from lrs.models import Document
from lrs.preconditions import Precondition
from lrs.refusals import Conflict, Mismatch, Refusal
from tests.lrs.credentials import credential

pytestmark = pytest.mark.django_db

STATE, OF_ACTIVITY, OF_AGENT = (
    "/xapi/activities/state",
    "/xapi/activities/profile",
    "/xapi/agents/profile",
)
LESSON = "https://example.org/lesson"
ANA = {"account": {"homePage": "https://example.org", "name": "ana"}}
MILA = {"mbox": "mailto:mila@example.org"}
VERSIONS = ["1.0.3", "2.0.0"]
MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Player:
    """A piece of content that talks to the record store with a credential of its own."""

    def __init__(self, version: str = "1.0.3", **overrides: Any) -> None:
        self.credential, self.headers = credential(version=version, **overrides)
        self.client = Client()

    def send(self, method: str, path: str, body: Any = None, /, **params: Any) -> Any:
        """Send a request; `headers` and `type` are no parameters of it."""
        headers = self.headers | params.pop("headers", {})
        media_type = params.pop("type", "application/json")
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        query = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in params.items()
        }
        if body is None:
            return self.client.generic(
                method, path, query_params=query, headers=headers, content_type=""
            )
        return self.client.generic(
            method, path, data, media_type, query_params=query, headers=headers
        )


@pytest.fixture
def content(db: None) -> Player:
    return Player()


def a_state(**changes: Any) -> dict[str, Any]:
    return {"activityId": LESSON, "agent": ANA, "stateId": "bookmark"} | changes


def sha1(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def without(params: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in params.items() if name not in names}


# --- one document -----------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_state_is_kept_and_read_again(version: str) -> None:
    content = Player(version)
    before = timezone.now().replace(microsecond=0)

    stored = content.send("PUT", STATE, {"page": 3}, **a_state())
    found = content.send("GET", STATE, **a_state())

    assert stored.status_code == 204
    assert stored.content == b""
    assert found.status_code == 200
    assert found.json() == {"page": 3}
    assert found["ETag"] == f'"{sha1(found.content)}"'
    changed = datetime.strptime(found["Last-Modified"], "%a, %d %b %Y %H:%M:%S GMT")
    assert changed.replace(tzinfo=UTC) >= before
    assert found["X-Experience-API-Version"] == version


def test_any_bytes_come_back_as_they_were_sent(content: Player) -> None:
    sent = bytes(range(256))
    content.send("PUT", STATE, sent, type="image/x-odd; a=b", **a_state())

    found = content.send("GET", STATE, **a_state())

    assert found.content == sent
    assert found["Content-Type"] == "image/x-odd; a=b"


def test_a_page_among_the_documents_cannot_act_in_a_browser(content: Player) -> None:
    content.send("PUT", STATE, b"<script>alert(1)</script>", type="text/html", **a_state())

    found = content.send("GET", STATE, **a_state())

    assert "sandbox" in found["Content-Security-Policy"]
    assert found["X-Content-Type-Options"] == "nosniff"


def test_head_says_what_get_says_without_the_content(content: Player) -> None:
    content.send("PUT", STATE, {"page": 3}, **a_state())

    found = content.send("HEAD", STATE, **a_state())

    assert found.status_code == 200
    assert found.content == b""
    assert found["ETag"]
    assert found["Content-Length"] == str(len(b'{"page": 3}'))


def test_a_reader_who_has_the_document_is_told_so(content: Player) -> None:
    content.send("PUT", STATE, {"page": 3}, **a_state())
    etag = content.send("GET", STATE, **a_state())["ETag"]

    again = content.send("GET", STATE, headers={"If-None-Match": etag}, **a_state())

    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == etag


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"activityId": LESSON + "/2"},
        {"agent": MILA},
        {"stateId": "Bookmark"},
        {"registration": str(uuid4())},
    ],
)
def test_what_was_not_stored_is_not_found(content: Player, elsewhere: dict[str, Any]) -> None:
    content.send("PUT", STATE, {"page": 3}, **a_state())

    assert content.send("GET", STATE, **a_state(**elsewhere)).status_code == 404


def test_a_registration_is_the_same_in_any_letters(content: Player) -> None:
    registration = str(uuid4())
    content.send("PUT", STATE, {"page": 3}, **a_state(registration=registration.upper()))

    assert content.send("GET", STATE, **a_state(registration=registration)).json() == {"page": 3}


def test_an_agent_is_known_by_the_identifier_alone(content: Player) -> None:
    content.send("PUT", STATE, {"page": 3}, **a_state(agent=ANA | {"name": "Ana"}))

    found = content.send("GET", STATE, **a_state(agent=ANA | {"objectType": "Agent"}))

    assert found.json() == {"page": 3}


def test_a_deleted_state_is_gone_and_may_be_deleted_again(content: Player) -> None:
    content.send("PUT", STATE, {"page": 3}, **a_state())

    assert content.send("DELETE", STATE, **a_state()).status_code == 204
    assert content.send("DELETE", STATE, **a_state()).status_code == 204
    assert content.send("GET", STATE, **a_state()).status_code == 404


# --- lists ------------------------------------------------------------------------------------


def test_the_ids_of_states_are_listed(content: Player) -> None:
    for name in ("first", "second"):
        content.send("PUT", STATE, {}, **a_state(stateId=name))
    content.send("PUT", STATE, {}, **a_state(stateId="hers", agent=MILA))

    listed = content.send("GET", STATE, **without(a_state(), "stateId"))

    assert listed.json() == ["first", "second"]
    assert listed["ETag"]
    assert listed["Last-Modified"]


def test_no_states_are_an_empty_list(content: Player) -> None:
    listed = content.send("GET", STATE, **without(a_state(), "stateId"))

    assert listed.status_code == 200
    assert listed.json() == []


def test_only_what_was_stored_since_is_listed() -> None:
    shelf = Shelf("state", 1, 2)
    for minutes, name in enumerate(("old", "edge", "new")):
        at = MOMENT + timedelta(minutes=minutes)
        documents.put(shelf, name, Content(b"", "text/plain"), at=at)

    names, newest = documents.list_names(shelf, since=MOMENT + timedelta(minutes=1))

    assert names == ["new"]
    assert newest == MOMENT + timedelta(minutes=2)


def test_a_list_without_registration_spans_all_of_them(content: Player) -> None:
    some, other = str(uuid4()), str(uuid4())
    for registration in (some, other):
        content.send("PUT", STATE, {}, **a_state(registration=registration))
    content.send("PUT", STATE, {}, **a_state(stateId="loose"))
    context = without(a_state(), "stateId")

    assert set(content.send("GET", STATE, **context).json()) == {"bookmark", "loose"}
    assert content.send("GET", STATE, registration=some, **context).json() == ["bookmark"]


def test_all_states_of_a_context_are_deleted_at_once(content: Player) -> None:
    registration = str(uuid4())
    content.send("PUT", STATE, {}, **a_state(registration=registration))
    content.send("PUT", STATE, {}, **a_state())
    content.send("PUT", STATE, {}, **a_state(agent=MILA))
    context = without(a_state(), "stateId")

    content.send("DELETE", STATE, registration=registration, **context)
    assert content.send("GET", STATE, **context).json() == ["bookmark"]
    assert content.send("DELETE", STATE, **context).status_code == 204

    assert content.send("GET", STATE, **context).json() == []
    assert content.send("GET", STATE, **a_state(agent=MILA)).status_code == 200


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("path", "of", "other"),
    [
        (OF_ACTIVITY, {"activityId": LESSON}, {"activityId": LESSON + "/2"}),
        (OF_AGENT, {"agent": ANA}, {"agent": MILA}),
    ],
)
def test_profiles_are_kept_listed_and_deleted(
    version: str, path: str, of: dict[str, Any], other: dict[str, Any]
) -> None:
    content, first = Player(version), {"If-None-Match": "*"}
    for name in ("p", "q"):
        stored = content.send("PUT", path, {"of": name}, headers=first, profileId=name, **of)
        assert (stored.status_code, stored.content) == (204, b"")

    found, listed = content.send("GET", path, profileId="p", **of), content.send("GET", path, **of)
    assert found.json() == {"of": "p"}
    assert found["ETag"] == f'"{sha1(found.content)}"'
    assert found["Last-Modified"] == listed["Last-Modified"]
    assert listed.json() == ["p", "q"]
    assert content.send("GET", path, since="2020-01-01T00:00:00Z", **of).json() == ["p", "q"]
    assert content.send("GET", path, since="2120-01-01T00:00:00Z", **of).json() == []
    assert content.send("GET", path, **other).json() == []
    assert content.send("GET", path, profileId="p", **other).status_code == 404

    assert content.send("DELETE", path, profileId="p", **of).status_code == 204
    assert content.send("GET", path, profileId="p", **of).status_code == 404
    assert content.send("GET", path, **of).json() == ["q"]


@pytest.mark.parametrize(
    ("path", "params"),
    [
        (OF_ACTIVITY, {"profileId": "p"}),
        (OF_ACTIVITY, {"activityId": "no iri", "profileId": "p"}),
        (OF_ACTIVITY, {"activityId": LESSON, "since": "yesterday"}),
        (OF_ACTIVITY, {"activityId": LESSON, "agent": ANA, "profileId": "p"}),
        (OF_AGENT, {"profileId": "p"}),
        (OF_AGENT, {"agent": {"name": "nobody"}, "profileId": "p"}),
        (OF_AGENT, {"agent": ANA, "since": "yesterday"}),
        (OF_AGENT, {"agent": ANA, "profileid": "p"}),
    ],
)
def test_a_question_for_profiles_must_be_one(
    content: Player, path: str, params: dict[str, Any]
) -> None:
    assert content.send("GET", path, **params).status_code == 400


# --- merging ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "params"),
    [
        (STATE, a_state()),
        (OF_ACTIVITY, {"activityId": LESSON, "profileId": "p"}),
        (OF_AGENT, {"agent": ANA, "profileId": "p"}),
    ],
)
def test_json_objects_are_merged_at_their_top_level(
    content: Player, path: str, params: dict[str, Any]
) -> None:
    first = content.send("POST", path, {"x": {"a": 1}, "y": "č"}, **params)
    second = content.send("POST", path, {"x": {"b": 2}, "z": None}, **params)

    found = content.send("GET", path, **params)
    assert [first.status_code, second.status_code] == [204, 204]
    assert found.json() == {"x": {"b": 2}, "y": "č", "z": None}
    assert found["ETag"] == f'"{sha1(found.content)}"'


@pytest.mark.parametrize(
    ("there", "kind", "posted", "posted_kind"),
    [
        (b'{"x": 1}', "application/json", b"abc", "text/plain"),
        (b"abc", "text/plain", b'{"x": 1}', "application/json"),
        (b'{"x": 1}', "application/json", b"[1]", "application/json"),
        (b"[1]", "application/json", b'{"x": 1}', "application/json"),
        (b'{"x": 1}', "application/json", b'{"x": 1}{', "application/json"),
        (b'{"x": 1}', "application/json", b'{"x": NaN}', "application/json"),
        (b'{"x": 1}', "application/json", b'{"x": 1e999}', "application/json"),
    ],
)
def test_nothing_else_is_merged_and_nothing_is_changed(
    content: Player, there: bytes, kind: str, posted: bytes, posted_kind: str
) -> None:
    content.send("PUT", STATE, there, type=kind, **a_state())

    refused = content.send("POST", STATE, posted, type=posted_kind, **a_state())

    assert refused.status_code == 400
    assert content.send("GET", STATE, **a_state()).content == there


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", "image/png"])
def test_what_is_posted_first_may_be_anything(version: str, kind: str) -> None:
    content = Player(version)

    assert content.send("POST", STATE, b"\xff\0", type=kind, **a_state()).status_code == 204
    assert content.send("GET", STATE, **a_state()).content == b"\xff\0"


def test_half_a_surrogate_pair_survives_a_merge(content: Player) -> None:
    content.send("PUT", STATE, b'{"x": "\\ud800"}', **a_state())

    assert content.send("POST", STATE, {"y": 1}, **a_state()).status_code == 204
    assert content.send("GET", STATE, **a_state()).json() == {"x": "\ud800", "y": 1}


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_what_claims_to_be_json_must_be_json(content: Player, method: str) -> None:
    refused = content.send(method, STATE, b"{page: 3}", **a_state())

    assert refused.status_code == 400
    assert content.send("GET", STATE, **a_state()).status_code == 404


# --- concurrency ------------------------------------------------------------------------------

PROFILE = {"activityId": LESSON, "profileId": "p"}
MISSING, EXISTING = False, True


@pytest.mark.parametrize(
    ("version", "path", "params", "exists", "status"),
    [
        ("1.0.3", STATE, a_state(), MISSING, 204),
        ("1.0.3", STATE, a_state(), EXISTING, 204),
        ("2.0.0", STATE, a_state(), MISSING, 204),
        ("2.0.0", STATE, a_state(), EXISTING, 409),
        ("1.0.3", OF_ACTIVITY, PROFILE, MISSING, 400),
        ("1.0.3", OF_ACTIVITY, PROFILE, EXISTING, 409),
        ("2.0.0", OF_ACTIVITY, PROFILE, MISSING, 204),
        ("2.0.0", OF_ACTIVITY, PROFILE, EXISTING, 409),
        ("1.0.3", OF_AGENT, {"agent": ANA, "profileId": "p"}, MISSING, 400),
        ("1.0.3", OF_AGENT, {"agent": ANA, "profileId": "p"}, EXISTING, 409),
        ("2.0.0", OF_AGENT, {"agent": ANA, "profileId": "p"}, MISSING, 204),
        ("2.0.0", OF_AGENT, {"agent": ANA, "profileId": "p"}, EXISTING, 409),
    ],
)
def test_whether_a_put_may_do_without_a_precondition(
    version: str, path: str, params: dict[str, Any], exists: bool, status: int
) -> None:
    content = Player(version)
    if exists:
        content.send("POST", path, {"there": True}, **params)

    answer = content.send("PUT", path, {"new": True}, **params)

    assert answer.status_code == status
    if status == 409:
        assert "If-Match" in answer.json()["error"]
        assert content.send("GET", path, **params).json() == {"there": True}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize(("path", "params"), [(STATE, a_state()), (OF_ACTIVITY, PROFILE)])
def test_who_has_read_something_older_changes_nothing(
    version: str, method: str, path: str, params: dict[str, Any]
) -> None:
    content = Player(version)
    content.send("POST", path, {"x": 1}, **params)
    old = content.send("GET", path, **params)["ETag"]
    content.send("POST", path, {"x": 2}, **params)
    new = content.send("GET", path, **params)["ETag"]
    body = None if method == "DELETE" else {"x": 3}

    refused = content.send(method, path, body, headers={"If-Match": old}, **params)
    assert refused.status_code == 412
    assert content.send("GET", path, **params).json() == {"x": 2}

    done = content.send(method, path, body, headers={"If-Match": new}, **params)
    assert done.status_code == 204


def test_a_document_is_created_once_only(content: Player) -> None:
    once = {"If-None-Match": "*"}

    first = content.send("PUT", OF_ACTIVITY, {"x": 1}, headers=once, **PROFILE)
    second = content.send("PUT", OF_ACTIVITY, {"x": 2}, headers=once, **PROFILE)

    assert [first.status_code, second.status_code] == [204, 412]


THIS, OTHER = "a" * 40, "b" * 40


@pytest.mark.parametrize(
    ("header", "etag", "passes"),
    [
        (f'"{THIS}"', THIS, True),
        (f'"{THIS.upper()}"', THIS, True),
        (f'"{OTHER}", "{THIS}"', THIS, True),
        (f'W/"{THIS}"', THIS, True),
        (THIS, THIS, True),
        ("*", THIS, True),
        ("*", None, False),
        (f'"{THIS}"', None, False),
        (f'"{OTHER}"', THIS, False),
        ("", THIS, False),
        ('"', THIS, False),
    ],
)
def test_if_match(header: str, etag: str | None, passes: bool) -> None:
    matching, not_matching = Precondition(match=header), Precondition(none_match=header)

    for precondition, expected in ((matching, passes), (not_matching, not passes)):
        if expected:
            precondition.check(etag)
        else:
            with pytest.raises(Mismatch):
                precondition.check(etag)


@pytest.fixture
def somebody_quicker(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf where a document appeared after we looked, and before we wrote."""
    shelf, look = Shelf("activity", 1), documents._named
    documents.put(shelf, "p", Content(b'{"theirs": 1}', "application/json"), at=MOMENT)

    def early(*where: Any) -> Any:
        monkeypatch.setattr(documents, "_named", look)
        return Document.objects.none()

    monkeypatch.setattr(documents, "_named", early)
    return shelf


def test_who_creates_at_the_same_moment_looks_again(somebody_quicker: Shelf) -> None:
    documents.merge(somebody_quicker, "p", Content(b'{"ours": 1}', "application/json"), at=MOMENT)

    found = documents.read(somebody_quicker, "p")
    assert found
    assert json.loads(bytes(found.content)) == {"theirs": 1, "ours": 1}


def test_what_was_created_at_the_same_moment_is_not_overwritten(somebody_quicker: Shelf) -> None:
    with pytest.raises(Conflict):
        documents.put(
            somebody_quicker,
            "p",
            Content(b"", "text/plain"),
            at=MOMENT,
            only_if=Precondition(guards=True),
        )


def test_a_profile_put_needs_a_precondition_in_the_domain_too() -> None:
    with pytest.raises(Refusal):
        documents.put(
            Shelf("agent", agent=1),
            "p",
            Content(b"", "text/plain"),
            at=MOMENT,
            only_if=Precondition(guards=True, is_needed=True),
        )


# --- refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
@pytest.mark.parametrize(
    "params",
    [
        without(a_state(), "activityId"),
        without(a_state(), "agent"),
        a_state(activityId="no iri"),
        a_state(agent="not JSON"),
        a_state(agent=True),
        a_state(agent={"name": "nobody"}),
        a_state(agent={"objectType": "Group", "mbox": "mailto:all@example.org"}),
        a_state(registration="1"),
        a_state(profileId="p"),
        a_state(stateid="bookmark"),
        a_state(stateId=""),
        a_state(stateId="\0"),
        a_state(stateId="š" * 1001),
    ],
)
def test_parameters_that_are_wrong_are_refused(
    content: Player, method: str, params: dict[str, Any]
) -> None:
    body: dict[str, Any] | None = {} if method in ("PUT", "POST") else None

    assert content.send(method, STATE, body, **params).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize(
    ("path", "params"), [(OF_ACTIVITY, {"activityId": LESSON}), (OF_AGENT, {"agent": ANA})]
)
def test_profiles_are_changed_one_by_one(
    content: Player, method: str, path: str, params: dict[str, Any]
) -> None:
    assert content.send("GET", path, **params).json() == []
    headers = {"If-None-Match": "*"}

    assert content.send(method, path, {}, headers=headers, **params).status_code == 400


def test_since_is_a_moment_and_belongs_to_reading(content: Player) -> None:
    context = without(a_state(), "stateId")
    content.send("PUT", STATE, {}, **a_state())

    assert content.send("GET", STATE, since="true", **context).status_code == 400
    assert content.send("GET", STATE, since="2020-01-01T00:00:00Z", **context).json()
    assert content.send("DELETE", STATE, since="2020-01-01T00:00:00Z", **context).status_code == 400


@pytest.mark.parametrize(("version", "status"), [("1.0.3", 200), ("2.0.0", 400)])
def test_in_2_0_since_does_not_go_with_one_state(version: str, status: int) -> None:
    content, since = Player(version), {"since": "2020-01-01T00:00:00Z"}
    content.send("PUT", STATE, {}, **a_state())

    assert content.send("GET", STATE, **a_state(), **since).status_code == status
    assert content.send("GET", STATE, **without(a_state(), "stateId"), **since).json()


def test_a_media_type_that_no_header_can_carry_is_refused(content: Player) -> None:
    fields = a_state() | {
        "agent": json.dumps(ANA),
        "content": "x",
        "Content-Type": "text/plain\r\nX-Odd: 1",
    }

    refused = content.client.post(f"{STATE}?method=PUT", fields | content.headers)

    assert refused.status_code == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
@pytest.mark.parametrize(
    ("scopes", "reads", "writes"),
    [
        (["state"], True, True),
        (["all/read"], True, False),
        (["profile"], False, False),
        (["statements/read", "statements/write"], False, False),
    ],
)
def test_scopes_open_states(method: str, scopes: list[str], reads: bool, writes: bool) -> None:
    content = Player(scopes=scopes)
    body: dict[str, Any] | None = {} if method in ("PUT", "POST") else None

    answer = content.send(method, STATE, body, **a_state())

    allowed = reads if method == "GET" else writes
    assert (answer.status_code != 403) == allowed


def test_nobody_unknown_reads_anything() -> None:
    answer = Client().get(STATE, a_state(), headers={"X-Experience-API-Version": "1.0.3"})

    assert answer.status_code == 401


def test_launched_content_reaches_the_documents_of_its_learner_only() -> None:
    registration = str(uuid4())
    content = Player(registration=registration, agent=ANA, activity_prefix=LESSON)

    def status(**changes: Any) -> int:
        found: int = content.send("PUT", STATE, {}, **a_state(**changes)).status_code
        return found

    assert status(registration=registration.upper()) == 204
    assert status() == 403
    assert status(registration=str(uuid4())) == 403
    assert status(registration=registration, agent=MILA) == 403
    assert status(registration=registration, activityId="https://example.org/other") == 403
    assert content.send("GET", OF_AGENT, agent=ANA).status_code == 200
    assert content.send("GET", OF_AGENT, agent=MILA).status_code == 403
