"""Find what a folder holds: modules, activities and their keys, before any of it is read."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings

from assessments.transfer.document import ActivityDocument, Contents, ModuleDocument
from assessments.transfer.folder import NAME, Folder
from assessments.transfer.keys import as_key, course_key, derived
from assessments.transfer.nodes import Node
from assessments.transfer.schema import ACTIVITIES, COURSE, MODULE, Schema

SOURCE: str = settings.LANGUAGE_CODE


def languages() -> list[str]:
    """Return the languages a site has content in, the source language first."""
    codes = [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]
    return sorted(codes, key=lambda code: (code != SOURCE, code))


def key_of(entries: dict[str, Node], by_place: str) -> str:
    """Return the key that a file gives, or the one derived from its place."""
    if "key" not in entries:
        return by_place
    key = as_key(entries["key"].text())
    if key is None:
        entries["key"].problem("is not a key such as 123e4567-e89b-42d3-a456-426614174000")
    return key or by_place


def listed(
    entries: dict[str, Node], name: str, around: Node | None = None
) -> Iterator[tuple[str, Node]]:
    """Yield the texts of a list with their places; it may be missing unless `around` is given."""
    if name in entries:
        yield from ((item.text(), item) for item in entries[name].items())
    elif around:
        around.inner_problem(name, "is missing")


def names_of(schema: Schema, *, source: Contents | None = None) -> list[str]:
    """Return the fields that a file may have: a translation, of something with `source`, or not."""
    if source is not None:
        return [field.name for field in schema.fields() if field.is_said(source)]
    return ["key", *(field.name for field in schema.fields()), *schema.extra]


@dataclass
class Headers:
    """The skeleton of a course, with the nodes from which its contents are read."""

    root: Node
    key: str
    complete: list[str]
    modules: list[tuple[ModuleDocument, Node]] = field(default_factory=list)
    activities: dict[str, str] = field(default_factory=dict)  # key by name
    files: dict[str, dict[str, Node]] = field(default_factory=dict)  # node by name and language


def read_headers(folder: Folder) -> Headers | None:
    """Return the skeleton, or None without a readable course.yaml. Faults are noted."""
    root = folder.node("course.yaml")
    if root is None:
        return None
    entries = root.entries(names_of(COURSE))
    slug = entries["slug"].entries().get(SOURCE) if _is_split(entries) else entries.get("slug")
    key = key_of(entries, course_key(slug.text() if slug else ""))
    headers = Headers(root, key, _promised(entries))
    nodes = _module_files(folder)
    for name, at in listed(entries, "modules", root):
        if name not in nodes:
            at.problem(f"there is no module-*.yaml with the slug {name}, or it is named twice")
            continue
        headers.modules.append(_module(name, nodes.pop(name), headers, folder))
    for left in nodes.values():
        left.problem("course.yaml does not name this module")
    return headers


def _is_split(entries: dict[str, Node]) -> bool:
    return "slug" in entries and entries["slug"].is_mapping


def _promised(entries: dict[str, Node]) -> list[str]:
    """Return the languages in which nothing may be missing: all, if the file does not say."""
    found = {SOURCE}
    for code, at in listed(entries, "languages"):
        if code not in languages():
            at.problem(f"this site has no content in {code}")
        found.add(code)
    return [code for code in languages() if code in found or "languages" not in entries]


def _module_files(folder: Folder) -> dict[str, Node]:
    """Return the module files by slug."""
    found: dict[str, Node] = {}
    for name in sorted(folder.texts):
        if name.startswith("module-") and (node := folder.node(name)):
            entries = node.entries(names_of(MODULE))
            slug = entries["slug"].entries().get(SOURCE) if _is_split(entries) else None
            slug = slug or entries.get("slug")
            text = slug.text() if slug else ""
            if not text or text in found:
                node.problem("needs a slug that no other module has")
            found[text] = node
    return found


def _module(name: str, node: Node, headers: Headers, folder: Folder) -> tuple[ModuleDocument, Node]:
    entries = node.entries()
    module = ModuleDocument(name, key_of(entries, derived(headers.key, f"module/{name}")))
    for activity, at in listed(entries, "activities", node):
        kind = _kind(activity, at, headers, folder)
        if kind:
            module.activities.append(_activity(activity, kind, headers, folder))
    return module, node


def _kind(name: str, at: Node, headers: Headers, folder: Folder) -> str:
    """Return what kind of activity a name stands for, or "" after noting why it is none."""
    files = {kind: f"{s.folder}/{name}.{SOURCE}.yaml" for kind, s in ACTIVITIES.items()}
    kinds = [kind for kind, file in files.items() if file in folder.texts]
    if not NAME.fullmatch(name) or not kinds:
        at.problem(f"there is neither {' nor '.join(files.values())}")
    elif len(kinds) > 1:
        at.problem(f"there is both {' and '.join(files.values())}")
    elif name in headers.activities:
        at.problem(f"{name} stands in the course twice")
    else:
        return kinds[0]
    return ""


def _activity(name: str, kind: str, headers: Headers, folder: Folder) -> ActivityDocument:
    files = {}
    for code in languages():
        file = f"{ACTIVITIES[kind].folder}/{name}.{code}.yaml"
        wanted = file in folder.texts or code in headers.complete
        if wanted and (node := folder.node(file)):
            files[code] = node
    by_place = derived(headers.key, f"activity/{name}")
    key = key_of(files[SOURCE].entries(), by_place) if SOURCE in files else by_place
    headers.files[name] = files
    headers.activities[name] = key
    return ActivityDocument(kind, name, key)
