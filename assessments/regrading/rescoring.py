"""What answers are worth by the key of today. Nothing is recorded here."""

from dataclasses import dataclass
from uuid import UUID

from assessments.kinds import KINDS, WITH, Kind, Part, Scored
from assessments.models import Attempt, Question, Response
from assessments.papers import parts_of
from assessments.regrading.keys import differ, is_regradable, keys_of
from assessments.verdicts import Judgement, judge
from assessments.writings import given_in


@dataclass(frozen=True)
class Rescored:
    """An answer that another key scored, with its worth by the key of today."""

    response: Response
    scored: Scored

    @property
    def differs(self) -> bool:
        return self.scored.scaled != self.response.scaled


@dataclass(frozen=True)
class Verdict:
    """What an attempt would be worth by the scores that would count."""

    attempt: Attempt
    judged: Judgement

    @property
    def passed(self) -> bool:
        """Whether it is passed: what was passed once stays passed."""
        return self.judged.passed or bool(self.attempt.passed)

    @property
    def is_kept(self) -> bool:
        """Whether it stays passed though the points no longer suffice."""
        return self.passed and not self.judged.passed

    @property
    def differs(self) -> bool:
        old, new = self.attempt, self.judged
        before = (old.raw, old.maximum, old.passed, list(old.short))
        return before != (new.raw, new.maximum, self.passed, list(new.short))


def scored_by_another_key(question: Question) -> list[Response]:
    """Return the answers to a question that the key of today has not scored.

    What somebody scored by hand stays as it is, and is not among them.
    """
    if not is_regradable(question.kind) or question.live_revision_id is None:
        return []
    answers = Response.objects.filter(question_key=question.key, overridden=False, graders=0)
    answers = answers.exclude(revision=None).exclude(revision=question.live_revision_id)
    found = list(answers.order_by("answered_at", "pk"))
    keys = keys_of({question.live_revision_id, *(one.revision or 0 for one in found)})
    today = keys.get(question.live_revision_id)
    return [one for one in found if differ(keys.get(one.revision or 0), today)]


def rescored(question: Question, responses: list[Response]) -> list[Rescored]:
    """Return what the answers are worth by the published key of a question, in every language.

    An answer whose words were erased keeps its score, and is left out. Raises ValueError for a
    question that is not published.
    """
    parts, kind = live_parts(question), KINDS[question.kind]
    return [
        Rescored(one, kind.score(parts, _known(kind, parts, answer)))
        for one, answer in zip(responses, given_in(responses), strict=True)
        if answer is not None
    ]


def live_parts(question: Question) -> list[Part]:
    """Return the parts of a question with what its published translations accept."""
    if question.live_revision is None:
        raise ValueError("the question is not published")
    forms = Question.objects.filter(translation_key=question.key, live=True)
    forms = forms.exclude(pk=question.pk).select_related("live_revision", "locale")
    words = {
        form.locale.language_code: list(form.options.get_prep_value())
        for form in forms
        if form.live_revision
    }
    return parts_of(list(question.options.get_prep_value()), words, "")


def _known(kind: Kind, parts: list[Part], answer: list[str]) -> list[str]:
    """Return what of an answer the question still offers."""
    keys = {part.key for part in parts}
    if kind.is_written or kind.knows(parts, answer):
        return answer
    return [one for one in answer if set(one.split(WITH)) <= keys]


def verdict_with(
    attempt: Attempt, responses: list[Response], new: dict[UUID, float | None]
) -> Verdict | None:
    """Return the verdict on an attempt if these scores counted, by question.

    None before it is submitted, though answers may have been checked; and while another of its
    answers still has to be graded.
    """
    if attempt.finished_at is None:
        return None
    if any(one.is_waiting and one.question_key not in new for one in responses):
        return None
    return Verdict(
        attempt,
        judge(attempt, {r.question_key: new.get(r.question_key, r.scaled) for r in responses}),
    )
