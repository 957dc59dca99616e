"""PDF/UA-1 besides PDF/A-3a: what a file says about itself (XMP), and when it was made.

WeasyPrint identifies a file as one of the two. PDF/A allows the other's mark only if its schema is
described in the same place (ISO 19005-3, 6.6.2.3.3).
"""

from datetime import UTC, datetime

from weasyprint.document import Document
from weasyprint.pdf.metadata import DocumentMetadata

_END = b"</rdf:RDF>"
_PDF_UA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


class Identified(DocumentMetadata):
    """What a file says about itself, with the mark of PDF/UA-1."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        """Return WeasyPrint's metadata with ours at their end."""
        rdf: bytes = super().generate_rdf_metadata(variant, version, conformance)
        said, end, rest = rdf.rpartition(_END)
        if not end or rest.strip():
            raise ValueError("WeasyPrint writes its metadata in another form")
        return said + _PDF_UA + end


def identify(document: Document, *, at: datetime) -> None:
    """Mark a document as PDF/UA-1, made and changed at a moment."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = vars(document.metadata) | {"created": moment, "modified": moment}
    document.metadata = Identified(**said)
