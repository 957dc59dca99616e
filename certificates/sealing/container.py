"""The one place that a seal does not cover: where the seal itself stands (`/Contents`).

There a byte could be changed without breaking the signature: in the room that was left over, in the
case of a digit, in the fields of the container (CMS, RFC 5652) that nothing signs. So these must
be as our seals and RFC 3161 have them.
"""

from asn1crypto import cms
from pyhanko.sign.validation import EmbeddedPdfSignature

# What a container of this content calls itself and its signature.
_VERSIONS = {"data": ("v1", "v1"), "tst_info": ("v3", "v1")}


def is_exact(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Return whether the place of a signature holds the signature alone, written in one way."""
    container = cms.ContentInfo.load(signature.pkcs7_content)
    begin, end = signature.byte_range[1], signature.byte_range[2]
    digits = container.dump().hex().upper()
    room = b"<" + digits.encode().ljust(end - begin - 2, b"0") + b">"
    parts = container["content_type"].dump() + container["content"].dump()
    return (
        pdf[begin:end] == room
        and container.contents == parts  # else it takes in some of the room that was left over
        and _unsigned_fields_are_usual(container["content"])
    )


def _unsigned_fields_are_usual(signed: cms.SignedData) -> bool:
    (signer,) = signed["signer_infos"]
    versions = signed["version"].native, signer["version"].native
    digests = [one.dump() for one in signed["digest_algorithms"]]
    return versions == _VERSIONS[
        signed["encap_content_info"]["content_type"].native
    ] and digests == [signer["digest_algorithm"].dump()]
