"""Invented people as accounts: nobody can sign in as one, and all of them are of the demo."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from config.demo.files import key_of
from config.demo.names import every_name
from config.demo.population import WORKPLACES
from config.population.lives import Person, Place
from people.models import Actor, Institution, Profession, User

HOST = "population.example.org"


class NowhereToWork(LookupError):
    """There are no professions, or no institutions."""


def places() -> list[Place]:
    """Return those of the demo, or else every profession at every institution without any below.

    Raises NowhereToWork.
    """
    keys = list(
        Institution.objects.filter(numchild=0).order_by("path").values_list("key", flat=True)
    )
    professions = list(Profession.objects.values_list("key", flat=True))
    there = {(p, k) for p in professions for k in keys}
    found = [
        Place(profession, key_of(slug), weight / len(slugs))
        for profession, slugs, weight in WORKPLACES
        for slug in slugs
        if (profession, key_of(slug)) in there
    ]
    found = found or [Place(p, k) for p in professions for k in keys]
    if not found:
        raise NowhereToWork
    return found


def made_before(seed: int) -> int:
    """Return how many people of a seed there are."""
    return User.objects.filter(email__endswith=f"-{seed}@{HOST}", is_demo=True).count()


class Registry:
    """Writes accounts, with what the keys of a place stand for."""

    def __init__(self, *, seed: int, joined: datetime) -> None:
        self._seed, self._joined = seed, joined
        self._names = every_name()
        self._professions = dict(Profession.objects.values_list("key", "pk"))
        self._institutions: dict[UUID, tuple[int, str]] = {
            key: (pk, municipality)
            for key, pk, municipality in Institution.objects.values_list(
                "key", F("pk"), "municipality"
            )
        }

    def write(self, people: Sequence[Person]) -> None:
        """Insert accounts and their opaque ids."""
        users = User.objects.bulk_create([self._user(person) for person in people])
        Actor.objects.bulk_create(
            [Actor(id=p.actor, user=user) for p, user in zip(people, users, strict=True)]
        )

    def _user(self, person: Person) -> User:
        cyrillic, latin = self._names[person.name % len(self._names)]
        institution, municipality = self._institutions[person.place.institution]
        return User(
            email=f"{person.number}-{self._seed}@{HOST}",
            password="!",  # none that could be typed, and not active: none can be asked for
            is_active=False,
            is_demo=True,
            name_cyrillic=cyrillic,
            name_latin=latin,
            profession_id=self._professions[person.place.profession],
            institution_id=institution,
            municipality=municipality,
            personnel_number=f"I{person.number:07d}" if person.name % 5 < 3 else "",
            language=User.Language.values[person.name % 3],
            date_joined=self._joined,
        )
