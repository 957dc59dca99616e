"""What every response of the site has in common: its content policy and its script."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

type_of_next = Callable[[HttpRequest], HttpResponse]


def content_policy(get_response: type_of_next) -> type_of_next:
    return get_response


def latin_script(get_response: type_of_next) -> type_of_next:
    return get_response
