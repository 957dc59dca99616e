"""Files that belong to a statement (Data 2.4.11)."""

from xapi.data.atoms import iri, language_map, media_type, sha2
from xapi.data.malformed import Malformed, quoted
from xapi.data.shapes import listed, shaped

# A signed statement (Data 2.6).
SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
SIGNATURE_TYPE = "application/octet-stream"


def octets(value: object) -> int:
    """Return the length of a file, a whole number from 0. Raises `Malformed`."""
    if type(value) is not int or value < 0:
        raise Malformed(f"must be a whole number of octets, not {quoted(value)}")
    return value


ATTACHMENT = {
    "usageType": iri,
    "display": language_map,
    "description": language_map,
    "contentType": media_type,
    "length": octets,
    "sha2": sha2,
    "fileUrl": iri,
}
ATTACHMENT_NEEDS = frozenset(ATTACHMENT) - {"description", "fileUrl"}


def attachment(value: object) -> object:
    """Return the description of a file; a signature's has its own type. Raises `Malformed`."""
    found = shaped(value, ATTACHMENT, ATTACHMENT_NEEDS)
    if found["usageType"] == SIGNATURE and found["contentType"].lower() != SIGNATURE_TYPE:
        raise Malformed(f'must be "{SIGNATURE_TYPE}" for a signature', "contentType")
    return found


def attachments(value: object) -> object:
    """Return the list of descriptions. Raises `Malformed`."""
    return listed(value, attachment)
