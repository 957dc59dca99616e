"""The objectives of a course's questions and their topics: `objectives.yaml`, all languages."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError

from assessments.models import Objective, Topic
from assessments.transfer.document import ObjectivesDocument
from assessments.transfer.folder import Folder
from assessments.transfer.headers import languages
from assessments.transfer.nodes import Node

FILE = "objectives.yaml"
# How a file calls what each language says in a field of its own.
_WORDS = ("name", "recommendation")
_OF_TOPICS = ("key", "name_en", "name_sr", "order")
_OF_OBJECTIVES = (
    *("key", "name_en", "name_sr", "topic_id", "article"),
    *("recommendation_en", "recommendation_sr"),
)


def read_objectives(folder: Folder) -> ObjectivesDocument:
    """Return what the file says; without one, nothing. Faults are noted."""
    document = ObjectivesDocument()
    node = folder.node(FILE) if FILE in folder.texts else None
    if node is None:
        return document
    entries = node.entries(["topics", "objectives"])
    if "topics" in entries:
        names = ["key", "name", "order"]
        document.topics = _read(entries["topics"], Topic, names)
    if "objectives" in entries:
        names = ["key", "name", "topic", "article", "recommendation"]
        document.objectives = _read(entries["objectives"], Objective, names)
    return document


def _read(node: Node, model: Any, names: list[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for item in node.items():
        entries = item.entries(names)
        fields = _fields({name: entries[name] for name in names if name in entries})
        _check(model, fields, item)
        if fields.get("key") in found:
            item.problem("has the key of another")
        found[fields.get("key", "")] = fields
    return found


def _fields(entries: dict[str, Node]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, node in entries.items():
        if name in _WORDS:
            said = node.entries(languages())
            fields |= {f"{name}_{c}": said[c].text() for c in languages() if c in said}
        elif name == "order":
            fields[name] = node.number() or 0
        else:
            fields["topic_id" if name == "topic" else name] = node.text()
    return fields


def _check(model: Any, fields: dict[str, Any], item: Node) -> None:
    """Note what the CMS would not take. Whether a topic exists is known when it is stored."""
    try:
        model(**fields).clean_fields(exclude=["topic"])
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            item.inner_problem(name, " ".join(messages))


def collect_objectives(keys: Collection[str]) -> ObjectivesDocument:
    """Return the objectives with these keys and their topics, as they stand on the site."""
    found = Objective.objects.filter(key__in=keys).select_related("topic").order_by("key")
    topics = {one.topic.key: one.topic for one in found if one.topic}
    return ObjectivesDocument(
        topics={key: _values(topics[key], _OF_TOPICS) for key in topics},
        objectives={one.key: _values(one, _OF_OBJECTIVES) for one in found},
    )


def _values(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    values = {name: getattr(thing, name) for name in names}
    return {name: value for name, value in values.items() if value not in ("", None)}


def objectives_content(document: ObjectivesDocument) -> dict[str, Any]:
    """Return what the file says; the order is always the same."""
    return {
        name: [_written(fields[key]) for key in sorted(fields)]
        for name, fields in (("topics", document.topics), ("objectives", document.objectives))
        if fields
    }


def _written(fields: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for name, value in fields.items():
        stem, _, code = name.rpartition("_")
        if stem in _WORDS:
            content.setdefault(stem, {})[code] = value
        else:
            content["topic" if name == "topic_id" else name] = value
    return content


def store_objectives(document: ObjectivesDocument, *, draft: bool) -> int:
    """Make what is missing, and unless only a draft is wanted, what differs as the file says.

    Return how many were made or changed. Raises ValidationError.
    """
    stored = 0
    for model, everything in ((Topic, document.topics), (Objective, document.objectives)):
        for key, fields in everything.items():
            known: Any = model.objects.filter(key=key).first()
            if known and (draft or all(getattr(known, n) == v for n, v in fields.items())):
                continue
            thing: Any = known or model(key=key)
            for name, value in fields.items():
                setattr(thing, name, value)
            thing.full_clean()
            thing.save()
            stored += 1
    return stored
