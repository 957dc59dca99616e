"""`make test` itself: what did not run is said, and is a failure where everything must run."""

import contextlib
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from config.bootstrap import browser, deployed, postgres, suite
from config.bootstrap.suite import Check, Outcome

PASSED = Outcome("types", "passed", 1.0)
FAILED = Outcome("code", "failed", 1.0)
NOT_RUN = Outcome("browser tests", "not run", 0.0, "no Chromium")


@pytest.mark.parametrize(
    ("outcomes", "require_all", "code"),
    [
        ([PASSED], True, 0),
        ([PASSED, FAILED], False, 1),
        ([PASSED, NOT_RUN], False, 0),
        ([PASSED, NOT_RUN], True, 1),
    ],
)
def test_the_exit_code_tells(outcomes: list[Outcome], require_all: bool, code: int) -> None:
    assert suite.report(outcomes, require_all=require_all) == code


def test_what_did_not_run_is_said_loudly(capsys: pytest.CaptureFixture[str]) -> None:
    suite.report([PASSED, NOT_RUN], require_all=False)
    loose = capsys.readouterr().out
    suite.report([PASSED, NOT_RUN], require_all=True)
    strict = capsys.readouterr().out
    assert "1 of 2 DID NOT RUN" in loose
    assert "no Chromium" in loose
    assert "checks: 1 passed, 0 failed, 1 skipped" in loose
    assert "checks: 1 passed, 1 failed, 0 skipped" in strict


@pytest.mark.parametrize(
    ("words", "result"), [("pass", "passed"), ("raise SystemExit(1)", "failed")]
)
def test_a_check_is_what_its_command_says(tmp_path: Path, words: str, result: str) -> None:
    (tmp_path / "manage.py").write_text(words)
    outcome = suite._run(Check("one", ("manage.py",)), {"": {}}, tmp_path)
    assert outcome.result == result


def test_pytest_without_tests_has_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_found = subprocess.CompletedProcess("pytest", 5)
    monkeypatch.setattr("subprocess.run", lambda *args, **kwargs: nothing_found)
    for command, result in ((("-m", "pytest"), "not run"), (("-m", "mypy"), "failed")):
        assert suite._run(Check("one", command), {"": {}}, tmp_path).result == result


def test_checks_of_one_core_run_side_by_side_and_print_in_one_piece(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each waits for a sign of the other: one after the other they would wait in vain."""
    (tmp_path / "manage.py").write_text(
        "import sys, time, pathlib\n"
        "own, other = sys.argv[1:]\n"
        "print('begin', own, flush=True)\n"
        "pathlib.Path(own).touch()\n"
        "deadline = time.monotonic() + 20\n"
        "while not pathlib.Path(other).exists() and time.monotonic() < deadline: time.sleep(0.01)\n"
        "print('end', own)\n"
        "sys.exit(not pathlib.Path(other).exists())\n"
    )
    pair = [Check(name, ("manage.py", *name.split())) for name in ("a b", "b a")]
    assert suite.run(pair, root=tmp_path, require_all=True) == 0
    said = capfd.readouterr().out
    assert "begin a\nend a" in said
    assert "begin b\nend b" in said


def test_what_cannot_be_provided_is_the_reason(tmp_path: Path) -> None:
    check = Check("one", ("manage.py",), needs="PostgreSQL")
    outcome = suite._run(check, {"PostgreSQL": "no programs"}, tmp_path)
    assert (outcome.result, outcome.reason) == ("not run", "no programs")


def test_every_check_is_in_all_and_the_fast_part_needs_nothing() -> None:
    assert suite.chosen("all") == list(suite.CHECKS)
    assert suite.chosen("lint")
    assert all(not check.needs for check in suite.chosen("fast"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [({}, 0), ({"SEAL_KEY_FILE": "/nowhere/seal.p12"}, 1), ({"SITE_URL": ""}, 1)],
)
def test_the_settings_of_a_site_are_seen_as_a_deployment_sees_them(
    changes: dict[str, str], code: int
) -> None:
    assert deployed.check(changes) == code


def test_a_browser_that_does_not_start_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signpost = tmp_path / "chromium"
    signpost.write_text("#!/bin/sh\necho 'install the snap'; exit 1\n")
    signpost.chmod(0o755)
    monkeypatch.setenv("PUTOKAZ_CHROMIUM", str(signpost))
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert browser.find_chromium(tmp_path) == ""
    signpost.write_text("#!/bin/sh\necho 'Chromium 150.0'\n")
    assert browser.find_chromium(tmp_path) == str(signpost)


def test_a_folder_without_all_programs_is_no_postgres(tmp_path: Path) -> None:
    assert postgres.version(tmp_path) == 0


@pytest.mark.postgres
def test_a_private_cluster_is_gone_afterwards() -> None:
    programs = postgres.find_programs()
    assert programs, "this test runs only beside a PostgreSQL"
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(postgres.private_cluster(programs))
        home = Path(url.partition("host=")[2])
        with psycopg.connect(url) as connection:
            lowered = connection.execute("SELECT lower('ЂАЧИЋ')").fetchone()
        assert lowered == ("ђачић",)
        assert home.is_dir()
    assert not home.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_a_cluster_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    for name in ("initdb", "pg_ctl", "postgres"):
        (tmp_path / name).write_text(f"#!{sys.executable}\nraise SystemExit('no space left')\n")
        (tmp_path / name).chmod(0o755)
    tmp_path.chmod(0o755)
    with (
        pytest.raises(postgres.NoPostgres, match="initdb did not work"),
        postgres.private_cluster(tmp_path),
    ):
        pass
