"""Questions on their way, made up by the dozen."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from assessments.exchange.item import Item
from assessments.kinds.written import is_one_of

# What files trip over: marks that mean something, both scripts, quotes, tags, entities.
_ALPHABET = "ab Ђж čš \\:#={}~%*<>&;\"'[]()„“–1.,?!/"
words = st.text(_ALPHABET, min_size=1, max_size=30).map(lambda text: " ".join(text.split()))
words = words.filter(bool)
breaks = st.sampled_from(["\n", "\n\n"])
paragraphs = st.tuples(words, st.lists(st.tuples(breaks, words), max_size=2)).map(
    lambda said: said[0] + "".join(f"{mark}{text}" for mark, text in said[1])
)
tags = st.lists(words.filter(lambda text: "\\" not in text), max_size=2, unique=True).map(tuple)
reasons = st.one_of(st.just(""), paragraphs)
numbers = st.integers(-10_000, 10_000).map(lambda number: number / 8)
texts = st.lists(words, min_size=2, max_size=6, unique_by=str.casefold)


def _item(kind: str, parts: list[tuple[str, dict[str, Any]]], name: str, stem: str) -> Item:
    return Item(name=name, kind=kind, stem=stem, parts=tuple(parts))


@st.composite
def tagged(draw: st.DrawFn, items: st.SearchStrategy[Item]) -> Item:
    """A question with tags."""
    return replace(draw(items), tags=draw(tags))


@st.composite
def choices(draw: st.DrawFn, kind: str) -> Item:
    """A question with options; of the kind "multiple" some of them are right."""
    options = draw(texts)
    some = st.sets(st.integers(0, len(options) - 1), min_size=1, max_size=len(options))
    right = draw(some) if kind == "multiple" else {draw(st.integers(0, len(options) - 1))}
    parts = [
        ("option", {"text": text, "correct": number in right, "reason": draw(reasons)})
        for number, text in enumerate(options)
    ]
    return _item(kind, parts, draw(words), draw(paragraphs))


@st.composite
def truths(draw: st.DrawFn) -> Item:
    is_true = draw(st.booleans())
    parts = [
        ("option", {"text": text, "correct": correct, "reason": draw(reasons)})
        for text, correct in (("True", is_true), ("False", not is_true))
    ]
    return _item("true-false", parts, draw(words), draw(paragraphs))


@st.composite
def matchings(draw: st.DrawFn, *, reasoned: bool) -> Item:
    plain = texts.filter(lambda some: not any("->" in text for text in some))
    left, right = draw(plain), draw(plain)
    pairs = [
        ("pair", {"text": a, "match": b, "reason": draw(reasons) if reasoned else ""})
        for a, b in zip(left, right, strict=False)
    ]
    decoys = [("decoy", {"text": text}) for text in right[len(left) :]]
    return _item("matching", [*pairs, *decoys], draw(words), draw(paragraphs))


@st.composite
def written(draw: st.DrawFn) -> Item:
    answers = draw(st.lists(words.filter(lambda text: "*" not in text), min_size=1, max_size=3))
    part = {"answers": "\n".join(answers), "typos": 0, "reason": draw(reasons)}
    return _item("fill-in", [("accepted", part)], draw(words), draw(paragraphs))


@st.composite
def numeric(draw: st.DrawFn, units: st.SearchStrategy[str] | None = None) -> Item:
    part = {
        "value": draw(numbers),
        "tolerance": abs(draw(numbers)),
        "unit": draw(st.just("") if units is None else units),
        "reason": draw(reasons),
    }
    return _item("numeric", [("number", part)], draw(words), draw(paragraphs))


@st.composite
def sequences(draw: st.DrawFn) -> Item:
    steps = [("step", {"text": text, "reason": draw(reasons)}) for text in draw(texts)]
    return _item("sequencing", steps, draw(words), draw(paragraphs))


@st.composite
def clozes(draw: st.DrawFn) -> Item:
    """A text with one to three gaps, some of them lists."""
    plain = words.filter(lambda text: not any(mark in text for mark in "[]*{}"))
    count = draw(st.integers(1, 3))
    pieces = [draw(plain) for _ in range(count)]
    passage = " ".join(f"{piece} [{number}]" for number, piece in enumerate(pieces, start=1))
    parts: list[tuple[str, dict[str, Any]]] = [("passage", {"text": passage})]
    for _ in range(count):
        right = draw(st.lists(plain, min_size=1, max_size=2, unique=True))
        wrong = draw(st.lists(plain, max_size=2))
        decoys = [text for text in wrong if text not in right and not is_one_of(text, right)]
        gap = {"answers": "\n".join(right), "decoys": "\n".join(decoys), "reason": draw(reasons)}
        parts.append(("gap", gap))
    return _item("cloze", parts, draw(words), draw(paragraphs))
