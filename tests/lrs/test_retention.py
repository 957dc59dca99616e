"""What others sent may go after a time; what this site recorded stays for good."""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from config.checks import privacy_of_the_log_is_understood
from courses.models import Enrolment
from lrs import retention
from lrs.access import Holder
from lrs.models import Attachment, Mention, Removal, Statement, Voided
from lrs.rebuilding import differences
from lrs.retention import Plan, Rule, RuleRefused, planned, remove, rules
from lrs.unattached import sweep
from tests.factories.courses import SmallCourse
from tests.lrs.senders import READ, about, has_read, send, sender
from tests.support import complete
from xapi.verbs import VOIDED

pytestmark = pytest.mark.django_db
LENT = "https://example.org/verbs/lent"
LIKED = "https://example.org/verbs/liked"
PHOTO, MAP = bytes(range(256)), b"a map"


@pytest.fixture
def library(db: None) -> Holder:
    return sender()


def after(days: int, settings: Any, verb: str = READ) -> None:
    settings.LRS_RETENTION = {verb: days}


def index() -> set[tuple[int, bool, int]]:
    return set(Mention.objects.values_list("key", "direct", "position"))


def verbs() -> list[str]:
    return list(Statement.objects.order_by("position").values_list("verb", flat=True))


def run(*words: str) -> list[str]:
    out = StringIO()
    call_command("retain_statements", *words, stdout=out)
    return out.getvalue().splitlines()


def with_files(*contents: bytes) -> dict[str, Any]:
    files = [
        {
            "usageType": "https://example.org/usage/picture",
            "display": {"en": "Picture"},
            "contentType": "image/png",
            "length": len(content),
            "sha2": sha256(content).hexdigest(),
        }
        for content in contents
    ]
    return has_read(attachments=files)


def files(*contents: bytes) -> dict[str, bytes]:
    return {sha256(content).hexdigest(): content for content in contents}


def test_only_the_verb_and_age_that_a_rule_names(
    library: Holder, at: datetime, settings: Any
) -> None:
    send(library, has_read(), has_read(verb={"id": LENT}), at=at)
    kept = index()
    send(library, has_read(), at=at - timedelta(days=1))
    after(1, settings)
    assert sum(remove(at)) == 0
    assert sum(remove(at + timedelta(seconds=1))) == 1
    assert verbs() == [READ, LENT]
    assert index() == kept


def test_every_other_verb(library: Holder, at: datetime, settings: Any) -> None:
    send(library, *(has_read(verb={"id": verb}) for verb in (READ, LENT, LIKED)), at=at)
    settings.LRS_RETENTION = {READ: 500, "*": 10}
    assert sum(remove(at + timedelta(days=11))) == 2
    assert verbs() == [READ]


def test_what_this_site_recorded_stays_and_so_does_all_that_rests_on_it(
    enrolment: Enrolment,
    course: SmallCourse,
    library: Holder,
    at: datetime,
    settings: Any,
) -> None:
    complete(enrolment, course, at)
    own = Statement.objects.count()
    send(library, has_read(), at=at)
    settings.LRS_RETENTION = {"*": 1}
    assert sum(remove(at + timedelta(days=900))) == 1
    assert Statement.objects.count() == own
    assert differences() == []


