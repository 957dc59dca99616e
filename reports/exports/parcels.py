"""Text formats: CSV alone, and CSV or JSON Lines in a ZIP with what explains them."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.utils import timezone
from ninja.responses import NinjaJSONEncoder

from reports.exports.report import Report, about, figures
from reports.files import csv_lines, dictionary_lines
from reports.row import CompletionRow
from reports.schema import as_json, schema_of

_TOGETHER = 500  # how many lines are compressed at once


def write_csv(file: BinaryIO, report: Report) -> None:
    """Write one CSV file, for whoever wants nothing else."""
    for line in _csv(report):
        file.write(line.encode())


def write_csv_parcel(file: BinaryIO, report: Report) -> None:
    """Write a ZIP of the CSV file, its dictionary, and about.json."""
    _write_parcel(file, report, "completions.csv", _csv(report))


def write_jsonl_parcel(file: BinaryIO, report: Report) -> None:
    """Write a ZIP of JSON Lines, their schema, the dictionary, and about.json."""
    schema = schema_of(CompletionRow, name="CompletionOut").model_json_schema()
    lines = (f"{_json(as_json(row, report.language))}\n" for row in report.rows)
    _write_parcel(file, report, "completions.jsonl", lines, {"schema.json": schema})


def _csv(report: Report) -> Iterator[str]:
    return csv_lines(rows=report.rows, columns=report.columns, language=report.language)


def _write_parcel(
    file: BinaryIO,
    report: Report,
    name: str,
    lines: Iterable[str],
    beside: dict[str, Any] | None = None,
) -> None:
    made = timezone.localtime(report.at).timetuple()[:6]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parcel:

        def put(name: str, lines: Iterable[str]) -> None:
            member = zipfile.ZipInfo(name, date_time=made)
            member.compress_type = zipfile.ZIP_DEFLATED
            with parcel.open(member, "w", force_zip64=True) as stream:
                for text in _joined(lines):
                    stream.write(text.encode())

        put(name, lines)
        put("dictionary.csv", dictionary_lines(columns=report.columns, language=report.language))
        for other, said in (beside or {}).items():
            put(other, [json.dumps(said, ensure_ascii=False, indent=2)])
        put("about.json", [json.dumps(_about(report), ensure_ascii=False, indent=2)])


def _about(report: Report) -> dict[str, Any]:
    """Say for machines, and in words for people, what the parcel holds."""
    words = {
        report.in_script(one.heading): one.value if one.typed else report.in_script(one.value)
        for one in about(report)
    }
    return {
        "made_at": report.at.isoformat(),
        "as_of": (report.filters.moment or report.at).isoformat(),
        "mandate": report.mandate.name,
        "filters": report.filters.as_query(),
        "language": report.language,
        "identified": report.mandate.identified,
        "exact_results": report.mandate.exact_results,
        "rows": report.members.rows,
        **figures(report),
        "columns": report.columns,
        "in_words": words,
    }


def _joined(lines: Iterable[str]) -> Iterator[str]:
    some: list[str] = []
    for line in lines:
        some.append(line)
        if len(some) == _TOGETHER:
            yield "".join(some)
            some.clear()
    yield "".join(some)


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, cls=NinjaJSONEncoder, ensure_ascii=False)
