"""The keys that sign certificates as data: made, kept, replaced, published."""

from certificates.keys.did import did_document, did_url, issuer_did
from certificates.keys.making import make_keys, rotate_key
from certificates.keys.private import PrivateKeyMissing
from certificates.keys.published import Keys, NoKey, key_in_use, published_keys

__all__ = [
    "Keys",
    "NoKey",
    "PrivateKeyMissing",
    "did_document",
    "did_url",
    "issuer_did",
    "key_in_use",
    "make_keys",
    "published_keys",
    "rotate_key",
]
