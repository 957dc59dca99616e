"""Statements leave the house as a file, and come in from one."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lrs import exporting, importing, parquet
from lrs.access import Holder, holder_with
from lrs.dictionary import definition_of
from lrs.exporting import Selection, batches
from lrs.importing import lines_of
from lrs.log import record
from lrs.models import Attachment, Mention, Statement, Voided
from lrs.searching import Filter, Query, search
from tests.lrs.credentials import credential
from tests.lrs.senders import ANA, BOOK, READ, about, has_read, send, sender
from xapi import statements, types
from xapi.mentions import AGENT, agent_identifier, key
from xapi.verbs import VOIDED

pytestmark = pytest.mark.django_db
ESSAY = b"What I learned\r\n"
ESSAY_HASH = sha256(ESSAY).hexdigest()
VOIDING = VOIDED.id


def attachment(**more: Any) -> dict[str, Any]:
    return {
        "usageType": "https://example.org/usage/essay",
        "display": {"en": "Essay"},
        "contentType": "text/plain",
        "length": len(ESSAY),
        "sha2": ESSAY_HASH,
    } | more


@pytest.fixture
def library(db: None) -> Holder:
    return sender()


def begun(at: datetime) -> Any:
    who: dict[str, Any] = {"actor": uuid4(), "course": uuid4(), "registration": uuid4(), "at": at}
    return statements.initialized(**who, key=uuid4(), type_=types.LESSON)


@pytest.fixture
def full_log(library: Holder, at: datetime) -> list[str]:
    """A log with everything that is special; its texts in the order of storing."""
    record([begun(at)], at=at)
    (first,) = send(library, has_read(), at=at)
    send(library, has_read(), has_read(timestamp="2026-11-01T08:00:00.123456789+01:00"), at=at)
    send(library, about(first, VOIDING), at=at + timedelta(seconds=1))
    essay = has_read(attachments=[attachment()])
    send(library, essay, at=at + timedelta(seconds=2), contents={ESSAY_HASH: ESSAY})
    newer = {"context": {"contextAgents": [{"objectType": "contextAgent", "agent": ANA}]}}
    send(library, has_read(**newer), at=at + timedelta(seconds=3), version="2.0.0")
    return bodies()


def bodies() -> list[str]:
    return list(Statement.objects.order_by("position").values_list("body", flat=True))


def emptied() -> None:
    for model in (Mention, Statement, Voided, Attachment):
        model._default_manager.all().delete()


def exported(*words: Any) -> str:
    out = StringIO()
    call_command("export_statements", *map(str, words), stdout=out, stderr=StringIO())
    return out.getvalue()


def imported(file: Path, holder: Holder, *words: Any) -> str:
    """Return what the command says at the end."""
    out = StringIO()
    arguments = [str(file), "--credential", holder.key, *map(str, words)]
    # It leaves with 1 where anything was refused.
    with contextlib.suppress(SystemExit):
        call_command("import_statements", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def written(folder: Path, *lines: Any) -> Path:
    path = folder / "statements.jsonl"
    text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(text) + "\n")
    return path


def refusals(file: Path) -> list[tuple[int, str]]:
    listed = Path(f"{file}.refused.jsonl").read_text().splitlines()
    return [(one["line"], one["reason"]) for one in map(json.loads, listed)]


# --- out --------------------------------------------------------------------------------------


def test_what_goes_out_is_what_is_stored_to_the_letter(
    full_log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert exported().splitlines() == full_log
    monkeypatch.setattr(exporting, "_BATCH", 2)
    assert exported().splitlines() == full_log


def test_a_part_is_asked_for_by_time_verb_and_sender(full_log: list[str], at: datetime) -> None:
    moment = at.isoformat()
    assert exported("--until", moment).splitlines() == full_log[:4]
    assert exported("--since", moment).splitlines() == full_log[4:]
    assert exported("--verb", VOIDING).splitlines() == [full_log[4]]
    assert exported("--own").splitlines() == [full_log[0]]
    assert exported("--foreign").splitlines() == full_log[1:]


def test_what_may_still_change_its_place_is_left_for_the_next_time(
    library: Holder, at: datetime
) -> None:
    send(library, has_read(), at=timezone.now() + timedelta(hours=1))
    assert exported() == ""


def test_a_moment_that_is_none_is_refused() -> None:
    for words in (["--since", "yesterday"], ["--until", "2026-13-01T00:00Z"]):
        with pytest.raises(CommandError, match="not a moment"):
            exported(*words)


def test_a_day_is_its_beginning(full_log: list[str], at: datetime) -> None:
    assert exported("--since", f"{at:%Y-%m-%d}").splitlines() == full_log
    assert exported("--until", f"{at:%Y-%m-%d}") == ""


def test_a_file_is_there_when_it_is_whole(
    full_log: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "log.jsonl"
    exported("--output", file)
    assert file.read_text().splitlines() == full_log

    def interrupted(selection: Selection) -> Iterator[list[exporting.Record]]:
        yield next(batches(selection))
        raise KeyboardInterrupt

    monkeypatch.setattr("lrs.management.commands.export_statements.batches", interrupted)
    with pytest.raises(KeyboardInterrupt):
        exported("--output", tmp_path / "other.jsonl")
    assert os.listdir(tmp_path) == ["log.jsonl"]


def test_attachments_go_out_once_under_their_hash(full_log: list[str], tmp_path: Path) -> None:
    for _ in range(2):
        exported("--attachments", tmp_path / "files")
    assert os.listdir(tmp_path / "files") == [ESSAY_HASH]
    assert (tmp_path / "files" / ESSAY_HASH).read_bytes() == ESSAY


def test_a_voided_statement_is_marked(full_log: list[str]) -> None:
    (records,) = batches(Selection(until=timezone.now()))
    assert [record.is_voided for record in records] == [False, True, *[False] * 5]
    assert [bool(record.sender) for record in records] == [False, *[True] * 6]


def test_without_its_package_parquet_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "pyarrow", None)
    with pytest.raises(CommandError, match="uv sync --inexact --group parquet"):
        exported("--format", "parquet", "--output", tmp_path / "log.parquet")
    assert os.listdir(tmp_path) == []
    with pytest.raises(CommandError, match="needs --output"):
        exported("--format", "parquet")


def test_a_table_for_statisticians(
    full_log: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    reader = pytest.importorskip("pyarrow.parquet", reason="an optional package")
    monkeypatch.setattr(exporting, "_BATCH", 2)
    monkeypatch.setattr(parquet, "_GROUP", 3)
    file = tmp_path / "log.parquet"
    exported("--format", "parquet", "--output", file)
    rows = reader.read_table(file).to_pylist()
    assert [row["body"] for row in rows] == full_log
    assert [row["voided"] for row in rows] == [False, True, *[False] * 5]
    assert reader.ParquetFile(file).num_row_groups == 2
    own, sent = rows[0], rows[3]
    assert (own["sender"], own["registration"] is None) == (None, False)
    assert sent["actor"] == "account https://example.org ana"
    assert (sent["verb"], sent["activity"]) == (READ, BOOK["id"])
    assert (sent["stored"], sent["timestamp"]) == (at, datetime(2026, 11, 1, 7, 0, 0, 123456, UTC))


# --- in ---------------------------------------------------------------------------------------


def test_a_whole_log_moves_and_stays_what_it_was(
    full_log: list[str], library: Holder, tmp_path: Path
) -> None:
    file, folder = tmp_path / "log.jsonl", tmp_path / "files"
    exported("--output", file, "--attachments", folder)
    mentions = set(Mention.objects.values_list("key", "direct"))
    emptied()
    words = ("--keep-stored", "--attachments", folder, "--batch", 2)
    assert imported(file, library, *words) == "7 new, 0 known, 0 refused"
    assert exported().splitlines() == full_log
    assert bytes(Attachment.objects.get().content) == ESSAY
    assert set(Mention.objects.values_list("key", "direct")) == mentions
    (records,) = batches(Selection(until=timezone.now()))
    assert [record.is_voided for record in records] == [False, True, *[False] * 5]
    assert {record.sender for record in records} == {library.key}
    assert imported(file, library, *words) == "0 new, 7 known, 0 refused"
    assert exported().splitlines() == full_log


def test_a_stopped_run_is_begun_again_and_goes_on(
    library: Holder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, *(has_read(result={"duration": f"PT{n}S"}) for n in range(5)))
    real, calls = importing.write, []

    def stopped(entries: Any) -> Any:
        calls.append(len(entries))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(entries)

    monkeypatch.setattr(importing, "write", stopped)
    with pytest.raises(KeyboardInterrupt):
        imported(file, library, "--batch", 2)
    assert Statement.objects.count() == 2
    monkeypatch.undo()
    assert imported(file, library, "--batch", 2) == "3 new, 2 known, 0 refused"
    assert imported(file, library) == "0 new, 5 known, 0 refused"


def test_what_comes_in_is_vouched_for_by_the_credential(
    library: Holder, tmp_path: Path, at: datetime
) -> None:
    other = {"mbox": "mailto:other@example.org"}
    told = {"stored": "2019-05-01T10:00:00Z", "authority": other}
    imported(written(tmp_path, has_read(**told)), library)
    row = Statement.objects.get()
    body = json.loads(row.body)
    assert body["authority"] == library.authority
    assert datetime.fromisoformat(body["stored"]) == row.stored > at
    assert body["timestamp"] == told["stored"]
    assert row.credential_id == library.credential
    assert definition_of(BOOK["id"]) == BOOK["definition"]


def test_a_log_from_before_this_one_keeps_its_order(library: Holder, tmp_path: Path) -> None:
    old, older = uuid4(), uuid4()
    lines = [
        has_read(id=str(old), stored="2018-03-01T10:00:00Z"),
        about(str(old), READ) | {"id": str(older), "stored": "2014-03-01T10:00:00Z"},
        has_read(stored="2026-11-01T10:00:00Z"),
    ]
    said = imported(written(tmp_path, *lines), library, "--keep-stored")
    assert said == "3 new, 0 known, 0 refused"
    who = Filter(key(AGENT, agent_identifier(ANA) or ""))
    found, after = [], None
    while True:
        page = search(Query(filters=(who,), ascending=True, limit=1, after=after))
        found += [json.loads(body)["stored"][:4] for body in page.bodies]
        if (after := page.after) is None:
            break
    assert found == ["2014", "2018", "2026"]


def test_more_of_one_moment_than_it_has_places_for(library: Holder, tmp_path: Path) -> None:
    lines = [
        has_read(id=str(uuid4()), stored="2026-11-01T10:00:00Z", result={"duration": f"PT{n}S"})
        for n in range(1100)
    ]
    file = written(tmp_path, *lines)
    assert imported(file, library, "--keep-stored") == "1100 new, 0 known, 0 refused"
    assert [json.loads(body)["id"] for body in bodies()] == [line["id"] for line in lines]
    assert imported(file, library, "--keep-stored") == "0 new, 1100 known, 0 refused"


def test_bad_lines_are_listed_and_the_rest_comes_in(
    library: Holder, tmp_path: Path, at: datetime
) -> None:
    own = begun(at)
    record([own], at=at)
    (there,) = send(library, has_read(), at=at)
    file = written(
        tmp_path,
        has_read(),
        "",
        "{",
        has_read(verb={"id": "read"}),
        has_read(id=there, object={"id": "https://example.org/books/2"}),
        about(str(own.id), VOIDING),
        has_read(attachments=[attachment()]),
        has_read(result={"response": "\ud800"}),
        "[" * 100_000,
        has_read(stored="2126-11-01T10:00:00Z"),
    )
    assert imported(file, library, "--keep-stored") == "2 new, 0 known, 7 refused"
    listed = dict(refusals(file))
    assert list(listed) == [3, 4, 5, 6, 7, 9, 10]
    assert listed[3].startswith("the body is not JSON")
    assert listed[4].startswith("verb.id: ")
    assert listed[5].endswith("exists already and says something else")
    assert listed[6] == "what this site recorded it alone takes back"
    assert listed[7] == f"the attachment {ESSAY_HASH} has no file, and no fileUrl"
    assert "deep" in listed[9]
    assert listed[10] == "stored: this moment is still to come"
    assert not Voided.objects.exists()
    file = written(tmp_path, has_read())
    imported(file, library)
    assert not Path(f"{file}.refused.jsonl").exists()


def test_the_same_id_twice_in_one_file(library: Holder, tmp_path: Path) -> None:
    id_ = str(uuid4())
    other = has_read(id=id_, verb={"id": "https://example.org/verbs/lent"})
    file = written(tmp_path, has_read(id=id_), has_read(id=id_), other)
    assert imported(file, library) == "1 new, 1 known, 1 refused"


def test_a_dry_run_writes_nothing(library: Holder, tmp_path: Path) -> None:
    file = written(tmp_path, has_read(), "{")
    assert imported(file, library, "--dry-run") == "1 would be new, 0 known, 1 refused"
    assert not Statement.objects.exists()


def test_a_file_of_an_attachment_must_be_what_its_name_says(
    library: Holder, tmp_path: Path
) -> None:
    (tmp_path / ESSAY_HASH).write_bytes(b"something else")
    file = written(tmp_path, has_read(attachments=[attachment()]))
    assert imported(file, library, "--attachments", tmp_path) == "0 new, 0 known, 1 refused"
    assert refusals(file) == [(1, f"the file of the attachment {ESSAY_HASH} has another hash")]


def test_a_line_that_is_too_long_is_passed_over() -> None:
    file = BytesIO(b"short\n" + b"x" * 50 + b"\n\n" + b"y" * 10 + b"\nlast")
    assert list(lines_of(file, 10)) == [(1, b"short"), (2, None), (4, b"y" * 10), (5, b"last")]


def test_a_bound_credential_vouches_within_its_bounds(tmp_path: Path) -> None:
    made, _ = credential(activity_prefix="https://example.org/books/")
    other = has_read(object={"id": "https://example.org/films/1"})
    file = written(tmp_path, has_read(), other)
    assert imported(file, holder_with(made.key)) == "1 new, 0 known, 1 refused"


def test_only_a_valid_credential_vouches(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no valid credential"):
        call_command("import_statements", str(written(tmp_path)), "--credential", "nobody")


def test_whoever_reads_may_stop(tmp_path: Path) -> None:
    """The command's end of a pipe whose other end is closed."""
    program = (
        "import os, sys\n"
        "import django; django.setup()\n"
        "from lrs.management.commands import export_statements as command\n"
        "from django.core.management import call_command\n"
        "from django.utils import timezone\n"
        "record = type('Record', (), {'body': 'x' * 100_000})()\n"
        "command.consistent_through = timezone.now\n"
        "command.batches = lambda selection: iter([[record]] * 100)\n"
        "call_command('export_statements')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
