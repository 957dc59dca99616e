"""A learner's courses: enrol, withdraw, and the dashboard."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.dashboard import dashboard_of
from courses.enrolment import cohort_with_key, enrol, enrolment_of, join_cohort, withdraw
from courses.errors import StudyError
from courses.models import CoursePage
from courses.outline import course_with
from people.signed_in import signed_in


@login_required
@require_GET
def my_learning(request: HttpRequest) -> HttpResponse:
    """Show the courses of the signed-in learner and where to go on."""
    cards = dashboard_of(user=signed_in(request), at=timezone.now())
    return render(request, "courses/my_learning.html", {"cards": cards})


@login_required
@require_POST
def enrol_view(request: HttpRequest, course_key: UUID) -> HttpResponse:
    """Enrol in a course, with a cohort's key if one was typed."""
    course = _course(course_key)
    now = timezone.now()
    typed = request.POST.get("enrolment_key", "")
    try:
        cohort = None
        if typed.strip():
            cohort = cohort_with_key(course_key=course_key, enrolment_key=typed, at=now)
        enrol(user=signed_in(request), course=course, cohort=cohort, at=now)
    except StudyError as error:
        return _key_again(request, course, error)
    words = _("You are enrolled. Start whenever you like.")
    if cohort:
        words = _("You are enrolled in the cohort “%(name)s”. Start whenever you like.")
        words %= {"name": cohort.name}
    messages.success(request, words)
    return redirect(course.url)


@login_required
@require_POST
def join_view(request: HttpRequest, course_key: UUID) -> HttpResponse:
    """Let somebody who studies on their own join the cohort whose key was typed."""
    course = _course(course_key)
    now = timezone.now()
    enrolment = enrolment_of(user=signed_in(request), course_key=course_key)
    if enrolment is None:
        return redirect(course.url)
    typed = request.POST.get("enrolment_key", "")
    try:
        cohort = cohort_with_key(course_key=course_key, enrolment_key=typed, at=now)
        join_cohort(enrolment=enrolment, cohort=cohort, at=now)
    except StudyError as error:
        return _key_again(request, course, error)
    messages.success(request, _("You are in the cohort “%(name)s” now.") % {"name": cohort.name})
    return redirect(course.url)


def _key_again(request: HttpRequest, course: CoursePage, error: StudyError) -> HttpResponse:
    """Say what is wrong and keep what was typed, if that was the key of a cohort."""
    messages.error(request, str(error))
    typed = request.POST.get("enrolment_key", "").strip()
    return redirect(f"{course.url}?{urlencode({'key': typed[:20]})}" if typed else course.url)


@login_required
def withdraw_view(request: HttpRequest, course_key: UUID) -> HttpResponse:
    """Ask, then withdraw from a course."""
    course = _course(course_key)
    user = signed_in(request)
    enrolment = enrolment_of(user=user, course_key=course_key)
    if enrolment is None:
        return redirect(course.url)
    if request.method != "POST":
        return render(request, "courses/withdraw.html", {"course": course})
    try:
        withdraw(user=user, enrolment=enrolment, at=timezone.now())
    except StudyError as error:
        messages.error(request, str(error))
        return redirect(course.url)
    messages.success(request, _("You have withdrawn. You can enrol again at any time."))
    return redirect("my_learning")


def _course(course_key: UUID) -> CoursePage:
    course = course_with(key=course_key)
    if course is None:
        raise Http404
    return course
