"""What a certificate says, as canonical N-Quads: the text that a proof signs.

Sources: W3C JSON-LD 1.1 Processing Algorithms; W3C RDF Dataset Canonicalization (RDFC-1.0).
PyLD knows the algorithm by its former name, URDNA2015. The two differ in how control characters
are escaped; `check_plain` refuses those.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NoReturn

from cachetools import LRUCache
from pyld import ContextResolver, jsonld
from pyld.canon import URDNA2015

from certificates.credential.contexts import load_context
from certificates.credential.plain import check_plain
from certificates.credential.refusals import NotUnderstood, UndefinedTerm

# An absolute address with none of the characters that N-Quads would have to escape (RFC 3987).
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\\x7f]*')
_VALUE = {"@value", "@type"}
# What PyLD makes of a relative address; without a base of ours it takes example.org for it.
_RELATIVE = "relative:"
_BASE = f"{_RELATIVE}//to.nothing/"


class NoLookAlikes(URDNA2015):
    """RDFC-1.0 for documents in which no two nameless nodes look alike.

    In ours none do. Telling such nodes apart can take for ever, which is how a small hostile
    document keeps a server busy ("dataset poisoning", RDFC-1.0, 7.1).
    """

    def hash_n_degree_quads(self, *args: object) -> NoReturn:
        """Refuse: this is reached only for nodes that look alike."""
        raise NotUnderstood("Two parts of it look alike.")


def canonical(document: Mapping[str, Any]) -> str:
    """Return the canonical N-Quads of a document. Raises NotUnderstood."""
    check_plain(document)
    return quads_of(document)


def quads_of(document: Mapping[str, Any]) -> str:
    """Return the canonical N-Quads of JSON-LD that says nothing without a vocabulary for it.

    Raises NotUnderstood, UndefinedTerm for a word without a meaning; ContextMissing.
    """
    options = _options()
    try:
        expanded = jsonld.expand(dict(document), options, on_property_dropped=_undefined)
        _check_nodes(expanded)
        dataset = jsonld.to_rdf(expanded, options)
    except jsonld.JsonLdError as error:
        raise NotUnderstood(f"It is not JSON-LD: {error}") from error
    text: str = NoLookAlikes().main(dataset, {"format": "application/n-quads"})
    return text


@cache
def _resolver() -> ContextResolver:
    """Keep what was made of the vocabularies: that takes longer than the rest together."""
    return ContextResolver(LRUCache(maxsize=100), load_context)


def _options() -> dict[str, Any]:
    return {"documentLoader": load_context, "contextResolver": _resolver(), "base": _BASE}


def _undefined(term: str | None) -> NoReturn:
    raise UndefinedTerm(f"No vocabulary of our certificates defines “{term}”.")


def _check_nodes(value: Any) -> None:
    """Refuse what would be dropped on the way from expanded JSON-LD to RDF, or become another."""
    if isinstance(value, list):
        for one in value:
            _check_nodes(one)
    elif isinstance(value, dict) and "@value" in value:
        _check_value(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_property(key, inner)


def _check_value(value: dict[str, Any]) -> None:
    if not value.keys() <= _VALUE:
        raise NotUnderstood("Texts in our certificates have no language of their own.")
    _check_address(value.get("@type", "xsd:string"))


def _check_property(key: str, value: Any) -> None:
    if key == "@id":
        _check_address(value)
    elif key == "@type":
        for one in value:
            _check_address(one)
    else:
        if key != "@list":
            _check_address(key)
        _check_nodes(value)


def _check_address(text: Any) -> None:
    if not isinstance(text, str) or not _IRI.fullmatch(text) or text.startswith(_RELATIVE):
        raise UndefinedTerm(f"“{text}” is no address, and no term of our vocabularies.")
