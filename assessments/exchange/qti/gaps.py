"""Texts with gaps: fields and lists within a text, or words to be put into it."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from assessments.exchange.qti.accepted import accepted, likeliest
from assessments.exchange.qti.asking import Asked, Source, named, outside, stem_of
from assessments.exchange.qti.choices import require_known
from assessments.exchange.qti.errors import Unfit
from assessments.exchange.qti.marking import Answer
from assessments.exchange.qti.pairs import right_pairs
from assessments.exchange.qti.passages import parted, passage_of
from assessments.exchange.qti.probing import prove, together
from assessments.exchange.qti.text import plain
from assessments.exchange.qti.tree import Node


def inline(source: Source, nodes: Sequence[Node]) -> Asked:
    """Read textEntryInteractions and inlineChoiceInteractions that stand in a text."""
    names = [source.marking.of(node).identifier for node in nodes]
    if len(set(names)) < len(names):
        raise Unfit(_("Two gaps have the same response."))
    keys = [_keys(source, node) for node in nodes]
    right: list[Answer] = [{name: own[:1]} for name, own in zip(names, keys, strict=True)]
    wrong = [
        (text, {name: [key]})
        for node, name, own in zip(nodes, names, keys, strict=True)
        for key, text in named(node.below("inlineChoice")).items()
        if key not in own
    ]
    prove(source.marking, right=right, wrong=wrong)
    gaps = [
        _gap(source, node, own, together(right[:at] + right[at + 1 :]))
        for at, (node, own) in enumerate(zip(nodes, keys, strict=True))
    ]
    before, after = parted(source.body, nodes)
    return Asked(
        "cloze",
        plain(before, outside),
        [("passage", {"text": passage_of(after, nodes)}), *(("gap", gap) for gap in gaps)],
    )


def gap_match(source: Source, node: Node) -> Asked:
    """Read a gapMatchInteraction: each gap offers every text, and has one that is right."""
    if picture := node.first("gapImg"):
        raise Unfit(
            _("Pictures are to be put into the gaps; here gaps hold text."), line=picture.line
        )
    texts, gaps = named(node.below("gapText")), list(node.all("gap"))
    keys = [gap.get("identifier") for gap in gaps]
    pairs = right_pairs(source, node, [(text, key) for text in texts for key in keys])
    right = {gap: text for text, gap in pairs}
    if sorted(right) != sorted(keys) or len(pairs) != len(keys):
        raise Unfit(_("Not every gap has one right text of its own."))
    require_known(list(right.values()), texts)
    kept = tuple(child for child in node if child.name not in ("prompt", "gapText"))
    passage = passage_of(Node("div", {}, "", "", node.line, kept), gaps)
    parts = [
        _part(source, key, [texts[right[key]]], [text for text in texts.values()]) for key in keys
    ]
    return Asked(
        "cloze",
        stem_of(source, node),
        [("passage", {"text": passage}), *(("gap", part) for part in parts)],
    )


def _keys(source: Source, node: Node) -> list[str]:
    """Return what is right in a gap: the keys of choices, or a text."""
    declared, score = source.marking.of(node), source.marking.score
    name, stated = declared.identifier, list(declared.correct)
    if node.name == "textEntryInteraction":
        if declared.base_type not in ("string", "integer"):
            raise Unfit(
                _("A gap asks for a number with a fraction; here gaps hold words."), line=node.line
            )
        return [likeliest(source.marking, declared)]
    texts, none = named(node.below("inlineChoice")), score({})
    earned = {key: score({name: [key]}) for key in texts}
    best = max(earned.values(), default=none)
    if best <= none:  # all gaps or nothing
        return _require_any(require_known(stated, texts), node)
    right = [key for key, points in earned.items() if points == best]
    if not set(stated) <= set(right):
        raise Unfit(_("The answer that is said to be right earns no points."), line=node.line)
    return list(dict.fromkeys([*stated, *right]))


def _require_any(right: list[str], node: Node) -> list[str]:
    if not right:
        raise Unfit(_("No right answer is declared."), line=node.line)
    return right


def _gap(source: Source, node: Node, keys: Sequence[str], others: Answer) -> Mapping[str, str]:
    declared = source.marking.of(node)
    texts = named(node.below("inlineChoice"))
    answers = [texts[key] for key in keys if key in texts]
    if node.name == "textEntryInteraction":
        answers = accepted(source.marking, declared, others)
    return _part(source, declared.identifier, answers, list(texts.values()))


def _part(
    source: Source, identifier: str, answers: Sequence[str], offered: Sequence[str]
) -> Mapping[str, str]:
    decoys = dict.fromkeys(text for text in offered if text not in answers)
    return {
        "answers": "\n".join(answers),
        "decoys": "\n".join(decoys),
        "reason": source.feedback.named(identifier),
    }
