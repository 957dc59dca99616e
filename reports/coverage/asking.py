"""Whom the page shows: filters, search and order stand in its address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reports.coverage.standing import STATES, Standing
from serbian import fold, language_of, sort_key

MISSING, EVERYBODY = "missing", "all"
# What the filter of states can be set to; whoever asks for nothing sees who is missing.
SHOWN = {MISSING: _("Missing: not completed, or no longer valid"), EVERYBODY: _("Everybody")}
ORDERS = {"name": _("Name"), "institution": _("Institution"), "line": _("Line of the file")}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. What it cannot mean is as if it was not said."""

    state: str = MISSING
    institution: str = ""
    profession: str = ""
    words: str = ""
    order: str = "name"

    @property
    def query(self) -> str:
        """The same as the query part of an address."""
        return urlencode({name: value for name, value in vars(self).items() if value})


def read_asked(query: Mapping[str, str]) -> Asked:
    """Return what an address asks for."""
    state, order = query.get("state", ""), query.get("order", "")
    return Asked(
        state=state if state in SHOWN or state in STATES else MISSING,
        institution=query.get("institution", ""),
        profession=query.get("profession", ""),
        words=query.get("words", "").strip()[:100],
        order=order if order in ORDERS else "name",
    )


def shown(found: Iterable[Standing], asked: Asked) -> list[Standing]:
    """Return whom the page shows, in its order."""
    found = list(found)
    words = fold(asked.words).split()
    kept = [one for one in found if _is_asked_for(one, asked, words)]
    if asked.order == "line":
        return kept
    language, alphabet = get_language(), _alphabet_of(found)

    def place(one: Standing) -> tuple[object, ...]:
        name = sort_key(one.person.name or one.person.email, alphabet)
        by_institution = asked.order == "institution"
        return (sort_key(one.institution.text, language), name) if by_institution else (name,)

    return sorted(kept, key=place)


def _alphabet_of(found: list[Standing]) -> str | None:
    """Return whose order the names are in: the reader's, or azbuka where most are in Cyrillic.

    Names stay as they were typed, so nobody could follow another order with the eyes.
    """
    cyrillic = sum(language_of(one.person.name) == "sr-Cyrl" for one in found)
    return "sr" if 2 * cyrillic > len(found) else get_language()


def _is_asked_for(one: Standing, asked: Asked, words: list[str]) -> bool:
    if asked.state == MISSING and not one.is_missing:
        return False
    if asked.state in STATES and one.state != asked.state:
        return False
    if asked.institution and one.institution.key != asked.institution:
        return False
    if asked.profession and one.profession.key != asked.profession:
        return False
    person = one.person
    text = fold(f"{person.name} {person.email} {person.personnel_number}") if words else ""
    return all(word in text for word in words)
