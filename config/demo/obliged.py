"""The demo's list of judges and prosecutors who must take the core course."""

import csv
import io
import random
from datetime import datetime, timedelta

from django.utils import timezone

from config.demo.names import invented_names
from courses.models import CoursePage
from people.models import Mandate, User
from reports.coverage.keeping import Wanted, begin_list, confirm
from reports.coverage.matching import people_within
from reports.models import ObligedList

OFFICER = "officer@example.org"
_SEED = 61
# People who are on the list and have no account yet.
_ABSENT = 9
_DUE = timedelta(days=45)


def load_obliged(*, course: CoursePage, at: datetime) -> None:
    """Upload the list as the officer would, if the mandate has none yet."""
    mandate = Mandate.objects.filter(holder__email=OFFICER, identified=True).first()
    if mandate is None or ObligedList.objects.filter(mandate=mandate).exists():
        return
    wanted = Wanted(
        name="Судије и тужиоци, ова година",
        courses=[course.translation_key],
        due_on=timezone.localdate(at + _DUE),
    )
    file = io.BytesIO(_file(mandate).encode())
    confirm(begin_list(mandate=mandate, wanted=wanted, file=file, at=at), at=at)


def _file(mandate: Mandate) -> str:
    text = io.StringIO()
    table = csv.writer(text, delimiter=";")
    table.writerow(["Службена е-пошта", "Име и презиме", "Установа", "Професија"])
    people = people_within(mandate).select_related("institution", "profession").order_by("pk")
    for person in people:
        table.writerow([person.email, person.name_cyrillic, *_place(person)])
    colleagues = list(people)
    for number, (cyrillic, _) in enumerate(
        invented_names(_ABSENT if colleagues else 0, chance=random.Random(_SEED)), start=1
    ):
        place = _place(colleagues[number % len(colleagues)])
        table.writerow([f"absent{number}@example.org", cyrillic, *place])
    return text.getvalue()


def _place(person: User) -> list[str]:
    institution, profession = person.institution, person.profession
    return [institution.name_sr if institution else "", profession.name_sr if profession else ""]
