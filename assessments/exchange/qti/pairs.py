"""What belongs together: two sets to match, or one to pair off."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessments.exchange.qti.asking import Asked, Parts, Source, named, right_ones, stem_of
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.probing import prove
from assessments.exchange.qti.tree import Node

Pair = tuple[str, str]


def match(source: Source, node: Node) -> Asked:
    """Read a matchInteraction. Each thing of one set must have one of its own in the other."""
    sets = node.below("simpleMatchSet")
    if len(sets) != 2:
        raise Unfit(_("There are not two sets to match."))
    ones, others = (named(one.below("simpleAssociableChoice")) for one in sets)
    pairs = right_pairs(source, node, [(one, other) for one in ones for other in others])
    if any(one not in ones or other not in others for one, other in pairs):
        raise Unfit(_("The right answer is not among those that can be chosen."))
    _require_single(pairs)
    if len(pairs) < len(ones):  # some of the first set belong to nothing: they are the decoys
        pairs = [(other, one) for one, other in pairs]
        ones, others = others, ones
    if len(pairs) < len(ones):
        raise Unfit(_("On both sides there is something that belongs to nothing."))
    decoys = [text for key, text in others.items() if key not in {pair[1] for pair in pairs}]
    in_order = sorted(pairs, key=lambda pair: list(ones).index(pair[0]))
    return _asked(source, node, in_order, ones | others, decoys)


def associate(source: Source, node: Node) -> Asked:
    """Read an associateInteraction: of each pair the first is fixed here, the other chosen."""
    texts = named(node.below("simpleAssociableChoice"))
    keys = list(texts)
    offered = [(one, other) for at, one in enumerate(keys) for other in keys[at + 1 :]]
    pairs = right_pairs(source, node, offered)
    _require_single(pairs)
    used = [key for pair in pairs for key in pair]
    if len(set(used)) < len(used) or not set(used) <= texts.keys():
        raise Unfit(_("Something belongs to more than one other; here each has one of its own."))
    decoys = [text for key, text in texts.items() if key not in used]
    return _asked(source, node, pairs, texts, decoys)


def right_pairs(source: Source, node: Node, offered: Sequence[Pair]) -> list[Pair]:
    """Return the pairs that are right. Raises Unfit if they do not count alike, or others do."""
    declared = source.marking.of(node)
    name, is_directed = declared.identifier, declared.base_type == "directedPair"
    right = right_ones(source, declared, [" ".join(pair) for pair in offered])
    pairs = [_pair(value) for value in right]
    known = {_same(pair, is_directed) for pair in pairs}
    prove(
        source.marking,
        right=[{name: [" ".join(pair)]} for pair in pairs],
        wrong=[
            (" – ".join(pair), {name: [" ".join(pair)]})
            for pair in offered
            if _same(pair, is_directed) not in known
        ],
    )
    return pairs


def _asked(
    source: Source,
    node: Node,
    pairs: Sequence[Pair],
    texts: dict[str, str],
    decoys: Sequence[str],
) -> Asked:
    parts: Parts = [
        (
            "pair",
            {
                "text": texts[one],
                "match": texts[other],
                "reason": source.feedback.named(one),
            },
        )
        for one, other in pairs
    ]
    return Asked(
        "matching",
        stem_of(source, node),
        [*parts, *(("decoy", {"text": text}) for text in decoys)],
    )


def _require_single(pairs: Sequence[Pair]) -> None:
    for side in zip(*pairs, strict=True):
        if len(set(side)) < len(side):
            raise Unfit(
                _("Something belongs to more than one other; here each has one of its own.")
            )


def _pair(value: str) -> Pair:
    one, _space, other = " ".join(value.split()).partition(" ")
    return one, other


def _same(pair: Pair, is_directed: bool) -> Pair:
    return pair if is_directed else (min(pair), max(pair))
