"""Who asks, as the site counts it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from config.middleware import visitor_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "10.0.0.1"),  # nobody in front: the header is the visitor's own claim
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first is a claim
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),  # fewer proxies than said: believe nothing
        (1, "", "10.0.0.1"),
    ],
)
def test_only_trusted_proxies_say_who_asks(
    rf: RequestFactory, proxies: int, forwarded: str, expected: str
) -> None:
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    with override_settings(TRUSTED_PROXIES=proxies):
        visitor_address(view)(rf.get("/", headers=headers, REMOTE_ADDR="10.0.0.1"))
    assert seen == [expected]
