"""How Wagtail's pages of this room are shown to a visitor, a learner, a trainer."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from courses.catalogue import courses_for, professions_in_use
from courses.editions import current_edition
from courses.enrolment import enrolment_of
from courses.going_on import ways_on
from courses.invitations import Invitation, invitations
from courses.models import (
    ActivityPage,
    CataloguePage,
    CoursePage,
    Edition,
    Enrolment,
    LessonPage,
    ModulePage,
)
from courses.outline import (
    Outline,
    OutlineActivity,
    Position,
    course_of,
    course_with,
    outline_of,
)
from courses.places import place_in
from courses.renewals import may_take_again, renewal_by, renewed_by
from courses.self_checks import answers_of
from courses.study import edition_of
from people.models import User


@dataclass
class Seat:
    """A learner's place in a course: what a page of an activity needs to know."""

    course: CoursePage
    enrolment: Enrolment | None
    outline: Outline
    position: Position


def serve_catalogue(request: HttpRequest, page: CataloguePage) -> HttpResponse:
    """Show the courses for everyone, or for the professions or the track in the address."""
    professions = professions_in_use()
    track = request.GET.get("track", "")
    wanted = {key for key in request.GET.getlist("profession") if key}
    wanted |= {profession.key for profession in professions if track and profession.track == track}
    courses = courses_for(professions=wanted)
    context = page.get_context(request) | {
        "courses": courses,
        "professions": professions,
        "wanted": wanted,
        "only_common": wanted and courses and not any(card.professions for card in courses),
    }
    return TemplateResponse(request, page.template, context)


def serve_course(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """Show a course with its outline; to a learner also the progress and the way on."""
    enrolment = _enrolment(request, page)
    edition = edition_of(enrolment) if enrolment else current_edition(page.translation_key)
    outline = edition and outline_of(course=page, edition=edition, enrolment=enrolment)
    context = page.get_context(request) | {
        "course": page,
        "enrolment": enrolment,
        "edition": edition,
        "outline": outline,
        "go_on": _way_on(enrolment, outline) if outline and enrolment else None,
        "invitations": _invitations(enrolment) if enrolment else [],
        **_refreshing(request, edition, enrolment),
    }
    return TemplateResponse(request, page.template, context)


def _refreshing(
    request: HttpRequest, edition: Edition | None, enrolment: Enrolment | None
) -> dict[str, Any]:
    """Return which course a refresher refreshes, and what it renews for whoever looks at it."""
    if edition is None or edition.refresher_of is None:
        return {}
    refreshed = course_with(key=edition.refresher_of)
    if not isinstance(request.user, User):
        return {"refreshed": refreshed}
    renewal = renewal_by(user=request.user, edition=edition, at=timezone.now())
    again = enrolment is not None and may_take_again(enrolment, renewal)
    done = enrolment is not None and enrolment.completed_at is not None
    return {
        "refreshed": refreshed,
        # What it would renew once it is completed has itself come of it, until it is time again.
        "renewal": renewal if again or not done else None,
        "may_take_again": again,
        "renewed": renewed_by(enrolment, edition) if enrolment else "",
    }


def _way_on(enrolment: Enrolment, outline: Outline) -> OutlineActivity | None:
    return ways_on([(enrolment, outline)], at=timezone.now())[enrolment.registration]


def _invitations(enrolment: Enrolment) -> list[Invitation]:
    return invitations([enrolment], at=timezone.now())[enrolment.registration]


def serve_module(request: HttpRequest, page: ModulePage) -> HttpResponse:
    """A module is read on the course page."""
    course = page.get_parent()
    return redirect(f"{course.url}#module-{page.translation_key}")


def serve_lesson(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """Show a lesson to an enrolled learner, or to somebody who may edit it."""
    seat = seat_for(request, page)
    if isinstance(seat, HttpResponse):
        return seat
    context = page.get_context(request) | vars(seat)
    if seat.enrolment:
        context["place_url"] = reverse("save_place", args=[page.key])
        context["place"] = place_in(enrolment=seat.enrolment, activity_key=page.key)
        context["self_check_answers"] = answers_of(enrolment=seat.enrolment, activity_key=page.key)
    return TemplateResponse(request, page.template, context)


def seat_for(request: HttpRequest, page: ActivityPage) -> Seat | HttpResponse:
    """Return the visitor's seat in the course of an activity, or the way to get one.

    A trainer who may edit the page sees it without an enrolment; nothing is recorded.
    """
    course = course_of(page)
    enrolment = _enrolment(request, course)
    edition = _edition(request, page, course, enrolment)
    if edition:
        outline = outline_of(course=course, edition=edition, enrolment=enrolment)
        position = outline.around(page.key)
        if position:
            return Seat(course=course, enrolment=enrolment, outline=outline, position=position)
    response: HttpResponse = redirect(f"{course.url}?enrol=1" if edition is None else course.url)
    return response


def _edition(
    request: HttpRequest, page: Page, course: CoursePage, enrolment: Enrolment | None
) -> Edition | None:
    if enrolment:
        return edition_of(enrolment)
    may_edit = request.user.is_authenticated and page.permissions_for_user(request.user).can_edit()
    return current_edition(course.translation_key) if may_edit else None


def _enrolment(request: HttpRequest, course: CoursePage) -> Enrolment | None:
    if not isinstance(request.user, User):
        return None
    return enrolment_of(user=request.user, course_key=course.translation_key)


SERVERS: dict[type[Page], Any] = {
    CataloguePage: serve_catalogue,
    CoursePage: serve_course,
    ModulePage: serve_module,
    LessonPage: serve_lesson,
}
