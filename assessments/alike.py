"""Questions of the bank that are much like another: to merge, or to keep apart on purpose."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from assessments.kinds.written import folded
from assessments.models import Question

LIKE = 80  # per cent; below, questions share a subject and no more
_SHOWN = 5


@dataclass(frozen=True)
class Alike:
    """A question and how much it is like the other, in per cent."""

    question: Question
    percent: int


def alike(question: Question) -> list[Alike]:
    """Return the questions in the same language that are most like one, the likest first.

    Words count in any order; script, capitals and diacritics do not. One query.
    """
    others = list(Question.objects.filter(locale=question.locale_id).exclude(pk=question.pk))
    found = process.extract(
        _words(question),
        [_words(other) for other in others],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=LIKE,
        limit=_SHOWN,
    )
    return [Alike(others[place], round(score)) for _text, score, place in found]


def _words(question: Question) -> str:
    return folded(" ".join([question.stem, *_texts(question)]))


def _texts(question: Question) -> Iterable[str]:
    """Yield what can be chosen or has to be written."""
    for part in question.parts():
        for name in ("text", "match", "answers"):
            yield str(part.words.get(name) or "")
