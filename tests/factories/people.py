"""People of the demo's kind: invented, and plainly so."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from people.models import Function, Institution, Mandate, Profession, Region, User


class ProfessionFactory(DjangoModelFactory[Profession]):
    class Meta:
        model = Profession
        django_get_or_create = ("key",)

    key = "police-officer"
    name_en = "Police officer"
    name_sr = "Полицијски службеник"
    track = "police"


class FunctionFactory(DjangoModelFactory[Function]):
    class Meta:
        model = Function
        django_get_or_create = ("key",)

    key = "shift-leader"
    name_en = "Shift leader"
    name_sr = "Вођа смене"


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("key",)

    key = "north"
    name_en = factory.LazyAttribute(lambda region: region.key.title())
    name_sr = "Подручје"


class InstitutionFactory(DjangoModelFactory[Institution]):
    class Meta:
        model = Institution

    name_sr = factory.Sequence(lambda n: f"Управа {n}")
    name_en = factory.Sequence(lambda n: f"Directorate {n}")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Institution:
        parent = kwargs.pop("parent", None)
        if parent:
            parent.refresh_from_db()
            return parent.add_child(**kwargs)
        return model_class.add_root(**kwargs)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"learner{n}@example.org")
    name_cyrillic = "Јелена Узорковић"
    name_latin = "Jelena Uzorković"
    profession = factory.SubFactory(ProfessionFactory)
    institution = factory.SubFactory(InstitutionFactory)
    language = "en"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **kwargs)


class MandateFactory(DjangoModelFactory[Mandate]):
    class Meta:
        model = Mandate
        skip_postgeneration_save = True

    name = "Judicial Academy"
    holder = factory.SubFactory(UserFactory)
    valid_from = "2026-01-01"

    @factory.post_generation
    def institutions(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.institutions.set(extracted or [])

    @factory.post_generation
    def professions(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.professions.set(extracted or [])
