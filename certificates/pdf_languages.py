"""A sheet speaks two languages: each tagged passage says which, for a voice that reads it aloud.

WeasyPrint 70 names the language of the whole file only. PDF/UA-1 (ISO 14289-1, 7.2) wants that of
each passage in another one, so the function that makes the tags is wrapped.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

_make_tags = tags._build_box_tree


def _with_language(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
    language = getattr(box, "_box", box).style["lang"]
    for element in _make_tags(box, parent, *rest):
        if language and "Lang" not in element:
            element["Lang"] = pydyf.String(language)
        yield element


def name_languages() -> None:
    """Let every tag that is made from now on name its language."""
    tags._build_box_tree = _with_language
