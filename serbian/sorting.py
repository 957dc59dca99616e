"""The order of words in a list: each script of Serbian has an alphabet of its own.

Cyrillic goes а б в г д ђ …, Latin a b c č ć d dž đ …; "lj", "nj" and "dž" are one letter each
(Правопис српског језика), except where two words meet in them.
"""

import unicodedata

from serbian.script import to_cyrillic, to_latin

# Both in Cyrillic letters, which are one sign each; what only foreign words have stands in between.
_AZBUKA = "абвгдђежзијклљмнњопрстћуфхцчџшqwxy"
_ABECEDA = "абцчћдџђефгхијклљмнњопqрсштувwxyзж"
_PLACES = {
    "sr": {letter: number for number, letter in enumerate(_AZBUKA)},
    "sr-latn": {letter: number for number, letter in enumerate(_ABECEDA)},
}

SortKey = tuple[tuple[tuple[int, int], ...], str]


def sort_key(text: str, language: str | None) -> SortKey:
    """Return the key by which a reader of `language` would look `text` up, in either script.

    In other languages than Serbian, letters with a mark stand with those that have none.
    """
    places = _PLACES.get(language or "")
    if places is None:
        plain = _without_marks(to_latin(text)).replace("đ", "d")
        return tuple((1, ord(letter)) for letter in plain), text
    letters = _without_marks(to_cyrillic(unicodedata.normalize("NFC", text)))
    # Spaces, signs and digits come before every letter, letters of other alphabets after them.
    return tuple(_place(letter, places) for letter in letters), text


def _place(letter: str, places: dict[str, int]) -> tuple[int, int]:
    if letter in places:
        return 1, places[letter]
    return (2 if letter.isalpha() else 0), ord(letter)


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
