"""One text, two scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serbian import fold, in_script, page_to_latin, to_cyrillic, to_latin
from serbian.script import CYRILLIC


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("трговина људима", "trgovina ljudima"),
        ("Љубица Џунић и Његош", "Ljubica Džunić i Njegoš"),
        ("ЊЕГОШ, ЕСЉП, УЏБЕНИК", "NJEGOŠ, ESLJP, UDŽBENIK"),
        ("Љ. Н.", "Lj. N."),
        ("инјекција и надживети", "injekcija i nadživeti"),
        ("CETS 197, члан 4(б)", "CETS 197, član 4(b)"),
    ],
)
def test_cyrillic_reads_in_latin(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    "word", ["инјекција", "надживети", "Џунић", "конјунктура", "Танјуг", "људи", "одживети"]
)
def test_a_latin_word_finds_its_way_back(word: str) -> None:
    assert to_cyrillic(to_latin(word)) == word


# Without the letters that make another one where two meet: л + ј, н + ј, д + ж.
UNAMBIGUOUS = [c for c in CYRILLIC if c.lower() not in "јжњџ"]


@given(st.text(alphabet=[*UNAMBIGUOUS, " ", ",", "1"]))
def test_letters_are_never_lost(text: str) -> None:
    assert to_cyrillic(to_latin(text)) == text


def test_search_folds_script_case_and_diacritics() -> None:
    assert fold("Ђорђе ЧАЧАК") == fold("Đorđe Čačak") == fold("djordje cacak")


def test_a_page_changes_its_text_and_spoken_attributes() -> None:
    page = '<html lang="sr"><p title="Помоћ" class="њ">Људи</p><img alt="Знак"></html>'
    assert (
        page_to_latin(page)
        == '<html lang="sr"><p title="Pomoć" class="њ">Ljudi</p><img alt="Znak"></html>'
    )


@pytest.mark.parametrize(
    "kept",
    [
        '<span translate="no">Јелена <b>Узорковић</b></span>',
        '<p lang="mk">Скопје</p>',
        "<textarea>Мој текст</textarea>",
        '<input value="Јелена">',
        "<script>let a = 'људи > људи'</script>",
        "<code>реч</code>",
        "<!-- љубав -->",
        '<div translate="no"><div>Ана</div>Ана</div>',
    ],
)
def test_what_people_typed_and_other_languages_stay(kept: str) -> None:
    assert page_to_latin(kept + "<p>крај</p>") == kept + "<p>kraj</p>"


def test_a_serbian_passage_inside_an_english_page_is_converted() -> None:
    assert page_to_latin('<p lang="sr">људи</p>') == '<p lang="sr">ljudi</p>'


def test_an_unclosed_bracket_loses_nothing() -> None:
    assert page_to_latin("а < б и <b>в</b>") == "a < b i <b>v</b>"


@given(st.text())
def test_latin_stays_latin(text: str) -> None:
    assert to_latin(to_latin(text)) == to_latin(text)


@given(st.text(alphabet="аЉx<>&\"'/= "))
def test_a_page_is_never_cut_short(text: str) -> None:
    latin = page_to_latin(text)
    assert page_to_latin(latin) == latin
    assert len(latin) >= len(text)


def test_addresses_ids_and_values_stay() -> None:
    page = (
        '<a href="/sr/курс/" id="љ" data-key="њ" title="Курс">Курс</a><option value="џ">Џ</option>'
    )
    assert page_to_latin(page) == (
        '<a href="/sr/курс/" id="љ" data-key="њ" title="Kurs">Kurs</a><option value="џ">Dž</option>'
    )


def test_kept_elements_end_where_they_end() -> None:
    page = '<p><b translate="no">Ана <b>Ана</b></b> Ана</p><br translate="no">Ана'
    assert (
        page_to_latin(page)
        == '<p><b translate="no">Ана <b>Ана</b></b> Ana</p><br translate="no">Ana'
    )


def test_only_readers_of_latin_get_latin() -> None:
    assert [in_script("члан", code) for code in ("sr", "sr-latn", "en")] == ["члан", "član", "члан"]
