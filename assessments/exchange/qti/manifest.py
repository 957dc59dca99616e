"""The manifest of a content package: which of its files are items, and what is said of them."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.exchange.qti.archive import Archive, beside
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.tree import Node

NAME = "imsmanifest.xml"
MOST_ITEMS = 1_000
_ITEM = re.compile(r"imsqti_(?:apip)?item_xmlv\dp\d.*")
_TEST = re.compile(r"imsqti_(?:apip)?(?:test|section)_xmlv\dp\d.*")
_FIRST = re.compile(r"imsqti_xmlv1p\d.*")


@dataclass(frozen=True)
class Resource:
    """An item, or something else of QTI, as the manifest names it. `lom` is what is said of it."""

    name: str
    line: int
    lom: Node | None
    reason: str = field(default="")


@dataclass(frozen=True)
class Manifest:
    """`named` are all files that the manifest names: no other is read."""

    resources: tuple[Resource, ...]
    named: frozenset[str]


def manifest_name(archive: Archive) -> str:
    """Return where the manifest lies: at the top, or in the one folder that holds everything."""
    found = [name for name in archive.entries if posixpath.basename(name) == NAME]
    if not found:
        raise Unfit(_("The zip is no content package: it has no imsmanifest.xml."))
    return min(found, key=lambda name: name.count("/"))


def manifest_of(root: Node, name: str) -> Manifest:
    """Read the resources of a manifest. Raises Unfit if it is none, or names too many items."""
    if root.name != "manifest":
        raise Unfit(_("imsmanifest.xml is no manifest."), line=root.line)
    nodes = list(root.all("resource"))
    named = {one for node in nodes for one in _files(node, name)}
    resources = [one for node in nodes if (one := _resource(node, name))]
    if len(resources) > MOST_ITEMS:
        raise Unfit(_("The package holds too many items; part it."), line=root.line)
    return Manifest(tuple(resources), frozenset(named))


def reader_of(archive: Archive, manifest: Manifest, item: str) -> Callable[[str], bytes]:
    """Return what reads the files that an item names. It raises Unfit for any other file."""

    def read(href: str) -> bytes:
        name = beside(item, href)
        if name not in manifest.named:
            raise Unfit(_("The manifest does not name the file “%(name)s”.") % {"name": name[:120]})
        return archive.read(name)

    return read


def _resource(node: Node, name: str) -> Resource | None:
    kind, href = node.get("type"), node.get("href")
    if not href and (files := node.below("file")):
        href = files[0].get("href")
    metadata = node.below("metadata")
    lom = metadata[0] if metadata else None
    if _ITEM.fullmatch(kind):
        try:
            return Resource(beside(name, href), node.line, lom)
        except Unfit as error:
            return Resource(href, node.line, lom, str(error.reason))
    if _TEST.fullmatch(kind):
        said = _("A test is not taken over; its questions come in each by itself.")
        return Resource(href, node.line, lom, said)
    if _FIRST.fullmatch(kind):
        return Resource(href, node.line, lom, _("This is QTI 1; export it as QTI 2 or 3."))
    return None


def _files(node: Node, name: str) -> list[str]:
    hrefs = [node.get("href"), *(file.get("href") for file in node.below("file"))]
    found = []
    for href in filter(None, hrefs):
        try:
            found.append(beside(name, href))
        except Unfit:
            continue  # what lies elsewhere is never read
    return found
