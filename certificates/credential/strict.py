"""JSON-LD that loses nothing on its way to RDF, or is refused ("safe mode").

Source: W3C JSON-LD 1.1 Processing Algorithms. They drop in silence what they cannot express; PyLD
tells of a part of it, and its memory of vocabularies is too short for documents of many nodes.
"""

import re
from typing import Any, NoReturn

from pyld.jsonld import JsonLdProcessor

from certificates.credential.contexts import CONTEXTS
from certificates.credential.refusals import NotUnderstood, UndefinedTerm

# An absolute address with none of the characters that N-Quads would have to escape (RFC 3987).
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\\x7f]*')
_VALUE = {"@value", "@type"}
# What becomes of a relative address; without a base of ours PyLD takes one at example.org.
_RELATIVE = "relative:"
BASE = f"{_RELATIVE}//to.nothing/"
_MOST_PAIRS = 200
_processed: dict[object, tuple[Any, Any, Any]] = {}


class Strict(JsonLdProcessor):
    """A processor of JSON-LD of which everything reaches the RDF, or which is refused."""

    def __init__(self) -> None:
        super().__init__(on_property_dropped=_undefined)

    def expand(self, input_: Any, options: dict[str, Any]) -> Any:
        """Return expanded JSON-LD, looked at before anything is made of it."""
        expanded = super().expand(input_, options)
        _check(expanded)
        return expanded

    def _process_context(
        self, active_ctx: Any, local_ctx: Any, options: Any, *flags: Any, **named: Any
    ) -> Any:
        """Remember what a vocabulary makes of another: PyLD does it anew for each node.

        That is half of the time of a proof. Both live as long as they are remembered, so that
        their ids are theirs; there are a dozen pairs, but hostile documents could make more.
        """
        how = (*flags, *sorted(named.items()))
        if not all(isinstance(flag, bool) for flag in (*flags, *named.values())):
            return super()._process_context(active_ctx, local_ctx, options, *flags, **named)
        pair = (id(active_ctx), _identity(local_ctx), how)
        if pair not in _processed:
            made = super()._process_context(active_ctx, local_ctx, options, *flags, **named)
            if len(_processed) >= _MOST_PAIRS:
                _processed.clear()
            _processed[pair] = (made, active_ctx, local_ctx)
            return made
        return _processed[pair][0]


def _identity(local_ctx: Any) -> object:
    """Return what tells a context apart: our list of addresses is the same in every document."""
    return CONTEXTS if local_ctx == list(CONTEXTS) else id(local_ctx)


def _undefined(term: str | None) -> NoReturn:
    raise UndefinedTerm(f"No vocabulary of our certificates defines “{term}”.")


def _check(value: Any) -> None:
    """Refuse what would be dropped on the way from expanded JSON-LD to RDF, or become another."""
    if isinstance(value, list):
        for one in value:
            _check(one)
    elif isinstance(value, dict) and "@value" in value:
        _check_value(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_property(key, inner)


def _check_value(value: dict[str, Any]) -> None:
    if not value.keys() <= _VALUE:
        raise NotUnderstood("Texts in our certificates have no language of their own.")
    if "@type" in value:
        _check_address(value["@type"])


def _check_property(key: str, value: Any) -> None:
    if key == "@id":
        _check_address(value)
    elif key == "@type":
        for one in value:
            _check_address(one)
    else:
        if key != "@list":
            _check_address(key)
        _check(value)


def _check_address(text: Any) -> None:
    if not isinstance(text, str) or not _IRI.fullmatch(text) or text.startswith(_RELATIVE):
        raise UndefinedTerm(f"“{text}” is no address, and no term of our vocabularies.")
