"""What others send to the record store, as if by HTTP, at a moment of the story."""

from datetime import datetime
from typing import Any

from lrs.access import Holder, holder_with
from lrs.receiving import receive
from tests.lrs.credentials import credential
from xapi.data import V1, check_statement

ANA = {"account": {"homePage": "https://example.org", "name": "ana"}}
READ = "https://example.org/verbs/read"
BOOK = {"id": "https://example.org/books/1", "definition": {"name": {"sr": "Књига", "en": "Book"}}}


def sender() -> Holder:
    """A client of its own that may do everything."""
    return holder_with(credential()[0].key)


def send(
    holder: Holder,
    *statements: dict[str, Any],
    at: datetime,
    version: str = V1,
    contents: dict[str, bytes] | None = None,
) -> list[str]:
    """Store statements that came together; return their ids."""
    for statement in statements:
        check_statement(statement, version)
    ids = receive(statements, version=version, holder=holder, at=at, contents=contents)
    return [str(id_) for id_ in ids]


def has_read(**more: Any) -> dict[str, Any]:
    """A statement that a library sends."""
    return {"actor": ANA, "verb": {"id": READ}, "object": BOOK} | more


def about(id_: str, verb: str) -> dict[str, Any]:
    """A statement about another."""
    return has_read(verb={"id": verb}, object={"objectType": "StatementRef", "id": id_})
