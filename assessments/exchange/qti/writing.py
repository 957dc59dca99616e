"""Write a content package of QTI 3.0."""

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

from assessments.exchange.item import Item, Refusal
from assessments.exchange.qti.elements import Element, as_xml
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.item_writing import write_item
from assessments.exchange.qti.manifest import NAME
from assessments.exchange.qti.metadata import lom_of

PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_KIND = "imsqti_item_xmlv3p0"
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,60}")
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the same questions make the same file


@dataclass(frozen=True)
class _Entry:
    item: Item
    identifier: str
    files: Mapping[str, bytes]  # the first is the item itself


def write(items: Iterable[Item]) -> tuple[bytes, tuple[Refusal, ...]]:
    """Return a zip of all questions that QTI can ask, and those that it cannot, with the reason.

    Each item has a folder of its own, with the pictures it needs.
    """
    entries: list[_Entry] = []
    refused: list[Refusal] = []
    taken = set[str]()
    for number, item in enumerate(items, start=1):
        identifier = _identifier(item.name, number, taken)
        try:
            xml, files = write_item(item, identifier)
        except Unfit as error:
            refused.append(Refusal(item.line, item.name, error.reason))
            continue
        taken.add(identifier.casefold())
        beside = {f"{identifier}/{name}": data for name, data in files.items()}
        entries.append(_Entry(item, identifier, {f"{identifier}/item.xml": xml, **beside}))
    return _zipped(entries), tuple(refused)


def _identifier(name: str, number: int, taken: set[str]) -> str:
    is_free = name.casefold() not in taken and not name.casefold().startswith("item-")
    return name if _IDENTIFIER.fullmatch(name) and is_free else f"item-{number}"


def _zipped(entries: list[_Entry]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {NAME: _manifest(entries)}
        for entry in entries:
            files |= entry.files
        for name, data in files.items():
            info = zipfile.ZipInfo(name, date_time=_ALWAYS)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return target.getvalue()


def _manifest(entries: list[_Entry]) -> bytes:
    root = Element("manifest", identifier="questions")
    about = _child(root, "metadata")
    _child(about, "schema").text = "QTI Package"
    _child(about, "schemaversion").text = "3.0.0"
    _child(root, "organizations")
    resources = _child(root, "resources")
    for entry in entries:
        names = list(entry.files)
        resource = _child(
            resources, "resource", identifier=entry.identifier, type=_KIND, href=names[0]
        )
        if lom := lom_of(entry.item):
            _child(resource, "metadata").append(lom)
        for name in names:
            _child(resource, "file", href=name)
    return as_xml(root, PACKAGE)


def _child(parent: Element, name: str, **attributes: str) -> Element:
    child = Element(name, attributes)
    parent.append(child)
    return child
