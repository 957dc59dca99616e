"""A key that was wrong, a score that is corrected: nothing is overwritten, no pass is lost."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments.answering import check_answer
from assessments.drafts import save_choice
from assessments.errors import OwnAnswer, ReasonMissing
from assessments.grading import submit_attempt
from assessments.kinds.long_answer import criteria
from assessments.marking.recording import mark_answer
from assessments.models import Attempt, Feedback, KeyDecision, Question, Response
from assessments.regrading.consequences import consequences_of
from assessments.regrading.decisions import decide, undecided
from assessments.regrading.decisions import regrade as regrade_task
from assessments.regrading.overriding import override
from assessments.results import result_of
from certificates.issuing import issue
from certificates.models import Certificate
from courses.enrolment import enrol, withdraw
from courses.models import ActivityProgress, Enrolment
from lrs.models import Statement, Voided
from lrs.rebuilding import differences
from people.models import User
from tests.assessments.every_kind import every_kind
from tests.assessments.playing import alone, begin, hand_in, play
from tests.drawing import drawn_as
from tests.factories.courses import SmallCourse, question
from tests.factories.kinds import question_of
from tests.factories.people import UserFactory
from tests.support import complete, read, sign_in, take, work
from xapi import verbs
from xapi.data import check_statement

pytestmark = pytest.mark.django_db
LATER = timedelta(days=3)


@pytest.fixture
def only(course: SmallCourse) -> Question:
    """The only question of the first quiz. Option 0 is right, and that is the mistake."""
    return alone(course, question("one", tags=["alone"], right=(0,)))


def option(asked: Question, number: int) -> str:
    return str(asked.parts()[number].key)


def is_right(asked: Question, *numbers: int) -> Question:
    """Publish another key."""
    asked.refresh_from_db()
    blocks: list[dict[str, Any]] = list(asked.options.get_prep_value())
    for number, block in enumerate(blocks):
        block["value"]["correct"] = number in numbers
    asked.options = blocks
    asked.save_revision().publish()
    asked.refresh_from_db()
    return asked


def regrade(asked: Question, at: datetime, reason: str = "Art. 4 says otherwise.") -> UUID:
    """Decide, and let the worker work; return who decided."""
    by = uuid4()
    decide(question=asked, keeps=False, reason=reason, by=by, at=at)
    work()
    return by


def bodies(verb: str) -> list[dict[str, Any]]:
    return [json.loads(row.body) for row in Statement.objects.filter(verb=verb)]


def test_a_wrong_key_is_mended_end_to_end_and_the_log_tells_how(
    course: SmallCourse, only: Question, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    play(enrolment, course, [option(only, 1)], at)
    before = Attempt.objects.get()
    assert (before.passed, before.raw) == (False, 0.0)
    is_right(only, 1)
    (open_one,) = undecided()
    assert (open_one.question, open_one.answers) == (only, 1)
    by = regrade(only, at + LATER)

    attempt, response = Attempt.objects.get(), Response.objects.get()
    assert (attempt.passed, attempt.raw, attempt.maximum) == (True, 1.0, 1.0)
    assert (response.scaled, response.success, response.generation) == (1.0, True, 2)
    assert response.revision == only.live_revision_id
    assert (attempt.finished_at, attempt.generation) == (before.finished_at, 2)
    assert ActivityProgress.objects.get(activity_key=attempt.quiz_key).completed_at == at + LATER
    assert undecided() == []
    assert differences() == []

    first, second = sorted(bodies(verbs.ANSWERED.id), key=lambda body: body["stored"])
    check_statement(second, "1.0.3")
    assert first["timestamp"] == second["timestamp"], "it was answered then"
    said = {k.rsplit("/", 1)[-1]: v for k, v in second["context"]["extensions"].items()}
    assert (said["replaces"], said["generation"]) == (first["id"], 2)
    assert (said["changed-by"], UUID(said["remark"])) == (str(by), response.remark)
    assert second["object"]["definition"]["correctResponsesPattern"] == [option(only, 1)]
    (failed,) = bodies(verbs.FAILED.id)
    taken_back = set(Voided.objects.values_list("target", flat=True))
    assert taken_back == {UUID(first["id"]), UUID(failed["id"])}
    assert {body["actor"]["account"]["name"] for body in bodies(verbs.VOIDED.id)} == {str(by)}

    shown = result_of(attempt).questions[0]
    assert not shown.is_wrong
    assert shown.remark == "Art. 4 says otherwise."
    assert [o.state for o in shown.reviewed["options"] if o.chosen] == ["right"]
    (letter,) = mail.outbox
    assert (letter.to, "has changed" in letter.body) == ([learner.email], True)


def test_a_pass_is_never_taken_away(
    course: SmallCourse, only: Question, enrolment: Enrolment, at: datetime
) -> None:
    play(enrolment, course, [option(only, 0)], at)
    passed_at = ActivityProgress.objects.get(activity_key=course.quizzes[0].key).completed_at
    is_right(only, 1)
    found = consequences_of(only)
    assert (found.higher, found.lower, found.passed_now, found.kept) == (0, 1, 0, 1)
    regrade(only, at + LATER)
    attempt = Attempt.objects.get()
    assert (attempt.passed, attempt.raw) == (True, 0.0)
    progress = ActivityProgress.objects.get(activity_key=attempt.quiz_key)
    assert progress.completed_at == passed_at, "who passed then has passed then"
    (valid,) = (b for b in bodies(verbs.PASSED.id) if "replaces" in json.dumps(b))
    assert '/kept": true' in json.dumps(valid)
    assert differences() == []


def test_an_answer_checked_in_a_running_attempt_is_scored_anew_without_a_verdict(
    course: SmallCourse, only: Question, enrolment: Enrolment, at: datetime
) -> None:
    quiz = course.quizzes[0]
    quiz.feedback = Feedback.IMMEDIATE
    quiz.save_revision().publish()
    attempt, asked = begin(enrolment, course, at)
    chosen = [option(only, 1)]
    save_choice(attempt=attempt, question_key=asked.key, choices=chosen, version=0, at=at)
    check_answer(enrolment=enrolment, quiz=quiz, number=1, question_key=asked.key, at=at)
    is_right(only, 1)
    assert consequences_of(only).verdicts == []
    regrade(only, at + LATER)
    assert Response.objects.get().scaled == 1.0
    assert Attempt.objects.get().finished_at is None
    done = submit_attempt(enrolment=enrolment, quiz=quiz, number=1, at=at + LATER)
    assert (done.passed, done.raw) == (True, 1.0)
    assert differences() == []


def test_done_twice_it_changes_nothing_more(
    course: SmallCourse, only: Question, enrolment: Enrolment, at: datetime
) -> None:
    play(enrolment, course, [option(only, 1)], at)
    is_right(only, 1)
    regrade(only, at + LATER)
    count = Statement.objects.count()
    regrade_task.func(KeyDecision.objects.get().pk)
    assert Statement.objects.count() == count
    is_right(only, 2)
    assert [one.answers for one in undecided()] == [1], "another key is another question to decide"


def test_results_that_are_kept_are_decided_too_until_the_key_changes_again(
    course: SmallCourse, only: Question, enrolment: Enrolment, at: datetime
) -> None:
    play(enrolment, course, [option(only, 1)], at)
    is_right(only, 1)
    decide(question=only, keeps=True, reason="Too late.", by=uuid4(), at=at + LATER)
    assert undecided() == []
    assert Attempt.objects.get().passed is False
    is_right(only, 2)
    assert [one.answers for one in undecided()] == [1]
    with pytest.raises(ReasonMissing):
        decide(question=only, keeps=True, reason=" ", by=uuid4(), at=at)


def test_other_words_are_no_other_key(
    course: SmallCourse, only: Question, enrolment: Enrolment, at: datetime
) -> None:
    play(enrolment, course, [option(only, 1)], at)
    blocks = list(only.options.get_prep_value())
    blocks[0]["value"] |= {"text": "Said better", "reason": "Said better"}
    only.options = blocks
    only.save_revision().publish()
    assert undecided() == []
    assert consequences_of(only).answers == []


@pytest.mark.parametrize(
    ("kind", "answer", "field", "value"),
    [
        ("fill-in", ["goal"], "answers", "purpose\ngoal"),
        ("numeric", ["45"], "value", 45.0),
    ],
)
def test_what_was_written_is_read_again(
    kind: str,
    answer: list[str],
    field: str,
    value: Any,
    course: SmallCourse,
    enrolment: Enrolment,
    at: datetime,
) -> None:
    asked = alone(course, question_of(kind, every_kind(0)[kind], slug="one", tags=["alone"]))
    response, _ = play(enrolment, course, answer, at)
    assert response.scaled == 0.0
    blocks = list(asked.options.get_prep_value())
    blocks[0]["value"][field] = value
    asked.options = blocks
    asked.save_revision().publish()
    asked.refresh_from_db()
    regrade(asked, at + LATER)
    assert Response.objects.get().scaled == 1.0
    assert result_of(Attempt.objects.get()).questions[0].reviewed["is_right"]


def test_certificates_are_listed_before_anything_happens_and_stay(
    course: SmallCourse,
    only: Question,
    enrolment: Enrolment,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn_as(monkeypatch, lambda sheet: b"%PDF")
    question("last", tags=["final"])
    quiz = course.quizzes[1]
    quiz.questions = [("draw", {"tags": "final", "count": 1})]
    quiz.save_revision().publish()
    complete(enrolment, course, at)
    issue(registration=enrolment.registration, at=at)
    serial = Certificate.objects.get().serial
    is_right(only, 2)
    assert consequences_of(only).papers == [serial]
    regrade(only, at + LATER)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    assert Certificate.objects.get().serial == serial
    assert differences() == []


def test_a_pass_by_the_mended_key_finishes_the_course(
    course: SmallCourse, only: Question, enrolment: Enrolment, at: datetime
) -> None:
    question("last", tags=["final"])
    final = course.quizzes[1]
    final.questions = [("draw", {"tags": "final", "count": 1})]
    final.save_revision().publish()
    is_right(only, 1)
    hand_in(enrolment, course, [option(only, 0)], at)
    for lesson in course.lessons:
        read(enrolment, lesson, at)
    take(enrolment, final, at)
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    is_right(only, 0)
    regrade(only, at + LATER)
    enrolment.refresh_from_db()
    assert enrolment.completed_at == at + LATER


def test_of_whoever_left_the_score_is_mended_and_nothing_follows(
    course: SmallCourse, only: Question, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    play(enrolment, course, [option(only, 1)], at)
    withdraw(user=learner, enrolment=enrolment, at=at + timedelta(hours=1))
    is_right(only, 1)
    regrade(only, at + LATER)
    assert Attempt.objects.get().passed
    assert differences() == []


def test_a_score_is_corrected_by_hand_and_a_later_key_leaves_it_alone(
    course: SmallCourse, only: Question, enrolment: Enrolment, at: datetime
) -> None:
    response, _ = play(enrolment, course, [option(only, 1)], at)
    trainer = uuid4()
    change: dict[str, Any] = {"response": response, "by": trainer, "at": at + LATER}
    with pytest.raises(ReasonMissing):
        override(**change, scaled=1.0, reason="  ")
    with pytest.raises(OwnAnswer):
        override(**(change | {"by": enrolment.learner}), scaled=1.0, reason="Mine.")
    with pytest.raises(ValueError, match="between"):
        override(**change, scaled=1.5, reason="More.")
    override(**change, scaled=0.8, reason="The question could be read both ways.")
    attempt, response = Attempt.objects.get(), Response.objects.get()
    assert (attempt.passed, attempt.raw) == (True, 0.8)
    assert (response.scaled, response.success, response.overridden) == (0.8, False, True)
    shown = result_of(attempt).questions[0]
    assert shown.remark == "The question could be read both ways."
    assert differences() == []
    is_right(only, 2)
    assert undecided() == []
    assert consequences_of(only).answers == []


def test_a_graded_answer_is_corrected_by_hand(
    course: SmallCourse, enrolment: Enrolment, at: datetime
) -> None:
    parts = every_kind(0)["long-answer"]
    case = alone(course, question_of("long-answer", parts, slug="case", tags=["alone"]))
    response, _ = play(enrolment, course, ["Because."], at)
    assert response.writing
    points = {part.key: 0.0 for part in criteria(case.parts())}
    mark_answer(grader=uuid4(), writing=response.writing, points=points, remark="", at=at)
    assert Attempt.objects.get().passed is False
    response.refresh_from_db()
    override(response=response, scaled=1.0, reason="Misread.", by=uuid4(), at=at + LATER)
    assert Response.objects.get().scaled == 1.0
    assert Attempt.objects.get().passed
    assert differences() == []


def test_more_answers_ask_no_more_queries(
    course: SmallCourse,
    only: Question,
    at: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    counts = []
    for _ in range(2):
        for _ in range(2):
            one = enrol(user=UserFactory(), course=course.course, at=at)
            hand_in(one, course, [option(only, 1)], at)
        is_right(only, 2)
        with django_assert_max_num_queries(20) as asked:
            consequences_of(only)
        with django_assert_max_num_queries(20) as wondered:
            undecided()
        counts.append((len(asked), len(wondered)))
        is_right(only, 0)
    assert counts[0] == counts[1]


def test_a_learner_reads_why_on_the_result_page(
    course: SmallCourse, only: Question, enrolment: Enrolment, learner: User, at: datetime
) -> None:
    response, _ = play(enrolment, course, [option(only, 1)], at)
    override(response=response, scaled=1.0, reason="Both are right.", by=uuid4(), at=at + LATER)
    page = sign_in(Client(), learner).get(reverse("result", args=[course.quizzes[0].key, 1]))
    assert "Both are right." in page.content.decode()
