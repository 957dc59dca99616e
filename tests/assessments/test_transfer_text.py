"""Markdown of a file and HTML of the site say exactly the same, in both directions."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assessments.transfer.html_text import UnknownHtml, read_html
from assessments.transfer.markdown import BadMarkdown, read_markdown, write_markdown
from assessments.transfer.rich_text import (
    Item,
    Paragraph,
    Run,
    joined,
    listed,
    lists_of,
    tidy,
    to_html,
)

pytestmark = pytest.mark.long

# Signs that mean something in Markdown, HTML or YAML, and letters of both scripts.
SIGNS = "aZ7žЖћ „“\"'\\`*_{}[]()<>#+-.!|~&;:/?=@%$^,\n\xa0\u2009\u200b\xad😀"
words = st.text(st.sampled_from(SIGNS), max_size=12) | st.text(max_size=6)
texts = words | st.sampled_from(
    [
        "1. one",
        "- two",
        "## three",
        "> four",
        "&amp;",
        "<b>",
        "](",
        "***",
        "**a**",
        "---",
        "![x](y)",
    ]
)
hrefs = st.sampled_from(
    [
        "",
        "",
        "https://example.org/a?b=1&copy=2&amp;c=(d)_e_*f*",
        "https://example.org/two words/<x>",
        "mailto:help@example.org",
        "tel:+38111000000",
        "page:privacy-and-media",
        "#part",
        "/inside/",
        "https://пример.срб/пут",
    ]
)
runs = st.lists(st.builds(Run, texts, st.booleans(), st.booleans(), hrefs), max_size=5).map(tidy)
paragraphs = st.builds(Paragraph, st.sampled_from(["p", "p", "h2", "h3"]), runs)


pytestmark = pytest.mark.long

listings = st.recursive(
    st.builds(listed, st.booleans(), st.lists(st.builds(Item, runs), max_size=4)),
    lambda below: st.builds(
        listed,
        st.booleans(),
        st.lists(st.builds(Item, runs, st.lists(below, max_size=2).map(lists_of)), max_size=3),
    ),
    max_leaves=4,
)
trees = st.lists(paragraphs | listings, max_size=5).map(joined)


@settings(max_examples=120, deadline=None)
@given(trees)
@example((Paragraph("p", (Run("foo"), Run('"bar"', bold=True), Run("baz"))),))
@example((Paragraph("p", (Run("a", bold=True), Run("b", italic=True), Run("c", True, True))),))
@example((Paragraph("h2", (Run("one\ntwo #"),)),))
@example((Paragraph("p", (Run("wow!"), Run("x", href="https://example.org/"))),))
def test_any_text_survives_both_ways(tree) -> None:
    html = to_html(tree)
    assert read_html(html) == tree
    markdown = write_markdown(tree)
    assert read_markdown(markdown, headed=True) == tree
    assert write_markdown(read_markdown(markdown, headed=True)) == markdown


@settings(max_examples=120, deadline=None)
@given(st.lists(texts, max_size=6).map("\n".join))
def test_whatever_an_author_types_is_read_as_the_same_again_or_refused(typed) -> None:
    try:
        tree = read_markdown(typed, headed=True)
    except BadMarkdown:
        return
    assert read_markdown(write_markdown(tree), headed=True) == tree
    assert read_html(to_html(tree)) == tree


def test_markdown_becomes_what_the_editor_would_store() -> None:
    markdown = (
        "## Head\nOne **two** *three*\\\nfour [five](https://example.org/)\n\n1. a\n   - b\n2. c"
    )
    html = (
        "<h2>Head</h2><p>One <b>two</b> <i>three</i><br/>four "
        '<a href="https://example.org/">five</a></p>'
        "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"
    )
    tree = read_markdown(markdown, headed=True)
    assert to_html(tree) == html
    assert write_markdown(read_html(html)) == markdown


def test_what_the_editor_adds_for_itself_is_left_behind() -> None:
    stored = '<p data-block-key="x1">One&nbsp;<b>two </b>three</p><p data-block-key="x2"></p>'
    assert to_html(read_html(stored)) == "<p>One\xa0<b>two</b> three</p>"
    assert write_markdown(read_html(stored)) == "One&nbsp;**two** three"


def test_asterisks_that_could_not_stand_become_tags() -> None:
    tree = read_html("<p>foo<b>“bar”</b>baz</p>")
    assert write_markdown(tree) == "foo<b>“bar”</b>baz"


@pytest.mark.parametrize(
    ("markdown", "says"),
    [
        ("# One", "only ## and ### are"),
        ("> quoted", "quotation block"),
        ("a\n\n    code", "code"),
        ("`code`", "code"),
        ("![x](https://example.org/x.png)", "image block"),
        ("***", "across the page"),
        ("<script>alert(1)</script>", "HTML is not possible here: <script>"),
        ("<b onclick='x()'>a</b>", "HTML is not possible here"),
        ("[x](javascript:alert(1))", "not an address"),
        ("[x](JaVaScript:alert(1))", "not an address"),
        ("[x](data:text/html,x)", "not an address"),
        ("[x](//evil.example/)", "not an address"),
        ("[x](other.html)", "not an address"),
        ("- a\n\n  b", "second paragraph inside a list"),
    ],
)
def test_what_may_not_stand_in_a_text_is_refused_in_words(markdown, says) -> None:
    with pytest.raises(BadMarkdown, match=says):
        read_markdown(markdown, headed=True)


def test_headings_stand_only_where_there_are_headings() -> None:
    with pytest.raises(BadMarkdown, match="none is"):
        read_markdown("## Head", headed=False)


def test_the_line_of_the_fault_is_known() -> None:
    with pytest.raises(BadMarkdown) as refused:
        read_markdown("One\n\n> two", headed=True)
    assert refused.value.line == 2


@pytest.mark.parametrize(
    "html", ["<img src='x'>", "<table></table>", '<a linktype="document" id="3">x</a>']
)
def test_what_a_file_cannot_carry_is_not_dropped_in_silence(html) -> None:
    with pytest.raises(UnknownHtml):
        read_html(html)
