"""What a completed enrolment entitles to: everything that will stand on the sheet.

Facts of the course come from the `completed` statement, as the published rule of the edition had
them; only names, of people and of courses and modules, and the template are looked up now.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from certificates.models import ACHIEVEMENT, ATTENDANCE
from certificates.sheet_templates.choosing import last_day, template_for
from courses.models import CoursePage, Edition, Enrolment, ModulePage
from lrs.events import Event
from lrs.models import Statement
from people.actors import people_of
from xapi import types, verbs


@dataclass(frozen=True)
class Claim:
    """The fields of a sheet, but for serial, code and file.

    `refreshes` is the key of the course of which this one was a short refresher, if it was one.
    """

    enrolment: Enrolment
    fields: dict[str, Any]
    refreshes: UUID | None = None


def claim_of(registration: UUID) -> Claim | None:
    """Return what a completed enrolment entitles to.

    None if the person has been erased since, or the course was not completed.
    """
    enrolment = Enrolment.objects.get(registration=registration)
    person = people_of([enrolment.learner]).get(enrolment.learner)
    if person is None or enrolment.completed_at is None:
        return None
    completed = _completed(registration)
    facts = completed.facts
    title = _titles(CoursePage, [enrolment.course])[enrolment.course]
    certificate_class = class_of(facts["rule"])
    completed_on = timezone.localdate(enrolment.completed_at)
    template = template_for(course_key=enrolment.course, certificate_class=certificate_class)
    fields = {
        "name_cyrillic": person.name_cyrillic,
        "name_latin": person.name_latin,
        "course_key": enrolment.course,
        "course_title_en": title["en"],
        "course_title_sr": title["sr"],
        "certificate_class": certificate_class,
        "score_band": band_of(enrolment.result),
        "modules": _modules(enrolment),
        "edition": enrolment.edition or 1,
        "minutes": enrolment.minutes or 0,
        "law_as_of": date.fromisoformat(facts["law-as-of"]),
        "completed_on": completed_on,
        "valid_until": last_day(completed_on, template.validity_months) if template else None,
        "template_revision": template.live_revision if template else None,
    }
    refreshes = facts.get("refreshes")
    return Claim(enrolment, fields, UUID(refreshes) if refreshes else None)


def class_of(rule: dict[str, Any]) -> str:
    """Return the class that a published rule leads to: with a test it is an achievement."""
    return ACHIEVEMENT if rule.get("result") else ATTENDANCE


def band_of(scaled: float | None) -> str:
    """Return the ten per cent in which a result lies ("80–89"); the score itself is not shown."""
    if scaled is None:
        return ""
    low = min(int(round(scaled * 100, 6)) // 10 * 10, 90)
    return f"{low}–{100 if low == 90 else low + 9}"


def _completed(registration: UUID) -> Event:
    row = Statement.objects.filter(
        registration=registration, verb=verbs.COMPLETED.id, activity_type=types.COURSE
    ).latest("stored")
    return Event.of(row)


def _modules(enrolment: Enrolment) -> list[dict[str, Any]]:
    edition = Edition.objects.get(course_key=enrolment.course, number=enrolment.edition or 1)
    titles = _titles(ModulePage, [UUID(module["key"]) for module in edition.modules])
    return [
        {
            "key": module["key"],
            "title": titles.get(UUID(module["key"]), {"en": "", "sr": ""}),
            "minutes": sum(a["minutes"] for a in module["activities"] if a["required"]),
        }
        for module in edition.modules
    ]


def _titles(
    model: type[CoursePage] | type[ModulePage], keys: list[UUID]
) -> dict[UUID, dict[str, str]]:
    """Return titles by key and language; a language without one has the title of another."""
    found: dict[UUID, dict[str, str]] = {}
    rows = model.objects.filter(translation_key__in=keys)
    for key, language, title in rows.values_list(
        "translation_key", "locale__language_code", "title"
    ):
        found.setdefault(key, {})[language] = title
    return {
        key: {code: words.get(code) or next(iter(words.values())) for code in ("en", "sr")}
        for key, words in found.items()
    }
