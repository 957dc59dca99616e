"""The summary of a snapshot: totals, tables, and the fingerprints by which its files are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import override

from reports.aggregates import Figures, for_outside
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
        by_course = _lines(made.by_course, course_titles(one.key for one in made.by_course))
        by_profession = _lines(
            made.by_profession, profession_names(one.key for one in made.by_profession)
        )
        context = {
            "snapshot": snapshot,
            "manifest": made.manifest,
            "manifest_sha256": made.sha256,
            "filters": filters_of(snapshot),
            "tables": [("course", by_course), ("profession", by_profession)],
            "rules": made.manifest["rules"],
            "titles": course_titles(one["course"] for one in made.manifest["rules"]),
        }
    return paper(
        "reports/paper/snapshot.html",
        context,
        title=snapshot.title,
        language=snapshot.language,
        at=at,
    )


def _lines(found: list[Figures], names: Mapping[str, str]) -> list[Line]:
    lines = [Line(names.get(one.key, one.key), one) for one in for_outside(found)]
    return sorted(lines, key=lambda line: line.name)
