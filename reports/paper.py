"""A report on paper: a page of HTML as a PDF that is kept (PDF/A-3a) and read aloud (PDF/UA-1)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from certificates.attached import Attached
from certificates.renderer import print_pages
from serbian import in_script, page_to_latin

# In a file the script is a part of the language: a voice reads either.
TAGS = {"en": "en", "sr": "sr-Cyrl", "sr-latn": "sr-Latn"}


def paper(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    language: str,
    at: datetime,
    attached: Sequence[Attached] = (),
) -> bytes:
    """Return a report as a PDF in a language and script, made at a moment.

    The template extends `reports/paper/base.html`. Whoever wants it sealed gives it to
    `certificates.sealing.seal`. Raises RendererMissing, LetterMissing.
    """
    html = paper_html(template, context, title=title, language=language, at=at)
    return print_pages(html, style="css/report-paper.css", at=at, name=title, attached=attached)


def paper_html(
    template: str, context: Mapping[str, Any], *, title: str, language: str, at: datetime
) -> str:
    """Return what stands on the paper, as HTML."""
    told = {
        **context,
        "title": in_script(title, language),
        "tag": TAGS[language],
        "issuer": settings.ISSUER,
        "made_at": timezone.localtime(at),
        "sample": settings.CERTIFICATES_ARE_SAMPLES,
    }
    with override(language):
        html = render_to_string(template, told)
    return page_to_latin(html) if language == "sr-latn" else html
