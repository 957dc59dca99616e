"""The Serbian catalogue: whole, well-formed, and readable in both scripts."""

import ast
import calendar
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import allauth
import django
import pytest
import wagtail
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.formats import get_format
from django.utils.translation import gettext, override
from django.utils.translation.template import templatize

from cms.library_sentences import SENTENCES as CMS_SENTENCES
from people.library_sentences import SENTENCES
from serbian import to_latin

ROOT = Path(settings.BASE_DIR)
NOT_OURS = {"var", "tests", "node_modules", "locale"}
PO = Path("locale/sr/LC_MESSAGES/django.po")
CYRILLIC = re.compile("[\u0400-\u04ff]")
MIXED = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
MONTH = "alt. month"
TAG = re.compile(r"<[^>]*>")
# What templatize writes for {% translate %}, {% blocktranslate %} and _("…") in a template.
STRING = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*{STRING}(?:\s*,\s*{STRING})?")
# Functions whose first string is the message; those with "p" have a context before it.
PYTHON_NAMES = {
    f"{name}{kind}" for name in ("gettext", "ngettext", "pgettext") for kind in ("", "_lazy")
} | {"_", "gettext_noop"}

Key = tuple[str | None, str]


@cache
def catalogue(path: Path = ROOT / PO) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def ids(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def translations(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def keys(catalog: Catalog) -> set[Key]:
    return {(message.context, ids(message)[0]) for message in catalog if message.id}


@cache
def sources(suffixes: frozenset[str]) -> list[Path]:
    """Return the files of the project's own folders that may say something."""
    rooms = [room for room in ROOT.iterdir() if room.is_dir() and room.name not in NOT_OURS]
    files = [file for room in rooms if room.name[0] != "." for file in room.rglob("*")]
    return [file for file in files if file.suffix in suffixes]


@cache
def said() -> set[Key]:
    """Return every message that a template or a module asks for."""
    templates, modules = sources(frozenset({".html", ".svg", ".txt"})), sources(frozenset({".py"}))
    in_templates = {key for path in templates for key in said_in_template(path)}
    return in_templates | {key for path in modules for key in said_in_python(path)}


def said_in_template(path: Path) -> Iterator[Key]:
    for name, first, second in CALL.findall(templatize(path.read_text(), origin=str(path))):
        words = ast.literal_eval(first)
        has_context = "p" in name
        yield (words, ast.literal_eval(second)) if has_context else (None, words)


def said_in_python(path: Path) -> Iterator[Key]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if name in PYTHON_NAMES and words:
                yield (words[0], words[1]) if "pgettext" in name else (None, words[0])


def test_the_site_says_nothing_that_the_catalogue_lacks() -> None:
    assert len(said()) > 400, "the extraction found too little to be believed"
    assert said() - keys(catalogue()) == set()


def test_the_catalogue_holds_nothing_that_the_site_no_longer_says() -> None:
    assert keys(catalogue()) - said() == set()


def test_every_entry_is_translated_and_none_is_a_guess() -> None:
    assert [m.id for m in messages() if m.fuzzy or not all(translations(m))] == []
    assert not catalogue().obsolete


def test_numbers_have_three_forms() -> None:
    assert catalogue().num_plurals == 3
    assert [m.id for m in messages() if m.pluralizable and len(translations(m)) != 3] == []


def test_placeholders_survive_translation() -> None:
    """Singular and plural may differ ("The question", "All 5"); a translation has them all."""
    for message in messages():
        wanted = set(PLACEHOLDER.findall(" ".join(ids(message))))
        for words in translations(message):
            assert set(PLACEHOLDER.findall(words)) == wanted, message.id


def test_markup_survives_translation() -> None:
    for message in messages():
        for words in translations(message):
            assert sorted(TAG.findall(words)) == sorted(TAG.findall(ids(message)[0])), message.id


def test_no_letter_of_the_other_script_hides_in_a_word() -> None:
    plain = [TAG.sub(" ", PLACEHOLDER.sub(" ", w)) for m in messages() for w in translations(m)]
    assert [words for words in plain if MIXED.search(words)] == []


def test_every_word_can_be_read_in_latin() -> None:
    written = [words for message in messages() for words in translations(message)]
    assert [words for words in written if CYRILLIC.search(to_latin(words))] == []


@pytest.mark.parametrize("quote", ['"', "“", "”", "'"])
def test_quotation_marks_are_serbian(quote: str) -> None:
    """„Овако“: the closing mark is the English opening one, never alone."""
    for message in messages():
        for words in translations(message):
            visible = TAG.sub("", words)
            if quote == "“":
                assert visible.count("„") == visible.count("“"), words
            else:
                assert quote not in visible, words


@pytest.mark.parametrize("code", ["sr", "sr-latn"])
def test_a_month_stands_in_the_genitive_inside_a_date(code: str) -> None:
    months = {message.id: message.string for message in messages() if message.context == MONTH}
    assert months.keys() == {str(calendar.month_name[number]) for number in range(1, 13)}
    assert all(month.endswith("а") for month in months.values())
    with override(code):
        assert "E" in get_format("DATE_FORMAT")
        assert "E" in get_format("DATETIME_FORMAT")


def test_borrowed_sentences_are_still_those_of_the_libraries() -> None:
    homes = [Path(allauth.__file__).parent, Path(django.__file__).parent / "conf"]
    theirs = {key for home in homes for key in keys(catalogue(home / PO))}
    assert {(None, sentence) for sentence in SENTENCES} - theirs == set()
    of_the_cms = Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po")
    theirs = {key for path in of_the_cms for key in keys(catalogue(path))}
    assert {(None, sentence) for sentence in CMS_SENTENCES} - theirs == set()


def test_an_author_reads_serbian_in_the_cms() -> None:
    with override("sr"):
        assert gettext("Save draft") == "Сачувајте нацрт"
        assert gettext("Your pages and snippets in a workflow").startswith("Ваше странице")


def test_the_interface_speaks_politely() -> None:
    """A button says "Сачувајте": "ви", never "ти"."""
    informal = {"Сачувај", "Пошаљи", "Отвори", "Напусти", "Почни", "Настави", "Провери", "Изабери"}
    informal |= {"Погледај", "Преузми", "Промени", "Додај", "Упиши", "Задржи", "Избриши", "Уреди"}
    words = [re.findall("[\u0400-\u04ff]+", text) for m in messages() for text in translations(m)]
    assert [" ".join(said) for said in words if informal & set(said)] == []
