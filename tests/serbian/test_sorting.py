"""A list stands in the alphabet of its reader: азбука in Cyrillic, abeceda in Latin."""

import random

import pytest

from serbian import sort_key
from serbian.script import CYRILLIC, LATIN

AZBUKA = list(CYRILLIC[:30])
ABECEDA = [
    "a",
    "b",
    "c",
    "č",
    "ć",
    "d",
    "dž",
    "đ",
    "e",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "lj",
    "m",
    "n",
    "nj",
    "o",
    "p",
    "r",
    "s",
    "š",
    "t",
    "u",
    "v",
    "z",
    "ž",
]


def ordered(words: list[str], language: str | None) -> list[str]:
    mixed = random.Random(7).sample(words, len(words))
    return sorted(mixed, key=lambda word: sort_key(word, language))


def test_every_letter_has_its_place_in_both_scripts() -> None:
    assert ordered(AZBUKA, "sr") == AZBUKA
    assert ordered([letter.upper() for letter in AZBUKA], "sr") == [a.upper() for a in AZBUKA]
    assert ordered(ABECEDA, "sr-latn") == ABECEDA
    assert sorted(ABECEDA) == sorted(LATIN[:30])


@pytest.mark.parametrize(
    "words",
    [
        ["Дом", "Ђак", "Европа", "Жртва", "Закон", "Јавност"],
        ["лист", "лук", "љубав", "људи", "мера"],
        ["нада", "нужда", "Његош", "обука"],
        ["тужба", "ћерка", "Ћуприја", "ужас"],
        ["час", "џеп", "Џунић", "шума"],
        ["Виши суд", "Виши суд А", "Виши суд Б", "Вишић"],
        ["2. област", "Област"],
    ],
)
def test_words_in_cyrillic(words: list[str]) -> None:
    assert ordered(words, "sr") == words


@pytest.mark.parametrize(
    "words",
    [
        ["lice", "lopov", "lux", "ljubav", "ljudi", "mera"],
        ["nada", "nužda", "Njegoš", "njiva", "obuka"],
        ["dan", "duša", "džep", "Džunić", "đak", "eho"],
        ["cena", "čast", "ćerka", "dan"],
        ["sud", "šuma", "tužba", "zakon", "žrtva"],
        ["inat", "injekcija", "inostranstvo", "inje"],  # two sounds, then one letter
        ["prah", "quiz", "rad"],
    ],
)
def test_words_in_latin(words: list[str]) -> None:
    assert ordered(words, "sr-latn") == words


def test_a_list_in_cyrillic_takes_in_what_is_written_in_latin() -> None:
    assert ordered(["Ана", "Vera", "Đorđe", "Жика", "Ljubica", "Марко"], "sr") == [
        "Ана", "Vera", "Đorđe", "Жика", "Ljubica", "Марко",
    ]  # fmt: skip


def test_readers_of_english_look_under_the_letter_without_its_mark() -> None:
    words = ["Čačak", "Course", "Đurđa", "Dunja", "Injury", "Inquiry", "Žabalj", "Zaječar"]
    assert ordered(words, "en") == sorted(
        words, key=lambda word: word.replace("Č", "C").replace("Đ", "D").replace("Ž", "Z").lower()
    )
    assert ordered(["Јелена", "Ivan"], None) == ["Ivan", "Јелена"]
