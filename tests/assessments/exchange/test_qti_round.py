"""What is written as QTI 3 and read again is the same question."""

import io
import string
import zipfile
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.exchange.item import Item
from assessments.exchange.qti import read, write
from assessments.kinds import KINDS
from tests.assessments.exchange.qti_items import picture

LETTERS = string.ascii_letters + "абвгдђежčćžšŠĐ0123456789" + "&<>\"'“”„—%#¤.,:;()/+=*!?@$^|~"
words = st.text(LETTERS, min_size=1, max_size=12)
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)
texts = st.lists(st.lists(lines, min_size=1, max_size=2).map("\n".join), min_size=1, max_size=3)
texts = texts.map("\n\n".join)
reasons = st.just("") | texts
plain_words = st.text(string.ascii_lowercase + "абвгдђж", min_size=1, max_size=8)


def parts(type_: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(type_), st.fixed_dictionaries(fields))


def several(part: st.SearchStrategy[Any], least: int, most: int) -> st.SearchStrategy[Any]:
    def key(one: Any) -> Any:
        return one[1]["text"].strip().casefold()

    return st.lists(part, min_size=least, max_size=most, unique_by=key)


option = parts("option", text=lines, correct=st.booleans(), reason=reasons)
options = several(option, 2, 8)


@st.composite
def with_one_right(draw: st.DrawFn, *, most: int = 8) -> list[Any]:
    found = draw(several(option, 2, most))
    right = draw(st.integers(0, len(found) - 1))
    return [(name, {**value, "correct": at == right}) for at, (name, value) in enumerate(found)]


@st.composite
def pairs(draw: st.DrawFn) -> list[Any]:
    ends = draw(st.lists(lines, min_size=2, max_size=12, unique_by=str.casefold))
    count = draw(st.integers(2, len(ends)))
    found = draw(several(parts("pair", text=lines, reason=reasons), count, count))
    matched = [
        (name, {**value, "match": end}) for (name, value), end in zip(found, ends, strict=False)
    ]
    return [*matched, *(("decoy", {"text": end}) for end in ends[count:])]


@st.composite
def gaps(draw: st.DrawFn) -> list[Any]:
    count = draw(st.integers(1, 5))
    text, found = draw(plain_words), []
    for number in range(1, count + 1):
        joint = draw(st.sampled_from([" ", "\n", "\n\n", " ("]))
        text += f"{joint}[{number}] {draw(plain_words)}"
        answers = draw(st.lists(plain_words, min_size=1, max_size=3, unique=True))
        decoys = draw(st.lists(plain_words, max_size=3, unique=True))
        decoys = [one for one in decoys if one not in answers]
        gap = {"answers": "\n".join(answers), "decoys": "\n".join(decoys)}
        found.append(("gap", {**gap, "reason": draw(reasons)}))
    return [("passage", {"text": text}), *found]


@st.composite
def regions(draw: st.DrawFn) -> list[Any]:
    found = []
    for text in draw(st.lists(lines, min_size=2, max_size=6)):
        left, top = draw(st.integers(0, 99)), draw(st.integers(0, 99))
        place = {
            "text": text,
            "left": left,
            "top": top,
            "width": draw(st.integers(1, 100 - left)),
            "height": draw(st.integers(1, 100 - top)),
            "correct": draw(st.booleans()) or not found,
            "reason": draw(reasons),
        }
        found.append(("region", place))
    return [("picture", {"image": "room.png", "alt": draw(lines)}), *found]


numbers = st.decimals(-10_000, 10_000, places=2).map(float)
PARTS = {
    "choice": with_one_right(),
    "true-false": with_one_right(most=2),
    "multiple": options.filter(lambda found: any(value["correct"] for _name, value in found)),
    "matching": pairs(),
    "sequencing": several(parts("step", text=lines, reason=reasons), 2, 8),
    "fill-in": st.lists(
        parts(
            "accepted",
            answers=st.lists(plain_words, min_size=1, max_size=5, unique=True).map("\n".join),
            typos=st.integers(0, 3),
            reason=reasons,
        ),
        min_size=1,
        max_size=1,
    ),
    "numeric": st.lists(
        parts(
            "number",
            value=numbers,
            tolerance=st.decimals(0, 100, places=2).map(float),
            unit=st.just("") | words,
            reason=reasons,
        ),
        min_size=1,
        max_size=1,
    ),
    "cloze": gaps(),
    "hotspot": regions(),
    "likert": several(parts("point", text=lines), 2, 7),
    "long-answer": st.tuples(
        several(parts("criterion", text=lines, points=st.integers(1, 20), guidance=reasons), 1, 4),
        st.lists(parts("sample", text=texts), max_size=1),
    ).map(lambda found: [*found[0], *found[1]]),
}


@st.composite
def questions(draw: st.DrawFn) -> Item:
    kind = draw(st.sampled_from(sorted(PARTS)))
    return Item(
        name=draw(lines),
        kind=kind,
        stem=draw(texts),
        parts=tuple(draw(PARTS[kind])),
        source=draw(st.just("") | lines),
        objective=draw(st.just("") | lines),
        difficulty=draw(st.none() | st.integers(1, 3)),
        tags=tuple(draw(st.lists(words, max_size=3, unique=True))),
        pictures={"room.png": picture(60, 150)} if kind == "hotspot" else {},
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(questions(), min_size=1, max_size=3))
def test_writing_and_reading_again_changes_nothing(items: list[Item]) -> None:
    data, refused = write(items)
    assert refused == ()
    reading = read("questions.zip", data)
    assert reading.refused == ()
    assert list(reading.items) == items


def test_every_kind_can_be_written() -> None:
    assert set(KINDS) <= set(PARTS)


def choice(name: str = "q", text: str = "да", stem: str = "Питање?") -> Item:
    options = [("option", {"text": text, "correct": True, "reason": ""})]
    options.append(("option", {"text": "не", "correct": False, "reason": ""}))
    return Item(name=name, kind="choice", stem=stem, parts=tuple(options))


def test_the_same_questions_make_the_same_file() -> None:
    assert write([choice()]) == write([choice()])


def test_each_item_has_a_folder_of_its_own_also_with_equal_names() -> None:
    data, _refused = write([choice("same"), choice("same"), choice("Друго питање")])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.namelist() == [
            "imsmanifest.xml",
            "same/item.xml",
            "item-2/item.xml",
            "item-3/item.xml",
        ]


def test_what_xml_cannot_hold_is_refused_and_the_rest_is_written() -> None:
    bad = choice("bad", text="a\x00b")
    lost = Item(
        name="lost",
        kind="hotspot",
        stem="Where?",
        parts=(("picture", {"image": "gone.png", "alt": "x"}),),
    )
    data, refused = write([bad, choice("good"), lost])
    assert [found.name for found in refused] == ["bad", "lost"]
    assert [found.name for found in read("q.zip", data).items] == ["good"]


def test_wrong_weights_are_written_as_the_platform_scores() -> None:
    item = Item(
        name="q",
        kind="multiple",
        stem="Which?",
        parts=tuple(
            ("option", {"text": text, "correct": text != "c", "reason": ""}) for text in "abc"
        ),
    )
    data, _refused = write([item])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read("q/item.xml").decode()
    assert 'mapped-value="-1"' in xml
    assert 'lower-bound="0"' in xml
    assert 'normal-maximum="2"' in xml
