"""Read one assessmentItem."""

from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.exchange.item import Item
from assessments.exchange.qti.asking import Asked, Source
from assessments.exchange.qti.choices import choice, order
from assessments.exchange.qti.classes import PASSAGE, classes
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.feedback import Feedback
from assessments.exchange.qti.fields import text_entry
from assessments.exchange.qti.gaps import gap_match, inline
from assessments.exchange.qti.long_answers import extended_text
from assessments.exchange.qti.marking import Marking
from assessments.exchange.qti.pairs import associate, match
from assessments.exchange.qti.places import hotspot, select_point
from assessments.exchange.qti.tree import Node
from assessments.kinds import KINDS, Part

INLINE = ("textEntryInteraction", "inlineChoiceInteraction")
READERS: dict[str, Callable[[Source, Node], Asked]] = {
    "choiceInteraction": choice,
    "orderInteraction": order,
    "matchInteraction": match,
    "associateInteraction": associate,
    "textEntryInteraction": text_entry,
    "extendedTextInteraction": extended_text,
    "gapMatchInteraction": gap_match,
    "hotspotInteraction": hotspot,
    "selectPointInteraction": select_point,
}
_CHANCE = ("templateDeclaration", "templateProcessing")
_ELSEWHERE = ("assessmentStimulusRef", "include")


def read_item(root: Node, *, file: Callable[[str], bytes]) -> Item:
    """Return what an item asks. `file` returns the bytes of a file beside it, or raises Unfit.

    Raises Unfit, with the reason, for what has no equal here.
    """
    body = root.first("itemBody")
    if body is None:
        raise Unfit(_("The item has no body."), line=root.line)
    _require_plain(root)
    marking = Marking(root)
    source = Source(root, body, marking, Feedback(root, marking), file)
    asked = _asked(source, [node for node in body.all(*_names(body))])
    name = title_of(root)
    item = Item(
        name=name,
        kind=asked.kind,
        stem=asked.stem or name,
        parts=tuple(asked.parts),
        line=root.line,
        pictures=asked.pictures,
    )
    _require_question(item)
    return item


def title_of(root: Node) -> str:
    """Return what an item is called."""
    return " ".join(root.get("title").split()) or root.get("identifier")


def _names(node: Node) -> set[str]:
    """Return the names of every interaction below."""
    own = {node.name} if node.name.endswith("Interaction") else set[str]()
    return own.union(*(_names(child) for child in node))


def _require_plain(root: Node) -> None:
    if root.get("adaptive") == "true":
        raise Unfit(_("The item changes with each answer until it is solved."), line=root.line)
    if node := root.first(*_CHANCE):
        raise Unfit(
            _("A part of the item is made anew by chance for each learner."), line=node.line
        )
    if node := root.first(*_ELSEWHERE):
        raise Unfit(_("A part of the item stands in another file."), line=node.line)


def _asked(source: Source, interactions: Sequence[Node]) -> Asked:
    if not interactions:
        raise Unfit(_("The item asks nothing: it has no interaction."), line=source.item.line)
    first = interactions[0]
    is_inline = all(node.name in INLINE for node in interactions)
    is_one_field = len(interactions) == 1 and first.name == "textEntryInteraction"
    if is_inline and not (is_one_field and not _is_passage(source.body)):
        return inline(source, interactions)
    for node in interactions:
        if node.name not in READERS and node.name not in INLINE:
            raise Unfit(
                _("It is answered by “%(name)s”, which has no equal here.") % {"name": node.name},
                line=node.line,
            )
    if len(interactions) > 1:
        raise Unfit(
            _("Several questions in one item: make an item of each."), line=interactions[1].line
        )
    return READERS[first.name](source, first)


def _is_passage(body: Node) -> bool:
    """Say whether our own export says that even a single field is a gap in a text."""
    return any(PASSAGE in classes(one) for one in body.below("div"))


def _require_question(item: Item) -> None:
    """Raise Unfit if the parts make no question of their kind."""
    kind = KINDS[item.kind]
    if len(item.parts) > kind.most:
        raise Unfit(
            _("There are %(count)s parts; this kind of question has %(most)s at most.")
            % {"count": len(item.parts), "most": kind.most}
        )
    parts = [Part(str(at), type_, value, value) for at, (type_, value) in enumerate(item.parts)]
    try:
        kind.check(parts)
    except ValidationError as error:
        raise Unfit(" ".join(map(str, error.messages))) from error
