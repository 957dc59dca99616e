"""Every kind of block, with any content, says the same after a file has carried it."""

import string
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ChoiceBlock, ListBlock, URLBlock

from assessments.models import Question, QuizPage
from assessments.transfer.block_items import NO_SOURCE
from assessments.transfer.block_reading import BlockReader, Slot
from assessments.transfer.block_writing import LEFT_OUT, BlockWriter
from assessments.transfer.folder import MediaFile
from assessments.transfer.leaves import Kind, leaf_of_block
from assessments.transfer.markdown import read_markdown
from assessments.transfer.nodes import parse, tidy_text
from assessments.transfer.rich_text import to_html
from assessments.transfer.yaml_text import dump
from courses.models import LessonPage

KEY = "0b5a0000-0000-4000-8000-000000000001"
ACTIVITIES = {"privacy": "0b5a0000-0000-4000-8000-000000000002"}
QUESTIONS = {"m1-first": "0b5a0000-0000-4000-8000-000000000003"}
MEDIA = {
    name: MediaFile(sha1=name, name=name, title=name, open=lambda: pytest.fail("never opened"))
    for name in ("map.png", "film.mp4")
}
STREAMS = {
    "body": LessonPage._meta.get_field("body").stream_block,
    "objectives": LessonPage._meta.get_field("objectives").stream_block,
    "sources": LessonPage._meta.get_field("sources").stream_block,
    "questions": QuizPage._meta.get_field("questions").stream_block,
    "options": Question._meta.get_field("options").stream_block,
}
texts = st.one_of(
    st.text(max_size=20).map(tidy_text),
    st.sampled_from(
        ["No", "1", "2026-11-01", "- x", "a: b", "# c", "~", "", "[x]", "one\ntwo", "'"]
    ),
)
markdown = st.sampled_from(
    ["", "Plain.", "**a** and *b*", "- one\n- two\n\n1. x", "[x](page:privacy)", "foo<b>“x”</b>bar"]
)
ids = st.uuids().map(str) | st.text(
    string.ascii_letters + string.digits + "-_", min_size=1, max_size=8
)


def html(text: str) -> str:
    return to_html(read_markdown(text, headed=False)).replace("page:privacy", f"page:{KEY}")


def values(block: Any) -> st.SearchStrategy[Any]:
    """Return any value of a block in the form of a document."""
    if isinstance(block, BaseStreamBlock):
        return items(dict(block.child_blocks))
    if isinstance(block, ListBlock):
        return items({"item": block.child_block})
    if isinstance(block, BaseStructBlock):
        return st.fixed_dictionaries({n: values(b) for n, b in block.child_blocks.items()})
    if isinstance(block, ChoiceBlock):
        return st.sampled_from([value for value, _ in block.field.choices if value])
    if isinstance(block, URLBlock):
        return st.sampled_from(["", "https://example.org/a?b=c#d", "https://example.org/: x"])
    return {
        Kind.TEXT: texts,
        Kind.TERM: texts,
        Kind.MARKDOWN: markdown.map(html),
        Kind.FLAG: st.booleans(),
        Kind.DAY: st.none() | st.dates().map(str),
        Kind.NUMBER: st.none() | st.integers(-5, 500),
        Kind.DECIMAL: st.none() | st.integers(-500, 500).map(lambda n: n / 4),
        Kind.IMAGE: st.none() | st.just(MEDIA["map.png"]),
        Kind.DOCUMENT: st.none() | st.just(MEDIA["film.mp4"]),
        Kind.QUESTION: st.none() | st.just(QUESTIONS["m1-first"]),
    }[leaf_of_block(block).kind]


def items(kinds: dict[str, Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.one_of(
        st.fixed_dictionaries({"type": st.just(name), "value": values(block), "id": ids})
        for name, block in kinds.items()
    )
    return st.lists(one, max_size=3)


def unique(value: Any, seen: set[str]) -> Any:
    """Return the value without a second use of an id."""
    if isinstance(value, dict):
        return {name: unique(inner, seen) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    kept = []
    for item in value:
        if item["id"] not in seen:
            seen.add(item["id"])
            kept.append({**item, "value": unique(item["value"], seen)})
    return kept


def carried(block: Any, value: Any, source: Any = NO_SOURCE) -> Any:
    """Return what is read of what is written."""
    names = {key: name for name, key in ACTIVITIES.items()} | {KEY: "privacy"}
    by_key = {key: slug for slug, key in QUESTIONS.items()}
    writer = BlockWriter(names, by_key, lambda file: file.name)
    written = writer.value(block, value, base=KEY, path="x", source=source)
    text = dump({} if written is LEFT_OUT else {"x": written})
    root = parse(text, file="x.yaml", problems=[])
    reader = BlockReader({"privacy": KEY}, QUESTIONS, MEDIA.get)
    return reader.value(block, root.entries().get("x"), Slot(root, "x", KEY, "x"), source)


@pytest.mark.parametrize("name", STREAMS)
def test_a_block_says_the_same_after_the_journey(name: str) -> None:
    block = STREAMS[name]

    @settings(max_examples=30, deadline=None)
    @given(values(block).map(lambda value: unique(value, set())))
    def story(value: Any) -> None:
        assert carried(block, value) == value

    story()


@pytest.mark.parametrize("name", STREAMS)
def test_a_translation_may_differ_from_its_source_in_any_way(name: str) -> None:
    block = STREAMS[name]
    some = values(block).map(lambda value: unique(value, set()))

    @settings(max_examples=30, deadline=None)
    @given(some, some, st.data())
    def story(source: Any, other: Any, data: st.DataObject) -> None:
        mixed = unique(data.draw(st.permutations([*source, *other])), set())
        assert carried(block, mixed, source) == mixed
        assert carried(block, source, source) == source

    story()


def test_a_translation_gives_nothing_but_words() -> None:
    law = {
        "act": "Act",
        "article": "art. 1",
        "as_of": "2026-11-01",
        "kind": "paraphrase",
        "text": "<p>One.</p>",
        "url": "https://example.org/",
        "check": True,
        "reviewed": False,
    }
    source = [{"type": "law", "id": "a1", "value": law}]
    words = law | {"act": "Закон", "article": "чл. 1", "text": "<p>Један.</p>"}
    writer = BlockWriter({}, {}, lambda file: file.name)
    written = writer.value(
        STREAMS["body"],
        [{"type": "law", "id": "a1", "value": words}],
        base=KEY,
        path="body",
        source=source,
    )
    assert written == [{"law": {"act": "Закон", "article": "чл. 1", "text": "Један."}}]


def test_the_description_of_the_format_names_every_block_and_its_fields() -> None:
    described = (Path(django_settings.BASE_DIR) / "docs" / "course-format.md").read_text()
    for name, block in STREAMS["body"].child_blocks.items():
        [row] = [line for line in described.splitlines() if line.startswith(f"| `{name}` |")]
        for field in getattr(block, "child_blocks", {}):
            assert f"`{field}`" in row
