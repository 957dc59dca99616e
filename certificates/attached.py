"""What travels inside the PDF: the same certificate as data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attached:
    """A file inside the sheet; `relationship` as in ISO 32000-2, 7.11.3: Data, Source, …"""

    name: str
    media_type: str
    content: bytes
    description: str
    relationship: str = "Data"