def test_some_at_a_time(
    library: Holder, at: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_BATCH", 2)
    for minutes in range(5):
        send(library, has_read(), at=at + timedelta(minutes=minutes))
    after(1, settings)
    assert list(remove(at + timedelta(days=2))) == [2, 2, 1]
    assert not Mention.objects.exists()


def test_a_count_stays_behind(library: Holder, at: datetime, settings: Any) -> None:
    send(library, has_read(), has_read(), at=at)
    send(library, has_read(), at=at + timedelta(days=1))
    after(30, settings)
    now = at + timedelta(days=60)
    assert sum(remove(now)) == 3
    rows = Removal.objects.order_by("day").values_list("removed_at", "rule", "verb", "day", "count")
    rule = f"{READ} after 30 days"
    assert list(rows) == [
        (now, rule, READ, at.date(), 2),
        (now, rule, READ, at.date() + timedelta(days=1), 1),
    ]


def test_a_chain_of_statements_leaves_no_trace_in_the_index(
    library: Holder, at: datetime, settings: Any
) -> None:
    """The middle goes: the end is found no more by what it says, nor by what that was about."""
    (first,) = send(library, has_read(), at=at)
    (middle,) = send(library, about(first, LENT), at=at + timedelta(minutes=1))
    (last,) = send(library, about(middle, LIKED), at=at + timedelta(minutes=2))
    send(library, about(last, LIKED), at=at + timedelta(minutes=3))
    after(1, settings, LENT)
    assert sum(remove(at + timedelta(days=2))) == 1
    assert verbs() == [READ, LIKED, LIKED]
    left = index()
    written_anew(library)
    assert left == index()
    settings.LRS_RETENTION = {"*": 1}
    assert sum(remove(at + timedelta(days=2))) == 3
    assert index() == set()


def written_anew(holder: Holder) -> None:
    """Write what is left of the log once more, with an index of nothing else."""
    rows = list(Statement.objects.order_by("position"))
    Mention.objects.all().delete()
    Statement.objects.all().delete()
    for row in rows:
        body = json.loads(row.body)
        told = {name: body[name] for name in ("id", "actor", "verb", "object")}
        send(holder, told, at=row.stored)


def test_what_was_taken_back_stays_taken_back(library: Holder, at: datetime, settings: Any) -> None:
    (first,) = send(library, has_read(), at=at)
    send(library, about(first, VOIDED.id), at=at)
    after(1, settings, VOIDED.id)
    assert sum(remove(at + timedelta(days=2))) == 1
    assert Voided.objects.count() == 1


def test_attachments_go_with_the_last_statement_that_names_them(
    library: Holder, at: datetime, settings: Any
) -> None:
    send(library, with_files(PHOTO, MAP), at=at, contents=files(PHOTO, MAP))
    kept = with_files(MAP) | {"verb": {"id": LENT}}
    send(library, kept, at=at, contents=files(MAP))
    after(1, settings)
    assert sum(remove(at + timedelta(days=2))) == 1
    assert [bytes(one.content) for one in Attachment.objects.all()] == [MAP]


def test_attachments_without_a_rule_of_their_own_are_left_alone(
    library: Holder, at: datetime
) -> None:
    send(library, with_files(PHOTO), at=at, contents=files(PHOTO))
    assert sweep(files(PHOTO, MAP)) == 0
    assert sweep([]) == 0
    assert Attachment.objects.count() == 1


def test_first_one_looks_at_what_would_go(library: Holder, at: datetime, settings: Any) -> None:
    send(library, has_read(), has_read(), has_read(verb={"id": LENT}), at=at)
    send(library, has_read(), at=at - timedelta(days=31))
    settings.LRS_RETENTION = {READ: 1, "*": 2}
    month, before = at.date().replace(day=1), (at - timedelta(days=31)).date().replace(day=1)
    assert planned(at + timedelta(days=3)) == [
        Plan(Rule("*", 2), LENT, month, 1),
        Plan(Rule(READ, 1), READ, before, 1),
        Plan(Rule(READ, 1), READ, month, 2),
    ]
    assert Statement.objects.count() == 4
    settings.LRS_RETENTION = {READ: 20}
    said = run("--dry-run")
    assert said[0].split() == [f"{before:%Y-%m}", "1", READ, f"({READ}", "after", "20", "days)"]
    assert said[-1] == "1 statements would be removed."
    assert run() == ["1 statements removed."]
    assert Statement.objects.count() == 3


def test_without_rules_everything_stays(library: Holder, at: datetime) -> None:
    send(library, has_read(), at=at - timedelta(days=3650))
    assert run() == ["LRS_RETENTION has no rules: everything stays."]
    assert sum(remove(at)) == 0


@pytest.mark.parametrize(
    "wrong", [[READ], {READ: 0}, {READ: "30"}, {READ: True}, {"read": 30}, {"": 30}]
)
def test_a_rule_that_cannot_be_followed_is_refused(wrong: Any, settings: Any) -> None:
    settings.LRS_RETENTION = wrong
    with pytest.raises(RuleRefused):
        rules()
    with pytest.raises(CommandError, match="LRS_RETENTION"):
        run()
    (error,) = privacy_of_the_log_is_understood()
    assert error.id == "putokaz.E005"
