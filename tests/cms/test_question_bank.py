"""The question bank: found, filtered, and judged by how it fares."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from assessments.kinds import KINDS
from assessments.models import Objective, Question, Response, Topic
from assessments.models.parts import parts_block
from assessments.question_facts import in_need_of_a_look
from courses.enrolment import enrol
from people.models import Profession
from tests.factories.courses import SmallCourse, question, question_in_serbian
from tests.factories.people import ProfessionFactory, UserFactory
from tests.support import take

pytestmark = pytest.mark.django_db
AsRole = Callable[[str], Client]


def answers(key: UUID, *, right: int, wrong: int, left_open: int = 0) -> None:
    """Lay down responses as the log would have folded them."""
    outcomes = [("a", True)] * right + [("b", False)] * wrong + [("", False)] * left_open
    Response.objects.bulk_create(
        Response(
            registration=uuid4(),
            quiz_key=uuid4(),
            number=1,
            question_key=key,
            response=response,
            success=success,
            scaled=float(success),
        )
        for response, success in outcomes
    )


@pytest.mark.parametrize(
    ("right", "wrong", "left_open", "found"),
    [
        (5, 15, 0, True),  # 25 %
        (6, 14, 0, False),  # 30 % is not below 30 %
        (5, 14, 9, False),  # 19 answers are too few, whatever was left open
        (19, 1, 0, False),  # 95 % is not above 95 %
        (20, 0, 0, True),
        (0, 20, 0, True),
        (10, 10, 0, False),
    ],
)
def test_which_questions_need_a_look(
    right: int, wrong: int, left_open: int, found: bool, course: SmallCourse
) -> None:
    key = Question.objects.get(slug="core-q0").key
    answers(key, right=right, wrong=wrong, left_open=left_open)
    assert [fact.key for fact in in_need_of_a_look()] == ([key] if found else [])


def test_the_first_page_shows_them_to_their_authors(course: SmallCourse, as_role: AsRole) -> None:
    hard = Question.objects.get(slug="core-q1")
    answers(hard.key, right=4, wrong=21)
    home = as_role("trainer").get("/cms/").content.decode()
    assert "core-q1?" in home
    assert "16 %" in home
    assert "unclear or too hard" in home
    assert "core-q1?" not in as_role("reviewer").get("/cms/").content.decode()
    listed = as_role("trainer").get(
        reverse("wagtailsnippets_assessments_question:list"), {"needs_a_look": "true"}
    )
    assert [q.slug for q in listed.context["object_list"]] == ["core-q1"]


def test_the_list_is_searched_filtered_and_counts(
    course: SmallCourse, as_role: AsRole, at: datetime
) -> None:
    question("two", kind="true-false", tags=["law", "easy"])
    sr = Question.objects.get(slug="two").copy_for_translation(
        Locale.objects.get(language_code="sr")
    )
    sr.stem = "Важи ли пристанак?"
    sr.save()
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    take(enrolment, course.quizzes[1], at)
    trainer = as_role("trainer")

    def found(**query: str) -> list[str]:
        listed = trainer.get(reverse("wagtailsnippets_assessments_question:list"), query)
        return [q.stem for q in listed.context["object_list"]]

    assert len(found()) == 6
    assert found(q="pristanak") == ["Важи ли пристанак?"]
    assert found(q="core-q3") == ["core-q3?"]
    assert set(found(kind="true-false")) == {"two?", "Важи ли пристанак?"}
    assert "two?" in found(tag=str(Question.tags.get(name="law").pk))
    shown = trainer.get(reverse("wagtailsnippets_assessments_question:list"))
    counted = {q.slug: q.answered for q in shown.context["object_list"]}
    assert sum(counted.values()) == 4
    html = shown.content.decode()
    assert "True or false" in html
    assert "easy, law" in html


def test_what_is_not_in_serbian_yet_is_found_and_said(course: SmallCourse, as_role: AsRole) -> None:
    question_in_serbian(Question.objects.get(slug="core-q0"), "Питање?")
    trainer = as_role("trainer")
    listed = trainer.get(
        reverse("wagtailsnippets_assessments_question:list"), {"not_in_serbian": "true"}
    )
    assert {q.slug for q in listed.context["object_list"]} == {"core-q1", "core-q2", "core-q3"}
    assert "not yet" in listed.content.decode()
    for slug, said in (("core-q0", False), ("core-q1", True)):
        one = Question.objects.get(slug=slug, locale__language_code="en")
        form = trainer.get(reverse("wagtailsnippets_assessments_question:edit", args=[one.pk]))
        assert ("not published in Serbian yet" in form.content.decode()) == said


def test_what_was_drawn_once_is_not_deleted(
    course: SmallCourse, as_role: AsRole, at: datetime
) -> None:
    enrolment = enrol(user=UserFactory(), course=course.course, at=at)
    take(enrolment, course.quizzes[0], at)
    drawn = Question.objects.get(slug="core-q0")
    free = question("free", tags=["nowhere"])
    admin = as_role("administrator")
    for one in (drawn, free):
        admin.post(reverse("wagtailsnippets_assessments_question:delete", args=[one.pk]))
    bulk = reverse("wagtail_bulk_action", args=["assessments", "question", "delete"])
    admin.post(f"{bulk}?id={drawn.pk}&next=/cms/")
    assert Question.objects.filter(pk=drawn.pk).exists()
    assert not Question.objects.filter(pk=free.pk).exists()


def test_a_new_question_begins_with_options_to_fill_in(
    course: SmallCourse, as_role: AsRole
) -> None:
    add = reverse(Question.snippet_viewset.get_url_name("add"))
    page = as_role("trainer").get(f"{add}?kind=choice")
    options = page.context["form"]["options"].value()
    assert [option.block_type for option in options] == ["option"] * 4
    assert "minimum number of items" not in page.content.decode()


def test_whoever_adds_a_question_is_asked_for_its_kind(
    course: SmallCourse, as_role: AsRole
) -> None:
    add = reverse(Question.snippet_viewset.get_url_name("add"))
    for asked in (add, f"{add}?kind=essay", f"{add}?locale=en"):
        page = as_role("trainer").get(asked)
        assert {kind.name for kind in page.context["kinds"]} == set(KINDS)
    assert as_role("learner").get(add).status_code in (302, 403)


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_asks_for_the_parts_of_the_kind(
    course: SmallCourse, as_role: AsRole, kind: str
) -> None:
    add = reverse(Question.snippet_viewset.get_url_name("add"))
    form = as_role("trainer").get(f"{add}?kind={kind}").context["form"]
    asked = form.fields["options"].block.child_blocks
    assert set(asked) == set(KINDS[kind].part_types)
    assert [part.block_type for part in form["options"].value()] == [*KINDS[kind].offered]


def test_options_left_empty_are_no_options() -> None:
    block = parts_block("choice")
    empty = {"text": "", "correct": False, "reason": ""}
    right, wrong = ({"text": t, "correct": t == "Yes", "reason": "Art. 4"} for t in ("Yes", "No"))
    typed = block.to_python([{"type": "option", "value": v} for v in (right, wrong, empty, empty)])
    assert [option.value["text"] for option in block.clean(typed)] == ["Yes", "No"]
    typed = block.to_python([{"type": "option", "value": v} for v in (right, empty)])
    with pytest.raises(ValidationError):
        block.clean(typed)


# --- objectives -----------------------------------------------------------------------------
def test_questions_are_found_by_topic_article_and_profession(
    course: SmallCourse, as_role: AsRole
) -> None:
    law = Topic.objects.create(key="law", name_en="The law", name_sr="Право")
    about = Objective.objects.create(
        key="hearings", name_en="Hearings", name_sr="Испитивање", topic=law, article="30"
    )
    judge = ProfessionFactory(key="judge")
    ProfessionFactory(key="police")
    one = Question.objects.get(slug="core-q1")
    one.objective = about
    one.professions.add(judge)
    one.save()
    browser = as_role("trainer")

    def listed(**asked: object) -> set[str]:
        page = browser.get(reverse(Question.snippet_viewset.get_url_name("list")), asked)
        return {question.slug for question in page.context["object_list"]}

    every = listed()
    assert listed(topic="law") == listed(article="30") == listed(objective="hearings")
    assert listed(topic="law") == listed(q="спитивање") == listed(q="hearings") == {"core-q1"}
    assert listed(profession=judge.pk) == every
    police = Profession.objects.get(key="police").pk
    assert listed(profession=police) == every - {"core-q1"}


def test_the_export_is_of_what_the_list_shows(course: SmallCourse, as_role: AsRole) -> None:
    browser = as_role("trainer")
    found = browser.get(reverse(Question.snippet_viewset.get_url_name("list")), {"q": "core-q0"})
    assert f"{reverse('export_questions')}?q=core-q0" in found.content.decode()
    asked = {"q": "core-q0", "format": "gift", "language": "en"}
    page = browser.get(reverse("export_questions"), asked).content.decode()
    assert "Download 1 question" in page
    assert '<input type="hidden" name="q" value="core-q0">' in page
    file = browser.get(reverse("export_questions"), asked | {"download": "1"}).content.decode()
    assert "core-q0" in file
    assert "core-q1" not in file


def test_the_key_of_an_objective_is_chosen_once(course: SmallCourse, as_role: AsRole) -> None:
    browser = as_role("trainer")
    fields = {
        "name_en": "Hearings",
        "name_sr": "Испитивање",
        "key": "hearings",
        "topic": "",
        "article": "30",
        "recommendation_en": "",
        "recommendation_sr": "",
    }
    viewset = Objective.snippet_viewset
    assert browser.post(reverse(viewset.get_url_name("add")), fields).status_code == 302
    edit = reverse(viewset.get_url_name("edit"), args=["hearings"])
    changed = fields | {"key": "others", "name_en": "Hearing a child"}
    assert browser.post(edit, changed).status_code == 302
    assert Objective.objects.get(article="30").key == "hearings"
    assert Objective.objects.get(article="30").name_en == "Hearing a child"


@pytest.mark.parametrize(("role", "may"), [("trainer", True), ("reviewer", False)])
def test_who_may_write_objectives(role: str, may: bool, as_role: AsRole) -> None:
    viewset, browser = Objective.snippet_viewset, as_role(role)
    assert browser.get(reverse(viewset.get_url_name("list"))).status_code == 200
    added = browser.get(reverse(viewset.get_url_name("add"))).status_code
    assert added == (200 if may else 302)


def test_what_questions_name_is_not_deleted(course: SmallCourse, as_role: AsRole) -> None:
    address = reverse(Objective.snippet_viewset.get_url_name("delete"), args=["elements"])
    page = as_role("administrator").post(address, follow=True)
    assert Objective.objects.filter(key="elements").exists()
    assert "Still in use" in page.content.decode()
