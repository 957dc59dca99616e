"""A report on paper, in each language and script."""

from datetime import UTC, datetime

import pytest

from reports.paper import paper, paper_html

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
TITLE = {"en": "Completions", "sr": "Завршени курсеви", "sr-latn": "Завршени курсеви"}


@pytest.mark.parametrize(
    ("language", "tag", "said"),
    [
        ("en", "en", "made on 1 March 2026"),
        ("sr", "sr-Cyrl", "Завршени курсеви"),
        ("sr-latn", "sr-Latn", "Završeni kursevi"),
    ],
)
def test_it_speaks_the_language_and_script_that_was_asked_for(
    language: str, tag: str, said: str
) -> None:
    html = paper_html(
        "reports/paper/base.html", {}, title=TITLE[language], language=language, at=AT
    )
    assert f'<html lang="{tag}">' in html
    assert said in html


def test_nothing_but_the_moment_that_is_given_decides_what_is_in_the_file() -> None:
    def made(at: datetime) -> bytes:
        return paper("reports/paper/base.html", {}, title="Completions", language="en", at=at)

    first = made(AT)
    assert first.startswith(b"%PDF-1.7")
    assert made(AT) == first
    assert made(AT.replace(year=2025)) != first
