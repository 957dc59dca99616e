"""Transliteration by rule (Правопис српског језика): every letter has one counterpart.

Cyrillic to Latin is unambiguous. Latin to Cyrillic is not: "nj", "lj" and "dž" are one letter
except where two words meet ("in-jekcija", "nad-živeti"), hence a list of exceptions.
"""

import re
import unicodedata

CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"
LATIN = (
    *"abvgdđežzijkl", "lj", *"mn", "nj", *"oprstćufhcč", "dž", "š",
    *"ABVGDĐEŽZIJKL", "Lj", *"MN", "Nj", *"OPRSTĆUFHCČ", "Dž", "Š",
)  # fmt: skip
_TO_LATIN = str.maketrans(dict(zip(CYRILLIC, LATIN, strict=True)))
# A capital digraph is written LJ when a neighbouring letter is a capital too: ЊЕГОШ, НАУЧИЊА.
_CAPITAL = "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"
_CAPITAL_DIGRAPH = re.compile(f"(?<=[{_CAPITAL}])[ЉЊЏ]|[ЉЊЏ](?=[{_CAPITAL}])")
_CAPITAL_LATIN = {"Љ": "LJ", "Њ": "NJ", "Џ": "DŽ"}

_TO_CYRILLIC = {latin: cyrillic for cyrillic, latin in zip(CYRILLIC, LATIN, strict=True)}
_TO_CYRILLIC |= {"LJ": "Љ", "NJ": "Њ", "DŽ": "Џ"}
_LATIN_LETTER = re.compile("lj|nj|dž|Lj|Nj|Dž|LJ|NJ|DŽ|[a-zA-ZđžćčšĐŽĆČŠ]")
_ANY_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Stems in which the two Latin letters stand for two sounds.
_TWO_SOUNDS = re.compile(
    r"(?i)\b(?:in(?=jek|jic)|kon(?=jug|junk)|tan(?=jug)|van(?=jez)|nad(?=živ|žnj|žup)"
    r"|od(?=žal|živ|žvak)|pod(?=žup|žanr)|pred(?=žet))"
)


def to_latin(text: str) -> str:
    """Return Serbian `text` in Latin script; whatever is not Serbian Cyrillic stays as it is."""
    if _CAPITAL_DIGRAPH.search(text):
        text = _CAPITAL_DIGRAPH.sub(lambda match: _CAPITAL_LATIN[match[0]], text)
    return text.translate(_TO_LATIN)


def in_script(text: str, language: str) -> str:
    """Return `text` as readers of `language` see it: Latin for "sr-latn", else as it is."""
    return to_latin(text) if language == "sr-latn" else text


def to_cyrillic(text: str) -> str:
    """Return Serbian Latin `text` in Cyrillic: a proposal that a person may correct."""
    divided = _TWO_SOUNDS.sub(lambda match: match[0] + "\u200b", text)
    cyrillic = _LATIN_LETTER.sub(lambda match: _TO_CYRILLIC.get(match[0], match[0]), divided)
    return cyrillic.replace("\u200b", "")


def proposed_cyrillic(text: str) -> str:
    """Return how Serbian typed in Latin letters alone might stand in Cyrillic, else "".

    Text with any Cyrillic letter is taken as meant: "МУП – ATINA".
    """
    if _ANY_CYRILLIC.search(text):
        return ""
    proposal = to_cyrillic(text)
    return proposal if _ANY_CYRILLIC.search(proposal) else ""


def fold(text: str) -> str:
    """Return `text` for searching: Latin, lower case, without diacritics ("đ" as "dj")."""
    plain = to_latin(text).casefold().replace("đ", "dj")
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
