"""Who has which form: half of each cohort begins with A, half with B, decided once.

The form stands in the `attempted` statement. A learner has the other one in the other test, and
the same one again in another attempt at the same test, also after leaving and enrolling anew.
"""

import random

from django.db.models import Q, QuerySet

from assessments.models import Attempt, Form, QuizPage, Role
from courses.enrolment import registrations_like
from courses.models import Cohort, Enrolment
from lrs.events import NOBODY


def assigned_form(*, enrolment: Enrolment, quiz: QuizPage, chance: random.Random) -> str:
    """Return the form of an attempt that begins now, empty for a quiz without forms.

    To be called in the transaction that records the attempt, with the enrolment locked; `quiz` is
    the page in the source language. `chance` decides where as many begin with A as with B.
    """
    if quiz.role == Role.ORDINARY:
        return ""
    begins_with = _known(enrolment, quiz) or _rarer(enrolment, quiz, chance)
    return (begins_with.other if quiz.is_post_test else begins_with).value


def _known(enrolment: Enrolment, quiz: QuizPage) -> Form | None:
    """Return the form that a learner begins with, as the oldest attempt at either test says."""
    own = _of_pair(quiz).filter(registration__in=registrations_like(enrolment))
    first = own.order_by("started_at", "number").first()
    if first is None:
        return None
    form = Form(first.form)
    return form if first.quiz_key == quiz.before_key else form.other


def _rarer(enrolment: Enrolment, quiz: QuizPage, chance: random.Random) -> Form:
    """Return the form with which fewer of the cohort begin."""
    _lock(enrolment, quiz)
    members = Enrolment.objects.filter(
        cohort_key=enrolment.cohort_key, course_key=enrolment.course_key
    )
    begun = _of_pair(quiz).filter(registration__in=members.values("registration"))
    counts = {form: _count(begun, quiz, form) for form in Form}
    fewest = min(counts.values())
    return chance.choice([form for form, count in counts.items() if count == fewest])


def _count(begun: QuerySet[Attempt], quiz: QuizPage, form: Form) -> int:
    """Count those who begin with a form: who had it before, or has the other one after."""
    before = Q(quiz_key=quiz.before_key)
    found = begun.filter(Q(before, form=form) | Q(~before, form=form.other))
    return found.values("registration").distinct().count()


def _of_pair(quiz: QuizPage) -> QuerySet[Attempt]:
    """Return the attempts with a form at both tests; at this one, where it stands alone."""
    key = quiz.before_key or quiz.key
    return Attempt.objects.filter(
        Q(quiz_key=key) | Q(pre_test_key=key), form__in=Form.values, started_at__isnull=False
    )


def _lock(enrolment: Enrolment, quiz: QuizPage) -> None:
    """Let whoever begins at this moment in the same cohort wait, then count what is there.

    Who studies in no cohort waits at the page of the test. Enrolments are locked before: always in
    this order.
    """
    held = Cohort.objects.select_for_update().filter(key=enrolment.cohort_key or NOBODY)
    if not list(held.values_list("pk", flat=True)):
        page = quiz.named_pre_test or quiz
        list(QuizPage.objects.select_for_update(of=("self",)).only("pk").filter(pk=page.pk))
