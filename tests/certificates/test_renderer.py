"""A machine without Pango: the site works, certificates wait."""

import builtins
import runpy
from typing import Any

import pytest

from certificates import renderer
from certificates.models import Sheet
from certificates.rendering import render_sheet


def test_with_pango_the_door_leads_to_the_renderer() -> None:
    assert renderer.render_sheet is render_sheet


def test_without_pango_only_drawing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_pango(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "certificates.rendering":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr("builtins.__import__", without_pango)
    door = runpy.run_path(renderer.__file__)
    with pytest.raises(door["RendererMissing"], match="libpango"):
        door["render_sheet"](Sheet())
