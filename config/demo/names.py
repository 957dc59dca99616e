"""Invented names: common first names with surnames that mean "sample", "trial", "example"."""

import random

from serbian import to_latin

_FIRST = (
    "Ана", "Бојан", "Весна", "Горан", "Дејан", "Ђорђе", "Ема", "Жељка", "Зоран", "Ивана",
    "Јован", "Катарина", "Лука", "Љиљана", "Марко", "Небојша", "Његош", "Оливера", "Петар",
    "Растко", "Соња", "Тијана", "Ћира", "Урош", "Филип", "Христина", "Цвета", "Чедомир",
    "Џорџ", "Шана",
)  # fmt: skip
_SURNAMES = (
    "Узорковић", "Примерић", "Пробић", "Огледић", "Узорић", "Обрашчић", "Тестовић", "Нацртић",
    "Мустрић", "Вежбић", "Покусић", "Пресекић",
)  # fmt: skip


def invented_names(count: int, *, chance: random.Random) -> list[tuple[str, str]]:
    """Return so many names, each in Cyrillic and in Latin, none twice."""
    names = every_name()
    chance.shuffle(names)
    return names[:count]


def every_name() -> list[tuple[str, str]]:
    """Return all names that there are, each in Cyrillic and in Latin."""
    names = [f"{first} {surname}" for first in _FIRST for surname in _SURNAMES]
    return [(name, to_latin(name)) for name in names]
