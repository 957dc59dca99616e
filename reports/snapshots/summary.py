"""The summary of a snapshot: totals, tables, and the fingerprints by which its files are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import override

from reports.aggregates import Figures
from reports.beside import beside
from reports.models import Snapshot
from reports.paper import paper
from reports.snapshots.making import Made
from reports.snapshots.words import course_titles, filters_of, profession_names


@dataclass(frozen=True)
class Line:
    """A group by name. None in place of a figure: it is about so few people that it is hidden."""

    name: str
    figures: Figures


def summary(snapshot: Snapshot, made: Made, *, at: datetime) -> bytes:
    """Return the summary as a PDF in the snapshot's language, not sealed yet.

    Raises RendererMissing, LetterMissing.
    """
    with override(snapshot.language):
        context = contents(snapshot, made)
    return paper(
        "reports/paper/snapshot.html",
        context,
        title=snapshot.title,
        language=snapshot.language,
        at=at,
    )


def contents(snapshot: Snapshot, made: Made) -> dict[str, Any]:
    """Return what stands on the paper, in the active language; small figures are hidden."""
    total, shown = beside(made.total, [made.by_course, made.by_profession])
    by_course, by_profession = shown
    return {
        "snapshot": snapshot,
        "manifest": made.manifest,
        "manifest_sha256": made.sha256,
        "filters": filters_of(snapshot),
        "totals": total,
        "tables": [
            ("course", _lines(by_course, course_titles(one.key for one in by_course))),
            ("profession", _lines(by_profession, profession_names(o.key for o in by_profession))),
        ],
        "rules": made.manifest["rules"],
        "titles": course_titles(one["course"] for one in made.manifest["rules"]),
    }


def _lines(found: list[Figures], names: Mapping[str, str]) -> list[Line]:
    lines = [Line(names.get(one.key, one.key), one) for one in found]
    return sorted(lines, key=lambda line: line.name)
