"""Read QTI: one item, or a content package of many."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from assessments.exchange.hardened_xml import Unreadable, parse
from assessments.exchange.item import Item, Reading, Refusal
from assessments.exchange.qti.archive import Archive
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.item_reading import read_item, title_of
from assessments.exchange.qti.manifest import Resource, manifest_name, manifest_of, reader_of
from assessments.exchange.qti.metadata import said_of
from assessments.exchange.qti.tree import Node, node_of

_ZIP = b"PK"


def read(name: str, data: bytes) -> Reading:
    """Return the questions of a file of QTI 2.1, 2.2 or 3.0, and what cannot be taken, and why.

    `name` is the file's name, `data` an item as XML, or a zip with a manifest. Never raises for
    what is in the file.
    """
    try:
        if data.startswith(_ZIP):
            return _package(data)
        return _reading([_read_one(_root(data), name, "", _alone)])
    except Unfit as error:
        return Reading((), (Refusal(error.line or 1, name, error.reason),))


def _package(data: bytes) -> Reading:
    archive = Archive(data)
    place = manifest_name(archive)
    manifest = manifest_of(_root(archive.read(place)), place)
    if not manifest.resources:
        raise Unfit(_("The package names no items of QTI 2 or 3."))
    read_already = set[str]()
    found: list[Item | Refusal] = []
    for resource in manifest.resources:
        if resource.reason:
            found.append(Refusal(resource.line, resource.name, resource.reason))
        elif resource.name not in read_already:
            read_already.add(resource.name)
            found.append(
                _of_package(archive, resource, reader_of(archive, manifest, resource.name))
            )
    return _reading(found)


def _of_package(
    archive: Archive, resource: Resource, file: Callable[[str], bytes]
) -> Item | Refusal:
    try:
        root = _root(archive.read(resource.name))
    except Unfit as error:
        return Refusal(error.line or 1, resource.name, error.reason)
    found = _read_one(root, title_of(root), resource.name, file)
    return found if isinstance(found, Refusal) else replace(found, **said_of(resource.lom))


def _read_one(root: Node, name: str, place: str, file: Callable[[str], bytes]) -> Item | Refusal:
    called = f"{title_of(root) or name} ({place})" if place else title_of(root) or name
    try:
        if root.name != "assessmentItem":
            raise Unfit(_what_it_is(root), line=root.line)
        return read_item(root, file=file)
    except Unfit as error:
        return Refusal(error.line or root.line, called, error.reason)


def _root(data: bytes) -> Node:
    try:
        return node_of(parse(data))
    except Unreadable as error:
        raise Unfit(error.reason, line=error.line) from error


def _alone(href: str) -> bytes:
    raise Unfit(
        _("The file “%(name)s” is not here; take the whole package, as a zip.")
        % {"name": href[:120]}
    )


def _what_it_is(root: Node) -> str:
    if root.name in ("assessmentTest", "assessmentSection"):
        return _("A test or section names its items but does not hold them: take the package.")
    if root.name == "questestinterop":
        return _("This is QTI 1; export it as QTI 2 or 3.")
    if root.name == "manifest":
        return _("A manifest names items but does not hold them: take the whole package.")
    return _("“%(name)s” is no item of QTI.") % {"name": root.name}


def _reading(found: list[Item | Refusal]) -> Reading:
    return Reading(
        tuple(one for one in found if isinstance(one, Item)),
        tuple(one for one in found if isinstance(one, Refusal)),
    )
