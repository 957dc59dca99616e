"""A machine without Pango: the site works, certificates wait. And nobody loads it in vain."""

import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest
from django.conf import settings

from certificates import renderer, rendering
from certificates.attached import Attached
from certificates.models import Sheet

_LOADED = (
    "import sys, config.wsgi;"
    "print([n for n in ('weasyprint', 'pyld', 'pyhanko', 'asn1crypto') if n in sys.modules])"
)


def test_with_pango_the_door_leads_to_the_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(sheet: Sheet, attached: Sequence[Attached], *, line: str, design: None) -> bytes:
        return f"%PDF of {sheet.code} with {len(attached)} file and {line}".encode()

    inside = [Attached("a.json", "application/json", b"{}", "A")]
    monkeypatch.setattr(rendering, "render_sheet", drawn)
    made = renderer.render_sheet(Sheet(code="ABCD"), inside, line="1.a.b")
    assert made == b"%PDF of ABCD with 1 file and 1.a.b"


def test_without_pango_only_drawing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_pango(name: str) -> Any:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(renderer, "import_module", without_pango)
    with pytest.raises(renderer.RendererMissing, match="libpango"):
        renderer.render_sheet(Sheet())


def test_the_web_server_does_not_load_what_only_the_worker_needs() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _LOADED],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"
