"""What somebody wrote is read out in its own language, whatever the page is in."""

import pytest

from serbian import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Одговор је прихваћен.", "sr-Cyrl"),
        ("Član 4 (б) CETS 197", "sr-Cyrl"),
        ("Odgovor je prihvaćen.", "sr-Latn"),
        ("Odgovor je dobar, ali nije potpun.", "sr-Latn"),
        ("The answer is right as well.", "en"),
        ("It was not clear in the question.", "en"),
        ("OK", ""),
        ("197", ""),
    ],
)
def test_the_words_tell_the_language(text: str, language: str) -> None:
    assert language_of(text) == language
