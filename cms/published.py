"""What is published, kept in memory until anything that is published changes.

One row of the database holds a token; a change of content gives it another once it is committed.
A request asks for the token once, and whatever a process kept under an earlier one is forgotten.
So all processes show a change at the next request, and nothing is read twice in between.
"""

import time
from collections.abc import Callable, Collection, Hashable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import uuid4

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import HttpRequest, HttpResponse
from wagtail.signals import post_page_move

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
_MOST = 5_000
# A change that goes around the models, or whose process died before it could say so, shows then.
_SECONDS = 60
_TABLE_SQL = "SELECT token FROM cms_publishedstate"


@dataclass
class _Store:
    """What is kept under one token."""

    token: str
    until: float
    values: dict[Hashable, Any] = field(default_factory=dict)


@dataclass
class _Asking:
    """A request: the token it found, and whether it changes something that is not committed."""

    token: str | None = None
    changing: bool = False


_store = _Store(token="", until=0)
_asking: ContextVar[_Asking | None] = ContextVar("asking", default=None)
_watched: list[type[Model]] = []


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` gives, remembered under `key` while nothing published changes.

    What is returned is shared by all requests of the process: it must not be changed. Outside of
    a request, and after a change that is not committed yet, nothing is remembered.
    """
    values = _values()
    if key in values:
        known: T = values[key]
        return known
    return values.setdefault(key, make())


def kept_each(
    kind: str, keys: Collection[K], make: Callable[[list[K]], Mapping[K, T]]
) -> dict[K, T]:
    """Return a value for each key, like `kept`; `make` is asked once, for all that are missing."""
    values = _values()
    missing = [key for key in keys if (kind, key) not in values]
    if missing:
        values |= {(kind, key): value for key, value in make(missing).items()}
    return {key: values[kind, key] for key in keys if (kind, key) in values}


def watch(*models: type[Model]) -> None:
    """Take these models, and what subclasses them, as content: a change forgets what is kept."""
    _watched.extend(models)


def renew() -> None:
    """Give the content another token: what any process has kept is old."""
    token = uuid4().hex
    # By name: the models of this room ask this module what is kept.
    state = apps.get_model("cms", "PublishedState")
    state._default_manager.update_or_create(pk=1, defaults={"token": token})
    forget()
    asking = _asking.get()
    if asking:
        asking.token, asking.changing = token, False


def forget() -> None:
    """Forget what this process has kept."""
    global _store
    _store = _Store(token="", until=0)


def ask_once(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware: a request reads the token once, if it asks for anything that is kept."""

    def respond(request: HttpRequest) -> HttpResponse:
        before = _asking.set(_Asking())
        try:
            return get_response(request)
        finally:
            _asking.reset(before)

    return respond


def _values() -> dict[Hashable, Any]:
    """Return what is kept for this request; to be filled in vain where nothing may be."""
    global _store
    asking = _asking.get()
    if asking is None or asking.changing:
        return {}
    if asking.token is None:
        asking.token = _read_token()
    if not asking.token:
        return {}
    now = time.monotonic()
    if _store.token != asking.token or _store.until < now or len(_store.values) > _MOST:
        _store = _Store(token=asking.token, until=now + _SECONDS)
    return _store.values


def _read_token() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_TABLE_SQL)
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def _changed(instance: Any, **kwargs: Any) -> None:
    if not isinstance(instance, tuple(_watched)):
        return
    forget()
    asking = _asking.get()
    if asking:
        asking.changing = True
    # A new token only once the change can be seen, and not under the locks of its transaction.
    transaction.on_commit(renew)


for _signal in (post_save, post_delete, m2m_changed, post_page_move):
    _signal.connect(_changed, dispatch_uid="published")
