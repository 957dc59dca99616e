"""Draws and seals certificates in this process; prints, as JSON, how long each stage took."""

import json
import random
import resource
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

django.setup()

from certificates.drawing import data_of
from certificates.models import Sheet, new_code
from certificates.rendering import lay_out, write
from certificates.sealing import seal
from config.demo.names import invented_names

_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_WARM = 50
_COURSE = uuid4()
# What is done to a sheet, one after the other.
STAGES = {
    "credential": lambda sheet: (sheet, data_of(sheet, at=_AT)),
    "layout": lambda made: (lay_out(made[0], line=made[1].line), made[0], made[1].attached),
    "write": lambda laid_out: write(*laid_out),
    "seal": lambda pdf: seal(pdf, at=_AT),
}


def main(seed: int, count: int) -> None:
    chance = random.Random(seed)
    names = invented_names(360, chance=chance)
    wall: dict[str, list[float]] = {name: [] for name in STAGES}
    worked = dict.fromkeys(STAGES, 0.0)
    for number in range(_WARM):
        made = _issue(number, names, {name: [] for name in STAGES}, dict(worked))
    warm, began = _resident(), time.perf_counter()
    for number in range(count):
        made = _issue(number, names, wall, worked)
    seconds = time.perf_counter() - began
    about = {"count": count, "seconds": seconds, "wall": wall, "worked": worked}
    print(json.dumps(about | {"warm": warm, "end": _resident(), "size": len(made)}))


def _issue(
    number: int,
    names: list[tuple[str, str]],
    wall: dict[str, list[float]],
    worked: dict[str, float],
) -> bytes:
    made: Any = _sheet(number, *names[number % len(names)])
    for name, stage in STAGES.items():
        began, before = time.perf_counter(), _processor()
        made = stage(made)
        wall[name].append(time.perf_counter() - began)
        worked[name] += _processor() - before
    return bytes(made)


def _sheet(number: int, cyrillic: str, latin: str) -> Sheet:
    return Sheet(
        registration=uuid4(),
        course_key=_COURSE,
        serial=f"PTK-2026-{number:07d}",
        code=new_code(),
        name_cyrillic=cyrillic,
        name_latin=latin,
        course_title_en="Trafficking in human beings: recognise, refer, protect",
        course_title_sr="Трговина људима: препознати, упутити, заштитити",
        edition=1,
        minutes=160,
        law_as_of=date(2026, 11, 1),
        completed_on=_AT.date(),
        issued_at=_AT,
    )


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
