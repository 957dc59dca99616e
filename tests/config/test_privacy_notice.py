"""The privacy notice of the demo tells what the site does with people's data."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.utils.translation import gettext, override

NOTICE = yaml.safe_load((Path(settings.BASE_DIR) / "demo/pages/privacy.yaml").read_text())


@pytest.mark.parametrize(
    ("language", "lists", "without"),
    [
        ("en", "Lists of obliged persons", "people without an account"),
        ("sr", "Спискови обавезника", "људи без налога"),
    ],
)
def test_it_tells_of_lists_of_the_obliged_and_of_who_received_what(
    language: str, lists: str, without: str
) -> None:
    [text] = [block["text"][language] for block in NOTICE["body"] if "text" in block]
    assert lists in text
    assert without in text
    with override(language):
        assert gettext("Who received my data") in text
