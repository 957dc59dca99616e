"""Certificates without the picture, for stories in which it does not matter."""

from collections.abc import Callable

import pytest

from certificates import issuing
from certificates.drawing import Paper
from certificates.models import Sheet


def drawn_as(monkeypatch: pytest.MonkeyPatch, render: Callable[[Sheet], bytes]) -> None:
    """Let `render` make the file of each certificate; it carries no data and no seal."""
    monkeypatch.setattr(issuing, "draw_sheet", lambda sheet, at: Paper(render(sheet), "", ""))
