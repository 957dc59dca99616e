"""What a certificate says, as canonical N-Quads: the text that a proof signs.

Source: W3C RDF Dataset Canonicalization (RDFC-1.0). PyLD knows the algorithm by its former name,
URDNA2015. The two differ in how control characters are escaped; `check_plain` refuses those.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NoReturn

from cachetools import LRUCache
from pyld import ContextResolver
from pyld.canon import URDNA2015
from pyld.jsonld import JsonLdError

from certificates.credential.contexts import CONTEXTS, load_context
from certificates.credential.plain import check_plain
from certificates.credential.refusals import NotUnderstood
from certificates.credential.strict import BASE, Strict


class NoLookAlikes(URDNA2015):
    """RDFC-1.0 for documents in which no two nameless nodes look alike.

    In ours none do. Telling such nodes apart can take for ever, which is how a small hostile
    document keeps a server busy ("dataset poisoning", RDFC-1.0, 7.1).
    """

    def hash_n_degree_quads(self, *args: object) -> NoReturn:
        """Refuse: this is reached only for nodes that look alike."""
        raise NotUnderstood("Two parts of it look alike.")


def canonical(document: Mapping[str, Any]) -> str:
    """Return the canonical N-Quads of a document. Raises NotUnderstood, ContextMissing."""
    for url in CONTEXTS:
        load_context(url)  # missing here is our fault, and not that of the document
    check_plain(document)
    return quads_of(document)


def quads_of(document: Mapping[str, Any]) -> str:
    """Return the canonical N-Quads of JSON-LD that says nothing without a vocabulary for it.

    Raises NotUnderstood; UndefinedTerm for a word without a meaning.
    """
    options = {"documentLoader": load_context, "contextResolver": _resolver(), "base": BASE}
    try:
        dataset = Strict().to_rdf(dict(document), options)
    except JsonLdError as error:
        raise NotUnderstood(f"It is not JSON-LD: {error}") from error
    text: str = NoLookAlikes().main(dataset, {"format": "application/n-quads"})
    return text


@cache
def _resolver() -> ContextResolver:
    """Read each vocabulary once in a process."""
    return ContextResolver(LRUCache(maxsize=100), load_context)
