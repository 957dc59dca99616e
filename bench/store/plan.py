"""Fills the log that is measured, and asks the bare database what it could do.

`python -m bench.store.plan COUNT` prints a credential and the ceiling as JSON.
"""

import json
import random
import sys
import time
from uuid import uuid4

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from bench.store.statements import statement
from lrs.access import holder_with
from lrs.credentials import Issued, create
from lrs.models import Statement
from lrs.receiving import receive
from lrs.sql import is_postgresql

_BATCH = 500
_ROUNDS = 40


def main() -> None:
    call_command("migrate", verbosity=0)
    count = int(sys.argv[1])
    issued = create(name="bench", scopes=["all"])
    _fill(issued, count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found = {"key": issued.key, "secret": issued.secret, "count": Statement.objects.count()}
    print(json.dumps(found | {"raw_one": _raw(1), "raw_100": _raw(100)}))


def _fill(issued: Issued, count: int) -> None:
    """Bring the log to so many statements, through the same code as over HTTP."""
    chance = random.Random(uuid4().int)
    holder = holder_with(issued.key)
    for _ in range(Statement.objects.count(), count, _BATCH):
        some = [statement(chance) for _ in range(_BATCH)]
        receive(some, version="1.0.3", holder=holder, at=timezone.now())


def _raw(size: int) -> float:
    """Return how many rows a second go into a bare table, `size` in each transaction."""
    text = json.dumps(statement(random.Random(1)), ensure_ascii=False)
    kind = "uuid" if is_postgresql() else "char(32)"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS bench_raw (id {kind} PRIMARY KEY, body text)")
        rounds = _ROUNDS * (20 if size == 1 else 1)
        rows = [[(uuid4().hex, text) for _ in range(size)] for _ in range(rounds)]
        began = time.perf_counter()
        for some in rows:
            with transaction.atomic():
                cursor.executemany("INSERT INTO bench_raw VALUES (%s, %s)", some)
        taken = time.perf_counter() - began
        cursor.execute("DROP TABLE bench_raw")
    return rounds * size / taken


if __name__ == "__main__":
    main()
