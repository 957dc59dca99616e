"""Read a Moodle XML file."""

from django.utils.translation import gettext_lazy as _

from assessments.exchange.errors import NotTaken
from assessments.exchange.hardened_xml import Element, Unreadable, parse
from assessments.exchange.item import Item, Reading, Refusal
from assessments.exchange.moodle_xml.cloze import cloze, gap_select
from assessments.exchange.moodle_xml.elements import all_in, first_in, raw, words_of
from assessments.exchange.moodle_xml.kinds import (
    Made,
    choice,
    essay,
    matching,
    number,
    ordering,
    short_answer,
    true_or_false,
)
from assessments.exchange.plain import one_line

_READERS = {
    "multichoice": choice,
    "truefalse": true_or_false,
    "matching": matching,
    "shortanswer": short_answer,
    "numerical": number,
    "essay": essay,
    "ordering": ordering,
    "cloze": cloze,
    "multianswer": cloze,
    "gapselect": gap_select,
    "ddwtos": gap_select,
}


def read(data: bytes) -> Reading:
    """Return the questions of a file, and what cannot be taken. Raises Unreadable."""
    root = parse(data)
    if root.tag != "quiz":
        raise Unreadable(_("This is XML, but not Moodle XML: it does not begin with <quiz>."))
    items: list[Item] = []
    refused: list[Refusal] = []
    changed: list[Refusal] = []
    for question in all_in(root, "question"):
        if question.get("type") == "category":
            continue
        name = _name(question)
        try:
            item, change = _item(question, name)
        except NotTaken as error:
            refused.append(Refusal(question.line, name, error.reason))
            continue
        items.append(item)
        if change:
            changed.append(Refusal(question.line, item.name, change))
    return Reading(tuple(items), tuple(refused), tuple(changed))


def _name(question: Element) -> str:
    name = first_in(question, "name")
    return one_line(" ".join(name.itertext()))[:80] if name is not None else ""


def _item(question: Element, name: str) -> tuple[Item, object]:
    type_ = question.get("type", "")
    if type_ == "description":
        raise NotTaken(_("A description is no question."))
    if type_ not in _READERS:
        raise NotTaken(_("There are no questions of the type “%(type)s” here.") % {"type": type_})
    made: Made = _READERS[type_](question)
    stem = made.stem or words_of(first_in(question, "questiontext"))
    if not stem:
        raise NotTaken(_("The question has no words."))
    tags = first_in(question, "tags")
    item = Item(
        name=name or one_line(stem)[:80],
        kind=made.kind,
        stem=stem,
        parts=made.parts,
        tags=tuple(one_line(raw(tag)) for tag in all_in(tags, "tag")) if tags is not None else (),
        line=question.line,
    )
    return item, made.changed
