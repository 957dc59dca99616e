"""Strings with a grammar: identifiers, durations, language tags, media types.

The same few strings come again and again, so what was once found well formed is remembered; a long
one is not, so that nobody can fill the memory.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from xapi.data.malformed import Malformed, kind, quoted
from xapi.data.shapes import listed, text

LONGEST_REMEMBERED = 256
REMEMBERED = 4096

# RFC 3987, an IRI with its scheme; a web address also needs a host.
IRI = re.compile(
    r"(?!(?i:https?):(?!//[^/?#]))"
    r"[A-Za-z][A-Za-z0-9+.\-]*:"
    r"""(?:%[0-9A-Fa-f]{2}|[^\x00-\x20\x7f-\x9f<>"{}|\\^`%\ud800-\udfff])+"""
)
UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
MAILTO = re.compile(r'mailto:[^\s@<>"\\:,;]+@[^\s@<>"\\:,;.?/]+(?:\.[^\s@<>"\\:,;.?/]+)*')
SHA1 = re.compile(r"[0-9A-Fa-f]{40}")
# SHA-224, 256, 384 and 512 in hexadecimal digits.
SHA2 = re.compile(r"(?:[0-9A-Fa-f]{56}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128})")
WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z\-]+"
MEDIA_TYPE = re.compile(
    rf'{WORD}/{WORD}(?:[ \t]*;[ \t]*{WORD}=(?:{WORD}|"(?:[^"\\\x00-\x1f]|\\.)*"))*'
)
AMOUNT = r"[0-9]+(?:[.,][0-9]+)?"
# ISO 8601:2004 4.4.3.2: only the smallest unit may have a fraction, weeks stand alone.
DURATION = re.compile(
    r"(?!.*[.,][0-9]+[A-Z].)P(?=[0-9T])"
    rf"(?:{AMOUNT}W|(?:{AMOUNT}Y)?(?:{AMOUNT}M)?(?:{AMOUNT}D)?"
    rf"(?:T(?=[0-9])(?:{AMOUNT}H)?(?:{AMOUNT}M)?(?:{AMOUNT}S)?)?)"
)
# RFC 5646 2.1.
LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})"
    r"(?:-[a-z]{4})?"
    r"(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*)"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
)
# RFC 5646 2.1: tags from before its grammar, which none of the rules above describes.
GRANDFATHERED = re.compile(
    r"en-gb-oed|sgn-(?:be-fr|be-nl|ch-de)"
    r"|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
)


def remembered(grammar: Callable[[str], bool], wanted: str) -> Callable[[Any], str]:
    """Return a check for strings of this grammar that remembers the short ones."""
    known = lru_cache(maxsize=REMEMBERED)(grammar)

    def check(value: object) -> str:
        if type(value) is not str:
            raise Malformed(f"must be {wanted}, not {kind(value)}")
        if not (known(value) if len(value) <= LONGEST_REMEMBERED else grammar(value)):
            raise Malformed(f"must be {wanted}, not {quoted(value)}")
        return value

    return check


def spelled(pattern: re.Pattern[str], wanted: str) -> Callable[[Any], str]:
    """Return a check for strings that match a pattern from end to end."""

    def check(value: object) -> str:
        if type(value) is not str or pattern.fullmatch(value) is None:
            raise Malformed(f"must be {wanted}, not {quoted(value)}")
        return value

    return check


def is_iri(value: str) -> bool:
    """Say whether this is an IRI with a scheme (RFC 3987, Data 2.2)."""
    return IRI.fullmatch(value) is not None


def is_language(value: str) -> bool:
    """Say whether this is a well-formed language tag (RFC 5646 2.2.9), of any case."""
    tag = value.lower()
    found = LANGUAGE.fullmatch(tag)
    if found is None:
        return GRANDFATHERED.fullmatch(tag) is not None
    variants = (found["variants"] or "").split("-")[1:]
    singletons = re.findall(r"-([0-9a-z])(?=-)", found["extensions"] or "")
    return len(set(variants)) == len(variants) and len(set(singletons)) == len(singletons)


def is_media_type(value: str) -> bool:
    """Say whether this is an internet media type (RFC 2046, RFC 9110 8.3.1)."""
    return MEDIA_TYPE.fullmatch(value) is not None


iri = remembered(is_iri, "an IRI with a scheme")
language = remembered(is_language, "a language tag (RFC 5646)")
media_type = remembered(is_media_type, "an internet media type")
uuid = spelled(UUID, "a UUID (RFC 4122)")
mailto = spelled(MAILTO, 'an e-mail address after "mailto:"')
sha1 = spelled(SHA1, "40 hexadecimal digits (SHA-1)")
sha2 = spelled(SHA2, "56, 64, 96 or 128 hexadecimal digits (SHA-2)")
duration = spelled(DURATION, "an ISO 8601 duration")


def language_map(value: object) -> object:
    """Return the map from language tags to strings (Data 4.2). Raises `Malformed`."""
    return mapped(value, language, text)


def extensions(value: object) -> object:
    """Return the map from IRIs to any JSON, null too (Data 4.1). Raises `Malformed`."""
    return mapped(value, iri, None)


def mapped(
    value: object, name_check: Callable[[Any], str], check: Callable[[Any], object] | None
) -> object:
    """Return the object whose names and values pass their checks. Raises `Malformed`."""
    if type(value) is not dict:
        raise Malformed(f"must be an object, not {kind(value)}")
    for name, item in value.items():
        try:
            name_check(name)
            if check is not None:
                check(item)
        except Malformed as error:
            error.under(f'["{name[:80]}"]')
            raise
    return value


def iris(value: object) -> object:
    """Return the list of one or more IRIs. Raises `Malformed`."""
    return listed(value, iri, at_least=1)
