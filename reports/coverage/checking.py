"""Which lines are taken, and why the others are not: each in a sentence, with its number."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from people.mandates import institution_keys, profession_keys
from people.models import Institution, Mandate, Profession
from people.validation import refuse_jmbg
from reports.coverage.headings import COLUMNS, columns_in
from reports.coverage.reading import Line
from reports.models import ObligedPerson, ObligedUpload
from serbian import fold

REASONS = {
    "jmbg": _("It holds a JMBG, which is never kept here. Take it out."),
    "nobody": _("It says neither an official e-mail, nor a personnel number with an institution."),
    "email": _("Its e-mail is no address."),
    "long": _("One of its cells is longer than such a thing can be."),
    "place": _(
        "It has no e-mail, and its institution is none of your mandate by that name: write it as "
        "the reports do."
    ),
    "institution": _(
        "Your mandate has no institution by that name, or several: write it as the reports do, or "
        "leave it empty."
    ),
    "double": _("It says the same person as line %(other)d, which was taken."),
}
Key = TypeVar("Key", UUID, str)
_THIRTEEN = re.compile(r"(?<!\d)\d{13}(?!\d)")
_LONGEST = {
    field.name: field.max_length
    for field in ObligedPerson._meta.fields
    if field.name in COLUMNS and field.max_length
}


@dataclass(frozen=True)
class Refusal:
    """A line that was not taken: its number, a key of REASONS, and the line that it repeats."""

    line: int
    reason: str
    other: int = 0

    @property
    def words(self) -> str:
        """Why, in the active language."""
        return str(REASONS[self.reason]) % {"other": self.other}


@dataclass(frozen=True)
class Names:
    """Institutions and professions of a mandate, by what people call them."""

    institutions: dict[str, UUID]
    professions: dict[str, str]

    @classmethod
    def of(cls, mandate: Mandate) -> "Names":
        """Return them with their names in both languages. A fixed number of queries."""
        places = Institution.objects.filter(key__in=institution_keys(mandate))
        callings = Profession.objects.filter(key__in=profession_keys(mandate))
        return cls(
            _by_name((name, one.key) for one in places for name in (one.name_en, one.name_sr)),
            _by_name((name, one.key) for one in callings for name in (one.name_en, one.name_sr)),
        )


def _by_name(named: Iterable[tuple[str, Key]]) -> dict[str, Key]:
    """Return keys by plain name; a name that several have is nobody's."""
    keys: dict[str, set[Key]] = {}
    for name, key in named:
        keys.setdefault(_plain(name), set()).add(key)
    return {name: key for name, (key, *others) in keys.items() if name and not others}


def check(
    lines: Iterable[Line], *, names: Names, upload: ObligedUpload
) -> Iterator[ObligedPerson | Refusal]:
    """Yield for each line under the headings whoever it says, or why it is refused.

    Raises UnreadableList where the headings say too little, or too much.
    """
    lines = iter(lines)
    columns = columns_in(next(lines, (0, []))[1])
    seen: dict[tuple[str, Any], int] = {}
    for number, cells in lines:
        said = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        person = _person(number, said, names, upload)
        reason = _amiss(cells, person)
        if reason:
            yield Refusal(number, reason)
            continue
        other = next((seen[sign] for sign in signs_of(person) if sign in seen), 0)
        if other:
            yield Refusal(number, "double", other)
            continue
        seen |= dict.fromkeys(signs_of(person), number)
        yield person


def signs_of(person: ObligedPerson) -> list[tuple[str, Any]]:
    """Return by what somebody is known: the address, and the number within an institution."""
    signs: list[tuple[str, Any]] = [("", person.email)] if person.email else []
    if person.personnel_number and person.institution_key:
        signs.append((person.personnel_number, person.institution_key))
    return signs


def _person(line: int, said: dict[str, str], names: Names, upload: ObligedUpload) -> ObligedPerson:
    said = said | {"email": said.get("email", "").lower()}
    return ObligedPerson(
        upload=upload,
        line=line,
        institution_key=names.institutions.get(_plain(said.get("institution", ""))),
        profession_key=names.professions.get(_plain(said.get("profession", "")), ""),
        **said,
    )


def _amiss(cells: list[str], person: ObligedPerson) -> str:
    """Return the first thing that is wrong with a line, or an empty string."""
    if any(_holds_jmbg(cell) for cell in cells):
        return "jmbg"
    if any(len(getattr(person, name)) > most for name, most in _LONGEST.items()):
        return "long"
    if person.email:
        return _amiss_of_address(person)
    if not person.personnel_number or not person.institution:
        return "nobody"
    return "" if person.institution_key else "place"


def _amiss_of_address(person: ObligedPerson) -> str:
    if not _is_address(person.email):
        return "email"
    return "institution" if person.institution and not person.institution_key else ""


def _holds_jmbg(cell: str) -> bool:
    try:
        refuse_jmbg(cell)
    except ValidationError:
        return True
    return bool(_THIRTEEN.search(cell))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _plain(name: str) -> str:
    """Return a name without what people write in one way or another."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(name)).split())
