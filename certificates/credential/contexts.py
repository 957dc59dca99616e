"""The vocabularies of our certificates, from files of this machine: nothing is ever fetched.

A signature over JSON-LD is over what the vocabulary makes of the words. So each context is pinned
by the SHA-256 of its canonical JSON: one that says something else is not used at all.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
# In the order in which a certificate names them.
CONTEXTS = (CREDENTIALS, OPEN_BADGES, EXTENSIONS)

_FILES = {
    CREDENTIALS: (
        "credentials-v2.json",
        "b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf",
    ),
    OPEN_BADGES: (
        "open-badges-3.0.3.json",
        "c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99",
    ),
    EXTENSIONS: (
        "open-badges-extensions.json",
        "15f4c347c6fe4380d9b6b93795859e33747ef48d5c55b91a71c52fb51c7bcbd7",
    ),
}


class ContextMissing(Exception):
    """A vocabulary is not on this machine, or is another one: run the set-up again."""


def load_context(url: str, options: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return one of our contexts in the form a JSON-LD processor asks for.

    Raises ContextMissing for any other address.
    """
    if url not in _FILES:
        raise ContextMissing(f"{url} is no vocabulary of our certificates.")
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "document": _document(url, Path(settings.CONTEXTS_ROOT)),
    }


@cache
def _document(url: str, folder: Path) -> dict[str, Any]:
    name, expected = _FILES[url]
    try:
        document: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContextMissing(f"{folder / name} cannot be read: run `make setup`.") from error
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if hashlib.sha256(canonical.encode()).hexdigest() != expected:
        raise ContextMissing(f"{folder / name} is not the vocabulary that our signatures are over.")
    return document
