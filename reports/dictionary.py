"""The data dictionary: what each column means, read off the definition of the row."""

from dataclasses import dataclass

from reports.columns import RIGHTS, SOURCES, TYPES, Column
from reports.row import COLUMNS
from serbian import in_script


@dataclass(frozen=True)
class Entry:
    """One column explained, in the active language and the script that was asked for."""

    name: str
    heading: str
    description: str
    type: str
    seen_by: str
    source: str
    values: list[str]


def data_dictionary(*, names: list[str] | None = None, language: str) -> list[Entry]:
    """Return the entries of all columns, or of these. The language is the active one."""
    wanted = COLUMNS if names is None else names
    return [_entry(COLUMNS[name], language) for name in wanted]


def _entry(one: Column, language: str) -> Entry:
    return Entry(
        name=one.name,
        heading=in_script(str(one.heading), language),
        description=in_script(str(one.description), language),
        type=in_script(str(TYPES[one.type]), language),
        seen_by=in_script(str(RIGHTS[one.right]), language),
        source=in_script(str(SOURCES[one.source]), language),
        values=list(one.values),
    )
