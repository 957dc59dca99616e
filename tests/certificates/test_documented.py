"""The programs in docs/certificates.md run as they are printed, and say what is true."""

import io
import json
import re
import runpy
import shutil
import textwrap
import urllib.request
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from certificates.credential import as_jwt, credential_of, with_proof
from certificates.credential.status import revocation_list
from certificates.keys import did_document, published_keys
from certificates.models import Sheet
from certificates.models.register import REVOKED, VALID
from tests.factories.certificates import sheet

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 7, tzinfo=UTC)
PAGE = settings.BASE_DIR / "docs" / "certificates.md"


def program(packages: str) -> str:
    """Return the program that begins with this line, for this site."""
    lines = re.escape(f"    # pip install {packages}\n") + r"(?:    .*\n|\n(?=    ))+"
    (printed,) = re.findall(lines, PAGE.read_text(encoding="utf-8"))
    return textwrap.dedent(printed).replace("https://putokaz.example", settings.SITE_URL)


def issued(until: date | None = None) -> Sheet:
    return sheet(issued_at=LONG_AGO, completed_on=LONG_AGO.date(), valid_until=until)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of somebody who has fetched the vocabularies."""
    shutil.copytree(settings.CONTEXTS_ROOT, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What this site says over the network."""
    said = {f"{settings.SITE_URL}/.well-known/did.json": did_document(published_keys())}
    monkeypatch.setattr(
        urllib.request, "urlopen", lambda url: io.BytesIO(json.dumps(said[url]).encode())
    )
    return said


def run(code: str, capsys: pytest.CaptureFixture[str]) -> str:
    file = Path("program.py")
    file.write_text(code)
    try:
        runpy.run_path(str(file))
    except SystemExit as left:
        return str(left)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("until", "status", "says"),
    [
        (None, VALID, "GENUINE, and it holds"),
        (date(2021, 1, 7), VALID, "GENUINE, BUT expired"),
        (date(2021, 1, 7), REVOKED, "GENUINE, BUT revoked"),
    ],
)
def test_a_vc_jwt_is_genuine_and_holds_expired_or_was_revoked(
    folder: Path,
    answers: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
    until: date | None,
    status: str,
    says: str,
) -> None:
    paper = issued(until)
    told = revocation_list(paper, status)
    answers[told["id"]] = told
    (folder / "certificate.jwt").write_text(as_jwt(credential_of(paper), LONG_AGO))
    said = run(program('"pyjwt[crypto]"'), capsys)
    assert said.startswith(says)
    assert "PTK-2026-0000042" in said


def test_a_vc_jwt_that_was_changed_is_not_genuine(
    folder: Path, answers: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    head, body, signature = as_jwt(credential_of(issued()), LONG_AGO).split(".")
    (folder / "certificate.jwt").write_text(f"{head}.{body[:-4]}AAAA.{signature}")
    assert run(program('"pyjwt[crypto]"'), capsys).startswith("NOT GENUINE")


def test_json_ld_is_genuine_unless_a_word_was_changed_or_added(
    folder: Path, answers: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    badge = with_proof(credential_of(issued()), LONG_AGO)
    code = program("pyld cryptography")
    file = folder / "certificate.json"
    file.write_text(json.dumps(badge))
    assert run(code, capsys).startswith("GENUINE: PTK-2026-0000042")
    other = {"@context": [*badge["@context"], {"remark": "urn:x"}]}
    proof = {"proof": badge["proof"] | {"proofValue": "z" + "z" * 99}}
    for change in ({"name": "x"}, {"remark": "x"}, other, {"issuer": {"id": "did:web:x"}}, proof):
        file.write_text(json.dumps(badge | change))
        assert run(code, capsys).startswith("NOT GENUINE")
