"""The Latin page on its way out."""

import pytest
from django.test import Client

from tests.factories.courses import home

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_a_page_is_as_long_as_it_says(language: str, client: Client) -> None:
    home()
    response = client.get(f"/{language}/verify/")
    assert response.status_code == 200
    assert int(response["Content-Length"]) == len(response.content)
