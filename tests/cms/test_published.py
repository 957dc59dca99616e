"""What is published is kept in memory, and nobody ever sees it older than it is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from wagtail.models import Page, PageViewRestriction

from cms import published
from cms.models import PublishedState
from cms.published import ask_once, kept, kept_each
from people.models import Profession
from tests.factories.courses import SmallCourse

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> list[str]:
    """What was made because it was not kept."""
    return []


def in_a_request(do: Callable[[HttpRequest], Any], **marks: Any) -> Any:
    """Do something as a view would."""
    done = []

    def view(request: HttpRequest) -> HttpResponse:
        vars(request).update(marks)
        done.append(do(request))
        return HttpResponse()

    ask_once(view)(RequestFactory().get("/"))
    return done[0]


def ask(made: list[str], word: str = "a") -> Any:
    def make() -> str:
        made.append(word)
        return word

    return in_a_request(lambda request: kept("word", make))


def elsewhere() -> None:
    """Another process publishes: this one sees another token and nothing else."""
    PublishedState.objects.filter(pk=1).update(token="of another process")


def test_the_second_request_finds_what_the_first_one_made(made: list[str]) -> None:
    assert [ask(made), ask(made, "b")] == ["a", "a"]
    assert made == ["a"]


def test_another_process_publishes(made: list[str]) -> None:
    ask(made)
    elsewhere()
    assert ask(made, "b") == "b"


def test_a_page_a_profession_a_restriction_count_as_content(
    course: SmallCourse, made: list[str]
) -> None:
    changes: list[Callable[[], Any]] = [
        course.course.save,
        lambda: course.course.save_revision().publish(),
        course.lessons[0].unpublish,
        lambda: course.lessons[1].move(course.lessons[1].get_parent(), "first-child"),
        lambda: Profession.objects.create(key="bailiff", name_en="Bailiff", name_sr="Извршитељ"),
        lambda: PageViewRestriction.objects.create(page=course.course, restriction_type="login"),
        lambda: Page.objects.get(pk=course.lessons[1].pk).delete(),
    ]
    for number, change in enumerate(changes):
        ask(made)
        change()
        ask(made)
        assert len(made) == number + 2, number


def test_what_a_person_does_is_not_content(enrolment: Any, made: list[str]) -> None:
    ask(made)
    enrolment.save()
    ask(made)
    assert made == ["a"]


def test_nothing_is_kept_of_a_change_that_may_be_taken_back(
    course: SmallCourse, made: list[str]
) -> None:
    title = course.course.title

    def change_and_fail(request: HttpRequest) -> None:
        with transaction.atomic():
            course.course.title = "Never committed"
            course.course.save()
            kept("title", lambda: Page.objects.get(pk=course.course.pk).title)
            transaction.set_rollback(True)

    in_a_request(change_and_fail)
    shown = in_a_request(
        lambda request: kept("title", lambda: Page.objects.get(pk=course.course.pk).title)
    )
    assert shown == title


def test_a_change_around_the_models_shows_after_a_minute(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("cms.published.time.monotonic", lambda: clock[0])
    ask(made)
    clock[0] += 59
    assert ask(made, "b") == "a"
    clock[0] += 2
    assert ask(made, "b") == "b"


def test_without_a_token_or_a_request_nothing_is_kept(made: list[str]) -> None:
    assert [kept("word", lambda: made.append("x") or 1) for _ in range(2)] == [1, 1]
    PublishedState.objects.all().delete()
    ask(made)
    ask(made)
    assert made == ["x", "x", "a", "a"]
    published.renew()
    assert PublishedState.objects.count() == 1


def test_many_are_asked_for_at_once() -> None:
    asked: list[list[int]] = []

    def squares(numbers: list[int]) -> dict[int, int]:
        asked.append(numbers)
        return {number: number * number for number in numbers if number < 9}

    def in_view(*numbers: int) -> Any:
        return in_a_request(lambda request: kept_each("square", numbers, squares))

    assert in_view(1, 2) == {1: 1, 2: 4}
    assert in_view(2, 3, 9) == {2: 4, 3: 9}
    assert asked == [[1, 2], [3, 9]]


def test_memory_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.published._MOST", 10)
    for number in range(50):
        in_a_request(lambda request, n=number: kept(n, lambda: n))
    assert len(published._store.values) <= 11


@pytest.fixture
def part() -> Callable[..., str]:
    source = Template("{% load putokaz %}{% keep 'part' key %}{{ word }}{% endkeep %}")

    def render(word: str, key: int = 1, **marks: Any) -> str:
        def view(request: HttpRequest) -> str:
            return source.render(Context({"word": word, "key": key, "request": request}))

        return str(in_a_request(view, **marks))

    return render


def test_a_kept_part_of_a_page(part: Callable[..., str]) -> None:
    assert [part("a"), part("b"), part("b", key=2)] == ["a", "a", "b"]
    assert part("draft", is_preview=True) == "draft"
    assert part("c") == "a"
    elsewhere()
    assert part("c") == "c"


def test_a_visitor_sees_what_was_published_a_moment_ago(
    course: SmallCourse, client: Client
) -> None:
    def shown(text: str) -> bool:
        return text in client.get(course.course.url).content.decode()

    assert not shown("An introduction of today")
    course.course.introduction = "<p>An introduction of today</p>"
    revision = course.course.save_revision()
    assert not shown("An introduction of today")
    revision.publish()
    assert shown("An introduction of today")
    course.course.unpublish()
    assert client.get(course.course.url).status_code == 404


def test_a_restriction_holds_at_the_next_request(course: SmallCourse, client: Client) -> None:
    assert client.get(course.course.url).status_code == 200
    PageViewRestriction.objects.create(page=course.course, restriction_type="login")
    assert client.get(course.course.url).status_code == 302


def test_only_one_short_question_for_everything_that_is_kept(
    course: SmallCourse, client: Client, django_assert_num_queries: Any
) -> None:
    client.get(course.course.url)
    with django_assert_num_queries(1) as asked:
        client.get(course.course.url)
    assert "cms_publishedstate" in asked[0]["sql"]
