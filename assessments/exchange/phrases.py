"""What a question needs to say and its file does not: said in the language of the question."""

from django.utils.translation import gettext, gettext_noop, override

TRUE, FALSE = gettext_noop("True"), gettext_noop("False")
WHOLE_ANSWER = gettext_noop("The answer as a whole")
FILL_IN = gettext_noop("Fill in what is missing.")
_ALL = {TRUE, FALSE, WHOLE_ANSWER, FILL_IN}


def in_language(text: str, *, language: str) -> str:
    """Return one of these phrases in a language; any other text as it is."""
    if text not in _ALL:
        return text
    with override(language):
        return gettext(text)
