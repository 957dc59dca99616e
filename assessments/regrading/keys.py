"""The key of a question: what of it decides about points."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.models import Revision

from assessments.kinds import KINDS, Part
from assessments.papers import parts_of

# What else stands in a part is shown, and may be worded anew without anybody's points changing.
_DECIDES = ("correct", "answers", "typos", "value", "tolerance", "decoys")
_IN_ORDER = ("sequencing", "cloze", "true-false")
Key = tuple[Any, ...]


def parts_in(revision: Revision) -> list[Part]:
    """Return the parts of a question as a revision has them, in its own words."""
    raw = revision.content["options"]
    return parts_of(json.loads(raw) if isinstance(raw, str) else raw, {}, "")


def key_in(revision: Revision) -> Key:
    """Return what decides about points in a revision; equal keys give equal points."""
    kind = revision.content["kind"]
    parts = [_deciding(part) for part in parts_in(revision)]
    return (kind, *(parts if kind in _IN_ORDER else sorted(parts)))


def _deciding(part: Part) -> tuple[str, str, str]:
    # What a gap offers decides only as far as it is a list or a field.
    values = {name: part.value.get(name) for name in _DECIDES if name in part.value}
    if "decoys" in values:
        values["decoys"] = bool(values["decoys"])
    return part.key, part.type, json.dumps(values, sort_keys=True)


def keys_of(numbers: Iterable[int]) -> Mapping[int, Key]:
    """Return the keys of revisions by their number; one that is gone is left out."""
    found = Revision.objects.in_bulk(list(numbers))
    return {number: key_in(revision) for number, revision in found.items()}


def differ(then: Key | None, today: Key | None) -> bool:
    """Say whether answers scored by one key can, and should, be scored by the other.

    A question that has become one of another kind is another question.
    """
    return then is not None and today is not None and then != today and then[0] == today[0]


def is_regradable(kind: str) -> bool:
    """Say whether a machine gives the points: what people graded stays theirs."""
    return KINDS[kind].is_scored and not KINDS[kind].is_graded
