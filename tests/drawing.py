"""Certificates without the picture, for stories in which it does not matter."""

from collections.abc import Callable

import pytest

from certificates import issuing
from certificates.models import Sheet
from certificates.papers import Paper


def drawn_as(monkeypatch: pytest.MonkeyPatch, render: Callable[[Sheet], bytes]) -> None:
    """Let `render` make the file of each certificate; it carries no data and no seal."""
    monkeypatch.setattr(issuing, "draw_sheet", lambda sheet, at: Paper(render(sheet), "", ""))
