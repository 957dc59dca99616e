"""One request as the resources see it, however it was written."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest

from lrs.access import Holder, holder_of
from lrs.http.leftovers import read_on
from lrs.http.versions import negotiated
from lrs.refusals import NotAllowed, Refusal, TooLarge, Unauthorized
from xapi.data import V1

FORM = "application/x-www-form-urlencoded"
# What the alternate request syntax carries as form fields instead of headers (1.0.3 Com. 1.3).
_HEADERS = {
    "authorization",
    "x-experience-api-version",
    "content-type",
    "content-length",
    "if-match",
    "if-none-match",
    "accept",
    "accept-language",
}
_MOST_FIELDS = 100
# A body up to so many times too large is taken in and dropped, so that its sender hears the answer.
_MUCH_MORE = 4


@dataclass
class Exchange:
    """Method, parameters, headers (names in small letters) and body of a request."""

    method: str
    resource: str
    mount: str
    params: dict[str, str]
    headers: Mapping[str, str]
    body: bytes
    version: str
    holder: Holder | None = None

    @property
    def content_type(self) -> str:
        """The media type of the body, without its parameters, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def who(self) -> Holder:
        """The holder of the credential. Raises Unauthorized where there was none."""
        if self.holder is None:
            raise Unauthorized("send the key and the secret in the Authorization header")
        return self.holder

    def allow(self, *methods: str) -> None:
        """Raise NotAllowed for other methods than these. Whatever can be GET can be HEAD."""
        if self.method not in methods:
            raise NotAllowed(self.method, (*methods, *(["HEAD"] if "GET" in methods else [])))

    def only(self, *allowed: str, need: tuple[str, ...] = ()) -> None:
        """Raise Refusal for a parameter that the resource does not know, or one that is missing."""
        for name in self.params:
            if name not in allowed and name not in need:
                raise Refusal(f"unknown parameter {name!r}")
        for name in need:
            if not self.params.get(name):
                raise Refusal(f"the parameter {name!r} is missing")


def exchange_of(request: HttpRequest, resource: str, mount: str, fixed: str | None) -> Exchange:
    """Read a request. Raises Refusal where it cannot be understood."""
    method = request.method or "GET"
    params = _pairs(request.META.get("QUERY_STRING", ""))
    headers: Mapping[str, str] = {name.lower(): value for name, value in request.headers.items()}
    body = _body(request) if method in ("POST", "PUT", "DELETE") else b""
    if "method" in params:
        method, params, headers, body = _alternate(method, params, headers, body)
    version = negotiated(headers.get("x-experience-api-version"), fixed, resource)
    if "method" in _pairs(request.META.get("QUERY_STRING", "")) and version != V1:
        raise Refusal("the alternate request syntax is not part of xAPI 2.0")
    authorization = headers.get("authorization", "")
    holder = holder_of(authorization) if authorization else None
    return Exchange(method, resource, mount, params, headers, body, version, holder)


def _pairs(text: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise Refusal("the parameters are not well-formed") from error
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refusal("a parameter is given twice")
    return found


def _body(request: HttpRequest) -> bytes:
    most: int = settings.LRS_MAX_BODY
    too_large = TooLarge(f"a request may carry {most} bytes at most")
    if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
        # The server hands on no body of unknown length: said here, or it would seem empty.
        raise Refusal("send the header Content-Length", status=411)
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > most:
            read_on(request, most * _MUCH_MORE)
            raise too_large
    except ValueError as error:
        raise Refusal("Content-Length is not a number") from error
    body: bytes = request.read(most + 1)
    if len(body) > most:
        raise too_large
    return body


def _alternate(
    method: str, params: dict[str, str], headers: Mapping[str, str], body: bytes
) -> tuple[str, dict[str, str], Mapping[str, str], bytes]:
    """Unpack a request that was wrapped in a POSTed form (1.0.3 Communication 1.3)."""
    if method != "POST" or len(params) > 1:
        raise Refusal("the alternate request syntax is a POST with the parameter 'method' alone")
    if not headers.get("content-type", FORM).lower().startswith(FORM):
        raise Refusal(f"the alternate request syntax wants a body of type {FORM}")
    try:
        form = _pairs(body.decode())
    except UnicodeDecodeError as error:
        raise Refusal("the form is not UTF-8") from error
    inner = {name.lower(): value for name, value in form.items() if name.lower() in _HEADERS}
    content = form.pop("content", None)
    real = params["method"].upper()
    if real in ("PUT", "POST") and content is None:
        raise Refusal("the alternate request syntax wants the field 'content'")
    if content is not None:
        inner.setdefault("content-type", "application/json")
    rest = {name: value for name, value in form.items() if name.lower() not in _HEADERS}
    outer = {name: value for name, value in headers.items() if name != "content-type"}
    return real, rest, outer | inner, (content or "").encode()
